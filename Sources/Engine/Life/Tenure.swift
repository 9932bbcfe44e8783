/// What whoever takes the lock of a pair does until it lets it go: a pure state machine, inputs in,
/// orders out.
///
/// First it settles what an earlier engine left, then it does what the dispatcher orders. A worker
/// on a server and a node of a simulated pair are its drivers; neither decides anything.
public struct Tenure: Sendable {
    enum Stage: Sendable {
        /// Before `begin`.
        case idle
        /// What an earlier engine left is looked at.
        case recovering
        /// A run that was taken up is under way; whether it was told of a newer signal.
        case resuming(Plan.Direction?, isTold: Bool)
        /// All is settled, and it is asked what is wanted by now.
        case settled
        /// The dispatcher works, and no run is under way.
        case dispatching
        /// A run of the dispatcher is under way.
        case running(Plan.Direction)
        /// The lock was let go.
        case over
    }

    /// Whoever waits for what is wanted has another worker started where nobody was at work for so
    /// long.
    public static let loneliness = Duration.seconds(1)

    let pair: Signals.Pair
    var dispatcher: Dispatcher
    var salvage = Salvage([])
    var stage = Stage.idle
    var lastRun = LastRun()
    /// The newest record that was read, settled or not.
    var wanted: Wanted?
    var held = Held.nothing
    /// The claim on the lock of which the run under way was told.
    var claim: String?
    /// Whether it lets the lock go as soon as no run is under way.
    var isEnding = false
    /// The newest record when a person, or the system, wanted it to end; what is newer stands.
    var lastHeard: String?

    /// A tenure of `pair` that waits for its `begin`.
    ///
    /// `clean` gives the goals of the release plan, and is asked only behind a stuck acquire: no
    /// other follows it before they hold.
    public init(_ pair: Signals.Pair, clean: @escaping @Sendable () -> [any Condition]) {
        self.pair = pair
        dispatcher = Dispatcher(pair, clean: clean)
    }

    /// Takes an input in; answers with orders, in order. What nobody waits for is ignored.
    public mutating func handle(_ input: Input, at now: Instant) -> [Order] {
        var turn = Turn(now: now)
        switch input {
        case .begin(let runs, let survey, let lastRun):
            guard case .idle = stage else { break }
            self.lastRun = lastRun
            begin(runs, survey, &turn)
        case .surveyed(let survey): surveyed(survey, &turn)
        case .looked(let id, let look): dispatch(.looked(id, look), &turn)
        case .woke(let id):
            dispatch(.woke(id), &turn)
            recover(.woke(id), &turn)
        case .found, .unnoted, .gone: recover(input.ofRecovery, &turn)
        case .ended(let ending, let required): ended(ending, required, &turn)
        case .interrupted: interrupted(&turn)
        }
        return turn.orders
    }

    /// The orders that one input leads to.
    struct Turn {
        let now: Instant
        var orders: [Order] = []

        mutating func say(_ text: String, _ weight: Dispatcher.Weight) {
            orders.append(.say(text, weight))
        }
    }
}

// MARK: - The alphabets

extension Tenure {
    /// What can happen to it.
    public enum Input: Sendable {
        /// The lock is taken: the runs that are unfinished, the oldest first, what is wanted, and
        /// what the last run says.
        case begin([String], Survey, LastRun)
        /// What others may have changed: it was asked for, or somebody says that they did.
        case surveyed(Survey)
        /// What is known of the unfinished run that was asked for.
        case found(Remains)
        /// That the run is taken up cannot be noted, and so it was not.
        case unnoted
        /// An await has its answer.
        case looked(WorkID, Look)
        /// A sleep is over.
        case woke(WorkID)
        /// A tool that was left running is gone.
        case gone(WorkID)
        /// The run that was begun or taken up has ended, and required this.
        case ended(Ending, required: [any Condition] = [])
        /// A person, or the system, wants it to end.
        case interrupted
    }

    /// What it asks for.
    public enum Order: Sendable {
        /// Tell what is known of this unfinished run.
        case examine(String)
        /// Write this ending of an unfinished run, which is never looked at again.
        case close(Remains, Ending)
        /// Leave an unfinished run alone from now on.
        case passOver(String)
        /// Note that this run is taken up, then do so.
        case resume(Remains, Past, Resumption)
        /// Tell what became of an unfinished run.
        case report(Salvage.Outcome)
        /// Tell what others may have changed.
        case survey
        /// An await, a sleep, to end a tool, or the cancelling of one of these.
        case work(Work)
        /// Run the plan for this direction; what its signal stands for was seen for `settled`.
        case run(Plan.Direction, settled: Duration, terms: Run.Terms)
        /// Tell the run under way that a newer plan of this name is to follow.
        case supersede(by: String)
        /// The node is what was wanted, or that is given up: drop the records up to this one.
        case clear(Wanted)
        /// One line for the log and the status.
        case say(String, Dispatcher.Weight)
        /// Let the lock go; whether that is all, also if something is wanted by then.
        case leave(isForGood: Bool)
    }
}

extension Tenure.Input {
    /// What it is to the recovery; nil for what is none of its business.
    fileprivate var ofRecovery: Salvage.Input? {
        switch self {
        case .found(let remains): .found(remains)
        case .unnoted: .unnoted
        case .gone(let id): .gone(id)
        case .woke(let id): .woke(id)
        case .begin, .surveyed, .looked, .ended, .interrupted: nil
        }
    }
}
