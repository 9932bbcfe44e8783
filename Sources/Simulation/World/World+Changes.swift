import Engine

extension World {
    /// Lets a change happen now; a signal or an interrupt is left to the host, as it changes no
    /// world.
    public mutating func apply(_ change: Change) {
        switch change {
        case .deviceAppears, .ioFlows, .workerDies, .peerReleases, .peerTakes, .peerConnects,
            .peerDies:
            applyToHast(change)
        case .drbd(let event, let name):
            if let index = drbd.index(of: name) { apply(event, toDrbd: index) }
        case .carp(let interface, let vhid, let state):
            guard let index = carpIndex(interface, vhid) else { return }
            virtualHosts[index].state = state
        case .carpSettles(let interface, let vhid):
            if let index = carpIndex(interface, vhid) { carpSettles(index) }
        case .peerExports, .suspends, .resumes, .holds, .lets:
            applyToPools(change)
        case .serviceStarts(let name):
            if let index = serviceIndex(name) { startService(index) }
        case .serviceApplies(let name, let process):
            if let index = serviceIndex(name) { applyService(index, process) }
        case .serviceDies(let name):
            if let index = serviceIndex(name) { killService(index) }
        case .creates(let entry): create(entry)
        case .removes(let path): remove(path)
        case .processBegins(let title): startProcess(title)
        case .processEnds(let title): processes.removeAll { $0.title == title }
        case .hangs(let words): faults.append(Fault(words, does: .hangs))
        case .answers(let words): faults.removeAll { $0.command == words && $0.does == .hangs }
        case .signal, .interrupt: schedule(change, after: .zero)
        }
    }

    private mutating func applyToHast(_ change: Change) {
        switch change {
        case .deviceAppears(let name, let worker):
            guard let index = hast.index(of: name), hast.resources[index].worker == worker else {
                return
            }
            deviceAppears(index)
        case .ioFlows(let name, let worker):
            guard let index = hast.index(of: name), hast.resources[index].worker == worker else {
                return
            }
            guard hast.resources[index].start == .hasDevice, !hast.isDeadlocked,
                !isPaired || !hast.resources[index].ioFlows
            else { return }
            if hast.resources[index].peer == .primary {
                note("[\(name)] (primary) Remote node is still primary, starting anyway.")
                harm.append(Harm(kind: .primaryOnBoth, text: "\(name) is primary on both nodes"))
            }
            hast.resources[index].ioFlows = true
            makeDevices()
        case .workerDies(let name):
            if let index = hast.index(of: name) { workerDies(index) }
        case .peerReleases(let name):
            drbdPeerTakes(name, .secondary)
            if let index = hast.index(of: name) { peerReleases(index) }
        case .peerTakes(let name):
            drbdPeerTakes(name, .primary)
            guard let index = hast.index(of: name) else { return }
            hast.resources[index].peer = .primary
            peerConnects(index)
        case .peerConnects(let name):
            if let index = hast.index(of: name) { peerConnects(index) }
        case .peerDies:
            peerDies()
        default:
            preconditionFailure("this change is not about HAST")
        }
    }

    private mutating func peerConnects(_ index: Int) {
        let resource = hast.resources[index]
        guard resource.peer == .primary, resource.role == .secondary, resource.worker == nil else {
            return
        }
        startWorker(index)
    }

    private mutating func workerDies(_ index: Int) {
        guard let pid = hast.resources[index].worker else { return }
        let name = hast.resources[index].name
        endWorker(index)
        hast.resources[index].workerIgnoresTerm = false
        if hast.resources[index].role == .primary {
            hast.resources[index].role = .`init`
            note(
                "[\(name)] (primary) Worker process exited ungracefully (pid=\(pid), exitcode=78)."
            )
            note("[\(name)] (primary) Changing resource role back to init.")
        }
    }

    private mutating func peerReleases(_ index: Int) {
        guard peerIsAlive else { return }
        hast.resources[index].peer = .secondary
        switch hast.resources[index].role {
        case .`init`: break
        case .secondary:
            guard !hast.resources[index].workerIgnoresTerm else { return }
            endWorker(index)
        case .primary:
            guard let pid = hast.resources[index].worker, !hast.resources[index].ioFlows else {
                return
            }
            schedule(.ioFlows(hast.resources[index].name, worker: pid), after: Self.hastRetry)
        }
    }

    private mutating func peerDies() {
        drbdPeerDies()
        peerIsAlive = false
        for index in hast.resources.indices {
            hast.resources[index].peer = .unreachable
            guard hast.resources[index].role == .secondary, hast.resources[index].worker != nil
            else { continue }
            schedule(.workerDies(hast.resources[index].name), after: hast.timeout)
        }
        for index in pools.indices { pools[index].peerHasIt = false }
        for index in virtualHosts.indices { settleCarp(index) }
    }

    private mutating func applyToPools(_ change: Change) {
        switch change {
        case .peerExports(let name):
            guard let index = poolIndex(name), pools[index].peerHasIt, peerIsAlive else { return }
            pools[index].peerHasIt = false
            pools[index].lastUser = peer
            pools[index].isExported = true
        case .suspends(let name):
            guard let index = poolIndex(name), pools[index].isImported else { return }
            pools[index].isSuspended = true
        case .resumes(let name):
            if let index = poolIndex(name) { pools[index].isSuspended = false }
        case .holds(let name, let holder):
            if let index = poolIndex(name) { pools[index].holders.append(holder) }
        case .lets(let name):
            if let index = poolIndex(name) { pools[index].holders = [] }
        default:
            preconditionFailure("this change is not about pools")
        }
    }
}
