import Engine

/// What uses hastd waits until it may (`HastdInterlock`), as on a real host.
extension SimulatedHost {
    /// What is said of a demotion that had no turn.
    static let noTurn = "another disk was being given up all the time"

    /// Starts a command, or keeps it until hastd may be told of it (`HastdInterlock`).
    mutating func start(_ index: Int) {
        guard let wait = wait(for: commands[index].hastd) else {
            if commands[index].isQueued { queued -= 1 }
            commands[index].isQueued = false
            commands[index].phase = .running
            commands[index].life = world.hast.life
            if let pid = commands[index].pid, tellsProcesses {
                let process = ProcessIdentity(pid: pid, started: startTime)
                inject(.started(commands[index].id, process), at: now)
            }
            return schedule(index)
        }
        if !commands[index].isQueued {
            commands[index].isQueued = true
            queued += 1
            agenda.enter(.deadline, index: index, at: max(commands[index].until, now))
        }
        if case .until(let time) = wait { agenda.enter(.command, index: index, at: time) }
    }

    /// Starts what was kept, once the world has changed.
    mutating func startQueued() {
        for index in commands.indices where commands[index].isQueued { start(index) }
    }

    private enum Wait {
        case until(Instant)
        /// Until the world changes.
        case open
    }

    private func wait(for use: HastdUse?) -> Wait? {
        guard let use, use != .asks, !world.isFenced else { return nil }
        if world.refusal(of: use) != nil { return .open }
        guard use == .demotes else { return nil }
        let isOccupied = commands.contains { other in
            guard other.hastd == .demotes else { return false }
            return switch other.phase {
            case .running, .orphan, .lingering, .settling: true
            case .queued, .killed, .abandoned, .left, .over: false
            }
        }
        if isOccupied { return .open }
        return demotableAt > now ? .until(demotableAt) : nil
    }

    /// How much longer hastd waits for the end of workers that reach for a dead peer, in
    /// nanoseconds: recorded from nothing to its whole timeout, half of it here.
    ///
    /// One that is told of right behind another deadlocks it (`HastdInterlock`).
    mutating func demotion(_ argv: [String], from begins: Instant) -> Int64 {
        guard argv.first == "hastctl" else { return 0 }
        let reaching = Hastctl.named(argv.dropFirst(3), world).filter { name in
            world.hast.index(of: name).map(world.reachesForTheDead) ?? false
        }
        guard !reaching.isEmpty else { return 0 }
        if let last = world.hast.demotedAt, begins - last < HastdInterlock.pause / 2 {
            world.hast.isDeadlocked = true
        }
        let takes = world.hast.timeout / 2
        world.hast.demotedAt = begins + takes
        return takes.nanoseconds
    }
}
