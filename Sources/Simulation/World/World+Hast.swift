extension World {
    /// How long hastd's worker waits for a peer that does not answer, or stays primary.
    static let hastTimeout = Duration.seconds(20)
    /// How often a new primary asks a peer that is primary too.
    static let hastRetry = Duration.seconds(1)

    /// Gives the resource a worker; a primary's device and I/O follow later.
    mutating func startWorker(_ index: Int) {
        let pid = startProcess(hast.resources[index].workerTitle)
        hast.resources[index].worker = pid
        guard hast.resources[index].role == .primary else { return }
        let resource = hast.resources[index]
        let device = latencies.device
        schedule(.deviceAppears(resource.name, worker: pid), after: device)
        let connect =
            switch resource.peer {
            case .secondary, .`init`: latencies.connect
            case .primary, .unreachable: Self.hastTimeout
            }
        if resource.peer == .primary {
            note(
                "[\(resource.name)] (primary) Waiting for remote node to become secondary for 20s."
            )
        }
        schedule(.ioFlows(resource.name, worker: pid), after: device + connect)
    }

    /// Ends the worker and takes its device away, open or not (G_GATE_CMD_DESTROY with force).
    mutating func endWorker(_ index: Int) {
        guard let pid = hast.resources[index].worker else { return }
        hast.resources[index].worker = nil
        hast.resources[index].ioFlows = false
        hast.resources[index].stalls = false
        endProcess(pid)
        remove(hast.resources[index].device)
    }

    /// The folder of the marks that hastd's hooks keep, where plans look by default.
    static let marks = "/var/run/failover/fresh/"

    /// Marks this node's copy of a resource as a full one, or takes the mark away.
    mutating func mark(_ resource: String, isFresh: Bool) {
        let path = Self.marks + resource
        isFresh ? create(FileEntry(path)) : remove(path)
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
