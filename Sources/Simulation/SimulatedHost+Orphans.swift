import Engine

extension SimulatedHost {
    /// The same world for another engine, after the one that this host served has died: its
    /// commands go on by themselves and take effect at their time, and nobody waits for anything.
    ///
    /// Signals that were still to come went to the dead engine, and are lost.
    public func orphaned() -> SimulatedHost {
        var host = self
        host.looks = []
        host.freeLooks = []
        host.glances = []
        host.sleeps = []
        host.owed = 0
        host.queued = 0
        host.agenda.keep { $0.kind == .command || $0.kind == .change }
        for index in commands.indices {
            // What starts no process dies with its engine.
            guard !commands[index].argv.isEmpty else {
                host.commands[index].phase = .over
                continue
            }
            switch commands[index].phase {
            case .running, .orphan, .lingering, .abandoned: host.commands[index].phase = .left
            case .queued, .settling, .killed:
                host.commands[index].phase = .over
                host.commands[index].isQueued = false
            case .left, .over: break
            }
        }
        return host
    }

    /// Ends what lives of a command that an earlier engine began.
    mutating func adopt(_ id: WorkID, _ command: Command, _ process: ProcessIdentity?) {
        owed += 1
        let found = commands.indices.first { index in
            guard case .left = commands[index].phase else { return false }
            guard let process else { return commands[index].command.action == command.action }
            return commands[index].pid == process.pid
        }
        if let found {
            commands[found].id = id
            return end(asFarAsItCan: found)
        }
        // The tool is gone; a server may still have its request, and tells by a later look.
        inputs.append(.gone(id))
        let settled = command.settledBy.map { world.end(of: $0) } ?? now
        agenda.enter(.input, index: inputs.count - 1, at: settled)
    }

    /// When a process is started that starts now, as its identity tells.
    var startTime: UInt64 { UInt64(max(0, now.nanoseconds)) }
}
