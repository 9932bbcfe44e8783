/// What is done about the signals of one pair: a pure state machine, inputs in, orders out.
///
/// What is wanted is a level: it stays until the node is what is wanted, or is given up. One run is
/// under way at most, the newest signal wins, a release is what follows anything but a confirmed
/// master. `docs/signals.md` has the rules in words.
public struct Dispatcher: Sendable {
    /// Where it is.
    enum Stage: Sendable {
        /// Before `start`, and after `leave`.
        case idle
        /// A release waits for its `settle`.
        case settling(WorkID)
        /// It is looked whether an acquire may begin, since the record of this serial came.
        case confirming(WorkID, since: String)
        /// A run is under way; whether it was told of a newer signal.
        case running(Plan.Direction, isTold: Bool)
        /// A pause before another attempt, which may end as soon as nothing would refuse it.
        case pausing(WorkID, until: Instant)
        /// An acquire is stuck: a pause before the next look at what is left of it.
        case blocked(WorkID)
        /// An acquire is stuck: what is left of it is looked at.
        case inspecting(WorkID)
    }

    /// A look at what a stuck acquire left has so long to tell anything.
    public static let lookPatience = Duration.seconds(5)

    let pair: Signals.Pair
    let clean: @Sendable () -> [any Condition]
    var stage = Stage.idle
    var hasStarted = false
    var held = Held.nothing
    /// The newest record, until it is cleared.
    var wanted: Wanted?
    /// The newest serial that was read, cleared or not.
    var newest = ""
    /// The acquire of this serial was not confirmed, so that the release is what follows.
    var unconfirmed: String?
    /// How many runs in a row did not bring about what is wanted.
    var attempts = 0
    /// How many looks in a row found a stuck acquire's leavings.
    var inspections = 0
    /// What is left of an acquire that is stuck, until a look or a release shows the world clean.
    var leavings = Leavings.nothing
    private var lastID = 0

    /// A dispatcher for `pair` that waits for its `start`.
    ///
    /// `clean` gives the goals of the release plan, and is asked only behind a stuck acquire: no
    /// other follows it before they hold.
    public init(_ pair: Signals.Pair, clean: @escaping @Sendable () -> [any Condition]) {
        self.pair = pair
        self.clean = clean
    }

    /// Takes an input in; answers with orders, in order. A stale id is ignored.
    public mutating func handle(_ input: Input, at now: Instant) -> [Order] {
        var turn = Turn(now: now)
        switch input {
        case .start(let wanted, let leavings): start(wanted, leavings, &turn)
        case .wanted(let wanted): take(wanted, &turn)
        case .held(let held): hold(held, &turn)
        case .looked(let id, let look): looked(id, look, &turn)
        case .woke(let id): woke(id, &turn)
        case .ended(let ending, let required): ended(ending, required, &turn)
        }
        return turn.orders
    }

    /// The orders that one input leads to.
    struct Turn {
        let now: Instant
        var orders: [Order] = []

        mutating func say(_ text: String, _ weight: Weight = .info) {
            orders.append(.say(text, weight))
        }
    }

    /// What is to be brought about now: the release also where an acquire was not confirmed.
    var target: Plan.Direction? {
        guard let wanted else { return nil }
        return unconfirmed == wanted.serial ? .release : wanted.direction
    }

    mutating func nextID() -> WorkID {
        lastID += 1
        return WorkID(lastID)
    }
}

// MARK: - The alphabets

extension Dispatcher {
    /// What can happen to a dispatcher.
    public enum Input: Sendable {
        /// The lock is taken and earlier runs are settled; what those of this boot have left of an
        /// acquire that is stuck.
        case start(wanted: Wanted?, leavings: Leavings)
        /// A newer record was read; an equal or older serial is ignored.
        case wanted(Wanted)
        /// A person began or ended maintenance.
        case held(Held)
        /// An await has its answer.
        case looked(WorkID, Look)
        /// A sleep is over.
        case woke(WorkID)
        /// The run that was ordered has ended, and required this.
        case ended(Ending, required: [any Condition] = [])
    }

    /// What a dispatcher asks for.
    public enum Order: Sendable {
        /// An await, a sleep, or the cancelling of one; ids grow.
        case work(Work)
        /// Run the plan for this direction; what its signal stands for was seen for `settled`.
        case run(Plan.Direction, settled: Duration, terms: Run.Terms)
        /// Tell the run under way that a newer signal wants the other direction; once a run.
        case supersede(by: Plan.Direction)
        /// The node is what was wanted, or it is given up: drop the records up to this one.
        case clear(Wanted)
        /// One line for the log and the status.
        case say(String, Weight)
        /// Nothing more is to be done: release the lock.
        case leave
    }

    /// How loud a line is.
    public enum Weight: String, Sendable { case info, warning, failure }
}
