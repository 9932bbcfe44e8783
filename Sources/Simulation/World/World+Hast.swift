import Engine

extension World {
    /// How often a new primary asks a peer that is primary too.
    static let hastRetry = Duration.seconds(1)
    /// A primary that has lost its secondary reaches for it so often (sbin/hastd/primary.c,
    /// guard_thread).
    static let hastReconnect = Duration.seconds(10)

    /// The user `hast` of FreeBSD's passwd(5).
    private static let hastUser: UInt32 = 845

    /// Gives the resource a worker; a primary's device and I/O follow later.
    mutating func startWorker(_ index: Int) {
        let daemon = serviceIndex("hastd").flatMap { services[$0].pids.first }
        // It drops to the user `hast` (recorded on FreeBSD 13.2).
        let pid = startProcess(
            hast.resources[index].workerTitle, program: "/sbin/hastd", parent: daemon ?? 1,
            user: Self.hastUser)
        hast.resources[index].worker = pid
        hast.resources[index].start = .waits
        if hast.resources[index].role == .primary { makeDevices() }
    }

    /// Lets workers make their devices, unless GEOM is busy with others: `init_ggate` waits in the
    /// kernel until no new device is tasted, and a taste until its worker has a connection or has
    /// given up (recorded on FreeBSD 13.2: procstat of g_waitidle and of g_event).
    mutating func makeDevices() {
        let isBusy = hast.resources.contains { $0.isStarting && $0.start != .waits }
        guard !isBusy, !hast.isDeadlocked else { return }
        var count = 0
        for index in hast.resources.indices where count < hast.devicesAtOnce {
            let resource = hast.resources[index]
            guard resource.isStarting, let worker = resource.worker else { continue }
            count += 1
            hast.resources[index].start = .makesDevice
            schedule(
                .deviceAppears(resource.name, worker: worker), after: latencies.device * count)
        }
    }

    /// The worker has made its device, and reaches for its peer.
    mutating func deviceAppears(_ index: Int) {
        let resource = hast.resources[index]
        guard let worker = resource.worker, resource.start == .makesDevice, !hast.isDeadlocked
        else { return }
        hast.resources[index].start = .hasDevice
        create(FileEntry(resource.device, .characterDevice))
        if resource.peer == .primary {
            let seconds = hast.timeout.components.seconds
            note(
                "[\(resource.name)] (primary) Waiting for remote node to become secondary"
                    + " for \(seconds)s.")
        }
        schedule(.ioFlows(resource.name, worker: worker), after: connecting(resource))
    }

    /// How long a worker reaches for its peer before it serves without.
    private func connecting(_ resource: HastResource) -> Duration {
        switch resource.peer {
        case .secondary, .`init`: latencies.connect
        case .unreachable where rejects(resource): latencies.connect
        case .primary, .unreachable: hast.timeout
        }
    }

    /// Whether a primary's worker reaches for a peer that does not answer, most of the time.
    func reachesForTheDead(_ index: Int) -> Bool {
        let resource = hast.resources[index]
        return resource.role == .primary && resource.worker != nil
            && resource.peer == .unreachable && !rejects(resource)
    }

    /// Why hastd must not be used in this way now; nil when it may.
    func refusal(of use: HastdUse) -> String? {
        guard hast.lacksDevices else { return nil }
        let devices = files.lazy.map(\.path).filter { $0.hasPrefix(HastResource.devices) }
            .map { $0.dropFirst(HastResource.devices.count) }
        return HastdInterlock.refusal(of: use, processes: processes, devices: Array(devices))
    }

    /// Whether hastd would wait for ever for the word of this resource's worker, or for its end:
    /// that makes no device before another one is tasted, whose worker needs hastd to connect.
    func deadlocks(asking index: Int) -> Bool {
        guard hast.resources[index].lacksDevice else { return false }
        return hast.resources.indices.contains { $0 != index && hast.resources[$0].isStarting }
    }

    /// Ends the worker and takes its device away, open or not (G_GATE_CMD_DESTROY with force).
    mutating func endWorker(_ index: Int) {
        guard let pid = hast.resources[index].worker else { return }
        hast.resources[index].worker = nil
        hast.resources[index].ioFlows = false
        hast.resources[index].stalls = false
        hast.resources[index].start = .waits
        endProcess(pid)
        remove(hast.resources[index].device)
        makeDevices()
    }

    /// hastd ends without a word to anybody: its workers see their sockets close and end, their
    /// devices go, open or not, no hook is called, and each role is `init` in the next one.
    mutating func endHastd() {
        hast.end()
        for index in hast.resources.indices {
            hast.resources[index].role = .`init`
            endWorker(index)
        }
    }

    /// Notes that a disk is taken away from an open pool, if it is.
    mutating func tellOfDemotion(_ index: Int) {
        let resource = hast.resources[index]
        guard resource.role == .primary else { return }
        for pool in pools where pool.isImported && pool.devices.contains(resource.device) {
            let text = "\(resource.name) was demoted under the open pool \(pool.name)"
            harm.append(Harm(kind: .demotedUnderPool, text: text))
        }
    }

    /// The folder of the marks that hastd's hooks keep, where plans look by default.
    static let marks = "/var/run/failover/fresh/"

    /// Marks this node's copy of a resource as a full one, or takes the mark away.
    mutating func mark(_ resource: String, isFresh: Bool) {
        let path = Self.marks + resource
        isFresh ? create(FileEntry(path, bytes: connection(of: resource))) : remove(path)
    }

    /// Whether the mark of a resource is of the connection that there is.
    func isMarkOfConnection(_ resource: String) -> Bool {
        let connection = connection(of: resource)
        return hast.index(of: resource).map { hast.resources[$0].worker != nil } == true
            && files.contains { $0.path == Self.marks + resource && $0.bytes == connection }
    }

    /// What the mark of a standby says: the number of its worker and the time of its start.
    private func connection(of resource: String) -> [UInt8] {
        guard let index = hast.index(of: resource), hast.resources[index].role == .secondary,
            let worker = hast.resources[index].worker,
            let origin = processes.first(where: { $0.pid == worker })?.origin
        else { return Array("primary".utf8) }
        return Array("\(worker).\(origin.started)".utf8)
    }

    /// Notes, or forgets, that the peer's copy of a resource can be reached.
    mutating func noteWord(_ resource: String, isThere: Bool) {
        let path = Self.marks + resource + "@peer"
        isThere ? create(FileEntry(path)) : remove(path)
    }

    /// Whether something is known of this node's copy.
    func knowsOfCopy(_ resource: String) -> Bool {
        let path = Self.marks + resource
        return files.contains { $0.path == path || $0.path == path + "@peer" }
    }

    /// Whether a pool's devices all let reads and writes through.
    func ioFlows(to pool: Pool) -> Bool {
        !drbd.resources.contains { $0.stalls && pool.devices.contains($0.device) }
            && !hast.resources.contains { resource in
                resource.worker != nil && resource.role == .primary
                    && (!resource.ioFlows || resource.stalls)
                    && pool.devices.contains(resource.device)
            }
    }
}
