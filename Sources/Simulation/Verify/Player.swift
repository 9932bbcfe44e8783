import Engine

/// Failover on one node of a pair: its service, whoever holds the lock, and what they keep.
///
/// What it decides, the engine decides: whoever has the lock is a `Tenure` of the pair, and what
/// the service looks at is the business of its `Lookout`.
struct Player {
    /// What a node keeps of a run, on a disk.
    struct Journal {
        let direction: Plan.Direction
        let boot: Int
        var records: [Record] = []
        var isFull = false
        var resumptions = 0

        var isEnded: Bool {
            guard case .ended = records.last?.fact else { return false }
            return true
        }
    }

    /// What is known of the run of a worker.
    struct Underway {
        /// Where the ids of its work begin.
        let base: Int
        let direction: Plan.Direction
        let began: Instant
        /// It must have ended by then.
        let limit: Instant
        let isResumed: Bool
        /// What the node had when it began.
        let before: Holdings
    }

    /// How often it has booted.
    var boot = 0
    /// Whether failover's service is up and hears signals.
    var isUp = false
    /// What a person holds of the pair here, until the next boot.
    var held = Held.nothing
    /// What is wanted, until it is settled; void after a boot.
    var wanted: Wanted?
    /// What was wanted last, settled or not.
    var asked: Plan.Direction?
    /// What the service has seen of the address.
    var lookout = Lookout(at: .zero)
    /// What the last run of this boot says.
    var lastRun = LastRun()
    var journal: Journal?
    /// Whether a worker has the pair's lock; the next three are its own.
    private(set) var isAtWork = false
    @Heaped var tenure: Tenure?
    /// Where the ids of the tenure's own work begin.
    private(set) var base = 0
    /// The run under way, and what is known of it.
    @Heaped var run: Run?
    var underway: Underway?
    /// Whether somebody waits for the release and starts another worker where one dies.
    var isAwaited = false
    /// Whether a shutdown waits for the release.
    var isShuttingDown = false
    /// Whether the machine is to boot again once it is down.
    var isRebooting = false

    /// How many pieces of work the host was given.
    var items = 0
    /// How many clients the host has had: each has ids of its own.
    var clients = 0
    /// What the next signal suffers.
    var signalMishap: Mishap?

    /// What others may have changed for whoever has the lock.
    var survey: Survey { Survey(wanted: wanted, held: held) }

    /// Whether a run is neither over nor dealt with.
    var isUnfinished: Bool { journal.map { !$0.isEnded } ?? false }

    /// The start of the ids of another client of the host.
    mutating func nextBase() -> Int {
        clients += 1
        return clients << 24
    }

    /// A worker takes the lock.
    mutating func work(_ tenure: Tenure) {
        isAtWork = true
        self.tenure = tenure
        base = nextBase()
    }

    /// The worker leaves, or dies.
    mutating func leave() {
        isAtWork = false
        tenure = nil
        run = nil
        underway = nil
    }

    /// All that lives in memory is gone.
    mutating func losePower() {
        isUp = false
        held = .nothing
        wanted = nil
        asked = nil
        lastRun = LastRun()
        leave()
        isAwaited = false
        isShuttingDown = false
        signalMishap = nil
    }
}

/// What of a pair a node has, as far as a run can take it or give it up.
struct Holdings: Equatable {
    var primaries: [Bool]
    var pools: [Bool]
    var services: [Bool]

    init(_ world: World) {
        primaries = world.roles.map { $0.role == .primary }
        pools = world.pools.map(\.isImported)
        services = world.services.map(\.isRunning)
    }

    /// Whether there is anything here that was not there before.
    func exceed(_ before: Holdings) -> Bool {
        zip(primaries, before.primaries).contains { $0 && !$1 }
            || zip(pools, before.pools).contains { $0 && !$1 }
            || zip(services, before.services).contains { $0 && !$1 }
    }
}

// MARK: - Ids

extension Work {
    /// The same work under an id of another range.
    func shifted(by base: Int) -> Work {
        func shift(_ id: WorkID) -> WorkID { WorkID(id.number + base) }
        switch self {
        case .await(let id, let condition, let until, let seenBy):
            return .await(shift(id), condition, until: until, seenBy: seenBy)
        case .watch(let id, let condition): return .watch(shift(id), condition)
        case .lookAhead: return self
        case .execute(let id, let command, let until):
            return .execute(shift(id), command, until: until)
        case .sleep(let id, let until): return .sleep(shift(id), until: until)
        case .cancel(let id): return .cancel(shift(id))
        case .adopt(let id, let command, let process): return .adopt(shift(id), command, process)
        }
    }

    /// Whether it is a piece of work at which something can go wrong.
    var isItem: Bool {
        switch self {
        case .await, .execute, .sleep: true
        case .watch, .lookAhead, .cancel, .adopt: false
        }
    }
}

extension Event.Input {
    /// The id that it answers.
    var id: WorkID? {
        switch self {
        case .looked(let id, _), .finished(let id, _), .started(let id, _), .gone(let id),
            .woke(let id):
            id
        case .begin, .superseded, .interrupt: nil
        }
    }

    /// The same answer under the id that its client knows.
    func shifted(back base: Int) -> Event.Input {
        func shift(_ id: WorkID) -> WorkID { WorkID(id.number - base) }
        switch self {
        case .looked(let id, let look): return .looked(shift(id), look)
        case .finished(let id, let finish): return .finished(shift(id), finish)
        case .started(let id, let process): return .started(shift(id), process)
        case .gone(let id): return .gone(shift(id))
        case .woke(let id): return .woke(shift(id))
        case .begin, .superseded, .interrupt: return self
        }
    }
}
