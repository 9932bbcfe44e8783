/// What a run has open with its host: the ids it gave out, who waits for each answer, which
/// commands are in doubt, and what this turn says.
struct Ledger: Sendable {
    /// Who waits for an answer.
    enum Owner: Sendable {
        case requirement(Int)
        /// A look or a pause in a step's life.
        case step(NodeID, Way)
        case command(NodeID, Way, Command)
        /// The decision whether a group runs at all.
        case group(NodeID)
        case guardian(NodeID)
        case final(NodeID)
        /// A goal that was reached, before another step is tried again.
        case again(NodeID, before: NodeID)
        case timer(RunTimer)
        /// Nobody any more; the answer is only counted.
        case nobody

        /// Whether a drain waits for the answer.
        var counts: Bool {
            switch self {
            case .guardian, .timer: false
            case .requirement, .step, .command, .group, .final, .again, .nobody: true
            }
        }
    }

    /// A command that was given up on, or whose engine died, or that left something behind, and
    /// that may still take effect.
    struct Doubt: Hashable, Sendable {
        let work: WorkID
        let node: NodeID
        let way: Way
        let command: Command
        var pid: Int32?
        var process: ProcessIdentity?
        /// Whether it ended by itself, and the doubt is about what it left in its process group.
        var isLeft = false
        /// Whether its goal was seen to hold since, so that what it left behind may be what it was
        /// to start, and only who takes it back has to wait for that.
        var isTrusted = false

        /// The command and its process, for a person.
        var text: String {
            isLeft
                ? "what `\(command.line)` left behind"
                    + (pid.map { " (process group \($0))" } ?? "")
                : "`\(command.line)`" + (pid.map { " (pid \($0))" } ?? "")
        }
    }

    /// The time of the event that is being handled.
    private(set) var now = Instant.zero
    /// Commands in doubt, in the order in which they came to be.
    private(set) var doubts: [Doubt] = []
    /// Those that whatever follows has to wait for.
    var openDoubts: [Doubt] { doubts.filter { !$0.isTrusted } }
    /// How many ids still owe an answer, watches and the run's own timers aside.
    private(set) var openCount = 0
    /// How many commands are open.
    private var commandCount = 0
    /// What a person should know at the end.
    private(set) var warnings: [String] = []
    private var warned: Set<String> = []
    private var owners: [Owner?] = []
    /// The highest id of earlier engines of this run: ours continue above it.
    private let last: Int
    private var turn = Turn()

    /// An account that goes on after the work of this id, and what was to be known till then.
    init(after last: Int = 0, warnings: [String] = []) {
        self.last = last
        self.warnings = warnings
        warned = Set(warnings)
    }

    /// Begins the turn that answers an event at `now`.
    mutating func begin(at now: Instant) { self.now = now }

    /// Ends the turn.
    mutating func takeTurn() -> Turn {
        defer { turn = Turn() }
        return turn
    }

    /// Says that something happened.
    mutating func record(_ fact: Fact) {
        turn.records.append(Record(at: now, fact))
    }

    /// Who waits for the answer with this id; nil for a stale id.
    func owner(_ id: WorkID) -> Owner? {
        owners.indices.contains(index(id)) ? owners[index(id)] : nil
    }

    /// Takes an answer in: nobody waits for this id any more.
    mutating func close(_ id: WorkID) {
        guard let owner = owner(id) else { return }
        owners[index(id)] = nil
        if owner.counts { openCount -= 1 }
        if case .command = owner { commandCount -= 1 }
    }

    /// Says what a person should know, now and at the end.
    mutating func warn(_ text: String) {
        record(.warned(text))
        if warned.insert(text).inserted { warnings.append(text) }
    }

    /// Whether a command may take an effect.
    var isActing: Bool { commandCount > 0 || doubts.contains { !$0.isTrusted } }

    /// Whether a command of this node is in doubt.
    func isInDoubt(_ node: NodeID) -> Bool { doubts.contains { $0.node == node } }

    /// Whether a command of this way through this node is in doubt.
    func isInDoubt(_ node: NodeID, _ way: Way) -> Bool {
        doubts.contains { $0.node == node && $0.way == way }
    }

    /// Notes that a command may still take effect.
    mutating func doubt(_ doubt: Doubt) { doubts.append(doubt) }

    /// The goal of this way through this node was seen to hold.
    mutating func trust(_ node: NodeID, _ way: Way) {
        for index in doubts.indices
        where doubts[index].isLeft && doubts[index].node == node && doubts[index].way == way {
            doubts[index].isTrusted = true
        }
    }

    /// Takes in that a command in doubt is gone; nil when it was in none.
    mutating func settle(_ id: WorkID) -> Doubt? {
        guard let index = doubts.firstIndex(where: { $0.work == id }) else { return nil }
        return doubts.remove(at: index)
    }
}

/// The timers of a run's phases.
enum RunTimer: Sendable { case grace, patience, repair, requirement }

// MARK: - Asking the host

extension Ledger {
    mutating func await(
        _ condition: any Condition,
        until: Instant,
        seenBy: Instant = .zero,
        for owner: Owner
    ) -> WorkID {
        let id = open(owner)
        turn.work.append(.await(id, condition, until: until, seenBy: seenBy))
        return id
    }

    mutating func watch(_ condition: any Condition, for owner: Owner) -> WorkID {
        let id = open(owner)
        turn.work.append(.watch(id, condition))
        return id
    }

    /// Lets the host look at what will be asked soon.
    mutating func lookAhead(_ queries: [Query]) {
        if !queries.isEmpty { turn.work.append(.lookAhead(queries)) }
    }

    mutating func execute(
        _ command: Command,
        until: Instant,
        for node: NodeID,
        _ way: Way
    ) -> WorkID {
        let id = open(.command(node, way, command))
        turn.work.append(.execute(id, command, until: until))
        return id
    }

    @discardableResult
    mutating func sleep(until: Instant, for owner: Owner) -> WorkID {
        let id = open(owner)
        turn.work.append(.sleep(id, until: until))
        return id
    }

    /// Takes over a command of an earlier engine; it keeps its id, since it is the same work.
    mutating func adopt(_ doubt: Doubt) {
        doubts.append(doubt)
        turn.work.append(.adopt(doubt.work, doubt.command, doubt.process))
    }

    /// Ends a watch or a timer, whose answer nobody waits for.
    mutating func end(_ id: WorkID) {
        guard owner(id) != nil else { return }
        owners[index(id)] = nil
        turn.work.append(.cancel(id))
    }

    /// Ends a look or a sleep; its answer concerns nobody.
    mutating func drop(_ id: WorkID) {
        guard owner(id) != nil else { return }
        owners[index(id)] = .nobody
        turn.work.append(.cancel(id))
    }

    /// Drops every look and sleep that is open, in the order of their ids.
    mutating func dropAllButCommands() {
        for index in owners.indices {
            switch owners[index] {
            case nil, .command, .nobody: continue
            case .guardian, .timer: end(id(index))
            case .requirement, .step, .group, .final, .again: drop(id(index))
            }
        }
    }

    /// Gives up on every command that is open; each still answers to its owner.
    mutating func cancelCommands() {
        for index in owners.indices {
            if case .command = owners[index] { turn.work.append(.cancel(id(index))) }
        }
    }

    private mutating func open(_ owner: Owner) -> WorkID {
        owners.append(owner)
        if owner.counts { openCount += 1 }
        if case .command = owner { commandCount += 1 }
        return id(owners.count - 1)
    }

    private func index(_ id: WorkID) -> Int { id.number - 1 - last }

    private func id(_ index: Int) -> WorkID { WorkID(last + index + 1) }
}
