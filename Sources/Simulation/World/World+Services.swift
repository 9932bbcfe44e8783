import Engine

extension World {
    /// The index of a service.
    func serviceIndex(_ name: String) -> Int? {
        for index in services.indices where services[index].name == name { return index }
        return nil
    }

    /// What a call of service(8) is about: a service, or what of several follows the verb.
    func serviceName(_ argv: [String]) -> String {
        ([argv[1]] + argv.dropFirst(3)).joined(separator: " ")
    }

    /// Whether a service runs.
    public func isServing(_ name: String) -> Bool {
        serviceIndex(name).map { services[$0].isRunning } ?? false
    }

    /// Whether something listens on a TCP port.
    public func listens(on port: Int) -> Bool {
        listeners.contains(port)
            || services.contains { $0.isRunning && $0.ports.contains(port) }
    }

    /// What comes of a connection to a port of this host, or of its peer: that answers as long as
    /// it can be reached, and only hastd listens there.
    func portState(_ port: Int, on host: String) -> PortState {
        guard hast.resources.contains(where: { $0.isRemote(host) }) else {
            return listens(on: port) ? .open : .refused
        }
        guard !peerIsSilent, !rejectedHosts.contains(host) else { return .silent }
        return port == Self.hastdPort && peerRunsHastd ? .open : .refused
    }

    /// Where hastd listens (hast.conf(5)).
    static let hastdPort = 8457

    /// Lets a service run, with its processes and its pid file; the first may be there already.
    mutating func bringUp(_ index: Int, from first: Int32? = nil) {
        guard !services[index].isRunning else { return }
        if services[index].isKernel { return bringUpKernel(index) }
        var pids: [Int32] = first.map { [$0] } ?? []
        for title in services[index].titles.dropFirst(pids.count) {
            pids.append(startProcess(title))
        }
        services[index].pids = pids
        let text = pids.first.map { "\($0)\n" } ?? ""
        create(FileEntry(services[index].pidFile, bytes: Array(text.utf8)))
        if services[index].name == "hastd" { hast.isRunning = true }
        if services[index].name == "ctld" { ctldBegins() }
        if services[index].name == "mountd" { mountdReads() }
        if services[index].name == "tgt" { tgtStarts() }
        if services[index].name == "keepalived" { keepalivedStarts() }
    }

    /// Ends a service as its stop does: keepalived takes its addresses off.
    mutating func takeDown(_ index: Int) {
        let wasRunning = services[index].isRunning
        endProcesses(ofService: index)
        if wasRunning, services[index].name == "keepalived" { keepalivedStops() }
    }

    /// Ends a service's processes and takes its pid file away.
    private mutating func endProcesses(ofService index: Int) {
        if services[index].isKernel { return takeDownKernel(index) }
        for pid in services[index].pids { endProcess(pid) }
        services[index].pids = []
        remove(services[index].pidFile)
        if services[index].name == "tgt" { tgt.targets = [] }
        if services[index].name == "hastd" { endHastd() }
        // Nobody advertises any more.
        if services[index].name == "keepalived" { touched.insert(.carp) }
    }

    /// Lets a service go to the background: its process is there before it serves.
    mutating func daemonise(_ index: Int) {
        let pid = startProcess(services[index].titles.first ?? services[index].name)
        services[index].applying.append(pid)
        schedule(.serviceApplies(services[index].name, process: pid), after: latencies.apply)
    }

    /// A process that daemonised applies its configuration, or ends.
    mutating func applyService(_ index: Int, _ pid: Int32) {
        guard let place = services[index].applying.firstIndex(of: pid) else { return }
        services[index].applying.remove(at: place)
        let running = services[index].pids.first
        let fault =
            running.map { "daemon already running, pid: \($0)." } ?? applyFault(services[index])
        if let fault {
            note("\(services[index].name): \(fault)")
            endProcess(pid)
        } else {
            bringUp(index, from: pid)
        }
    }

    /// Somebody starts a service.
    mutating func startService(_ index: Int) {
        guard !services[index].isRunning else { return }
        switch services[index].start {
        case .daemonises, .failsLate: return daemonise(index)
        case .works, .fails: break
        }
        if let fault = applyFault(services[index]) {
            note("\(services[index].name): \(fault)")
        } else {
            bringUp(index)
        }
    }

    /// Every process of a service dies.
    mutating func killService(_ index: Int) {
        if isLinux, services[index].isRunning { services[index].unit.failure = "exit-code" }
        if services[index].name == "ctld", services[index].isRunning { ctldIsKilled() }
        endProcesses(ofService: index)
        for pid in services[index].applying { endProcess(pid) }
        services[index].applying = []
    }

    /// Why a service cannot apply its configuration; nil when it can.
    func applyFault(_ service: RcService) -> String? {
        if service.start == .fails || service.start == .failsLate {
            return "failed to apply configuration; exiting"
        }
        return nil
    }
}
