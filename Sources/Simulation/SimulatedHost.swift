public import Engine

/// A host whose world lies in memory and whose time is virtual.
///
/// A plain loop over an agenda: equal worlds and equal work give equal events. Nothing is polled;
/// an open look is judged again when the world changes in a part that it reads.
public struct SimulatedHost: Host, Sendable {
    /// The world as it is now.
    public internal(set) var world: World
    /// Every command that was executed, and how it came out.
    public internal(set) var transcript = Transcript()
    /// The time of the last event.
    public var now: Instant { world.now }

    var agenda = Agenda()
    var looks: [OpenLook] = []
    var freeLooks: [Int] = []
    /// Until when a look is under way, of the slow ones: no second one begins before.
    var busy: [Query: Instant] = [:]
    /// Looks that were made ahead since the last command.
    var glances: [Glance] = []
    var glanced = 0
    var commands: [OpenCommand] = []
    var sleeps: [(id: WorkID, isOpen: Bool)] = []
    private var changes: [Change] = []
    var inputs: [Event.Input] = []
    /// How many answers the run waits for, orphans and injected inputs included.
    var owed = 0
    /// No command of the run was under way since.
    var quietSince = Instant.zero
    /// The parts of the world that have changed since the pair has looked.
    var changed = World.Parts.all
    /// How many tools were started.
    public internal(set) var begun = 0
    /// What strikes tools that are still to be started, by their ordinal.
    var strikes: [(ordinal: Int, fault: Fault)] = []
    /// How many commands wait for a change of the world.
    var blocked = 0
    /// How many commands wait to be started.
    var queued = 0
    /// When the next resource of HAST may be given up.
    var demotableAt = Instant.zero

    /// Whether it says by `started` which process a tool runs as.
    let tellsProcesses: Bool

    /// Creates a host on `world`, whose `later` counts from now.
    public init(_ world: World, tellsProcesses: Bool = false) {
        self.world = world
        self.tellsProcesses = tellsProcesses
        self.world.touched = []
        for later in world.later { enter(later) }
        takeOver()
    }

    public mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, let condition, let until, let seenBy):
            open(OpenLook(id, condition, until: until, seenBy: seenBy, at: now, in: world))
        case .watch(let id, let condition):
            open(OpenLook(watching: condition, id, at: now, in: world))
        case .lookAhead(let queries):
            for query in queries where query.forks { glance(at: query) }
        case .execute(let id, let command, let until):
            begin(id, command, until: until)
        case .sleep(let id, let until):
            sleeps.append((id, true))
            owed += 1
            agenda.enter(.sleep, index: sleeps.count - 1, at: max(until, now))
        case .cancel(let id): cancel(id)
        case .adopt(let id, let command, let process): adopt(id, command, process)
        }
        takeOver()
    }

    public mutating func next() -> Event? {
        while owed > 0, let entry = agenda.popFirst() {
            world.now = entry.at
            let input = come(entry)
            takeOver()
            if let input { return Event(at: entry.at, input) }
        }
        return nil
    }

    /// Lets a person press Ctrl-C at this time.
    public mutating func interrupt(at instant: Instant) { inject(.interrupt, at: instant) }

    /// Lets a fault strike the next tool that is started, or the one with this ordinal, from 1.
    ///
    /// The words of the fault count for nothing.
    public mutating func strike(_ fault: Fault, at ordinal: Int? = nil) {
        strikes.append((ordinal ?? begun + 1, fault))
    }

    /// Lets a newer signal arrive at this time that names `plan`.
    public mutating func supersede(by plan: String, at instant: Instant) {
        inject(.superseded(by: plan), at: instant)
    }
}

// MARK: - The agenda

extension SimulatedHost {
    mutating func inject(_ input: Event.Input, at instant: Instant) {
        inputs.append(input)
        owed += 1
        agenda.enter(.input, index: inputs.count - 1, at: max(instant, now))
    }

    mutating func enter(_ later: Later) {
        let at = now + later.after
        switch later.change {
        case .signal(let plan): supersede(by: plan, at: at)
        case .interrupt: interrupt(at: at)
        default:
            changes.append(later.change)
            agenda.enter(.change, index: changes.count - 1, at: at)
        }
    }

    /// Does what falls due; gives what the run is to hear of it.
    mutating func come(_ entry: Agenda.Entry) -> Event.Input? {
        switch entry.kind {
        case .look: return comeBack(look: entry.index, id: entry.id, at: entry.at)
        case .glance:
            comeBack(glance: entry.index)
            return nil
        case .command:
            quietSince = now
            return end(entry.index)
        case .deadline: return giveUp(entry.index)
        case .gone:
            quietSince = now
            return gone(entry.index)
        case .sleep:
            guard sleeps[entry.index].isOpen else { return nil }
            return wake(entry.index)
        case .change:
            guard !world.isFenced else { return nil }
            world.apply(changes[entry.index])
            return nil
        case .input:
            owed -= 1
            return inputs[entry.index]
        }
    }

    private mutating func wake(_ index: Int) -> Event.Input {
        sleeps[index].isOpen = false
        owed -= 1
        return .woke(sleeps[index].id)
    }

    /// Takes over what the world has brought about: happenings for later, and changes to look at.
    mutating func takeOver() {
        if !world.upcoming.isEmpty {
            for later in world.upcoming { enter(later) }
            world.upcoming.removeAll(keepingCapacity: true)
        }
        guard !world.touched.isEmpty else { return }
        let touched = world.touched
        world.touched = []
        changed.formUnion(touched)
        if blocked > 0 { retryBlocked() }
        if queued > 0 { startQueued() }
        lookAgain(at: touched)
    }

    private mutating func cancel(_ id: WorkID) {
        if let index = looks.firstIndex(where: { $0.id == id && $0.isOpen }) {
            endLook(index)
        } else if let index = commands.lastIndex(where: { $0.id == id }) {
            switch commands[index].phase {
            case .queued, .running: agenda.enter(.deadline, index: index, at: now)
            case .orphan, .lingering, .settling, .killed, .abandoned, .left, .over: return
            }
        } else if let index = sleeps.firstIndex(where: { $0.id == id && $0.isOpen }) {
            agenda.enter(.sleep, index: index, at: now)
        }
    }

    /// Answers with the last verdict, a watch aside.
    private mutating func endLook(_ index: Int) {
        close(index)
        guard !looks[index].isWatch else { return }
        let look = Look(looks[index].lastVerdict, looks[index].lastAnswers)
        inject(.looked(looks[index].id, look), at: now)
    }
}
