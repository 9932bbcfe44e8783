public import Engine

/// A simulated host whose time is moved by a clock outside, and whose tools are called by processes
/// outside: what the stage needs.
extension SimulatedHost {
    /// What is left of a call when the process is killed that made it.
    public enum Hold: Sendable {
        /// Nothing.
        case process
        /// The process cannot be killed: it sleeps in the kernel until its effect has come.
        case kernel
        /// The request, which lies with a server.
        case server
    }

    /// When something falls due next, if nothing is called before.
    public var due: Instant? { agenda.first?.at }

    /// Lets time pass up to `instant`, or up to the first event before, which it gives.
    public mutating func advance(to instant: Instant) -> Event? {
        while let first = agenda.first, first.at <= instant, let entry = agenda.popFirst() {
            world.now = max(world.now, entry.at)
            let input = come(entry)
            takeOver()
            if let input { return Event(at: world.now, input) }
        }
        world.now = max(world.now, instant)
        return nil
    }

    /// Begins a call of a tool, which ends with `finished`, never by a limit of time.
    public mutating func call(_ id: WorkID, _ argv: [String]) -> Hold {
        // Behind a server it is gone when the server has answered someone after it.
        let settled = argv.first == "hastctl" ? Query.command(.hastctlList("")) : nil
        perform(.execute(id, Command(.tool(argv), settledBy: settled), until: .never))
        switch commands.last?.grip {
        case .kernel: return .kernel
        case .server: return .server
        case .dies, nil: return .process
        }
    }

    /// The process died that made a call: `gone` follows when nothing can come of it any more.
    public mutating func abandon(_ id: WorkID) { perform(.cancel(id)) }

    /// Takes a call back whose process had not reached the kernel.
    public mutating func drop(_ id: WorkID) {
        guard let index = commands.lastIndex(where: { $0.id == id }),
            case .running = commands[index].phase
        else { return }
        owed -= 1
        if commands[index].isBlocked {
            commands[index].isBlocked = false
            blocked -= 1
        }
        commands[index].phase = .over
    }

    /// Lets things happen that the world did not know of; each `after` counts from now.
    public mutating func happen(_ happenings: [Later]) {
        for later in happenings { enter(later) }
        takeOver()
    }

    /// The machine rebooted itself: nothing that it was about to do comes any more.
    public mutating func fence() { world.isFenced = true }
}
