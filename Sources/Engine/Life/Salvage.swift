/// What whoever takes the lock of a pair does about the runs that an engine began and did not end,
/// one after the other: a pure state machine, inputs in, orders out.
///
/// What a run that is only closed left running is ended first, so that it does not come late.
public struct Salvage: Sendable {
    enum Stage: Sendable {
        /// A run is looked at.
        case examining
        /// What a run left running is being ended; what of it is gone.
        case clearing(Remains, Orphans, Ending, gone: [WorkID])
        /// A run was taken up.
        case resuming(Remains, Past)
        case over
    }

    /// What was left running has so long to be gone.
    public static let patience = Duration.seconds(60)
    /// The id of the pause that ends with it; no run comes near, whose work is answered otherwise.
    static let alarm = WorkID(1 << 20)

    /// What the pair is wanted to be now.
    public var wants: Plan.Direction?
    private let choice: Recovery.Choice?
    private var runs: ArraySlice<String>
    private var stage = Stage.examining

    /// For these runs, the oldest first; `choice` is a person's, for the newest.
    public init(
        _ runs: [String], choice: Recovery.Choice? = nil, wants: Plan.Direction? = nil
    ) {
        self.runs = runs[...]
        self.choice = choice
        self.wants = wants
    }

    /// Begins; to be called once, before any input.
    public mutating func begin() -> [Order] {
        var orders: [Order] = []
        next(&orders)
        return orders
    }

    /// Takes an input in; answers with orders, in order. What nobody waits for is ignored.
    public mutating func handle(_ input: Input, at now: Instant) -> [Order] {
        var orders: [Order] = []
        switch (input, stage) {
        case (.found(let remains), .examining): found(remains, at: now, &orders)
        case (.gone(let id), .clearing(let remains, let orphans, let ending, var gone)):
            gone.append(id)
            stage = .clearing(remains, orphans, ending, gone: gone)
            guard gone.count == orphans.doubts.count else { break }
            orders.append(.work(.cancel(Self.alarm)))
            conclude(&orders)
        case (.woke(Self.alarm), .clearing): conclude(&orders)
        case (.unnoted, .resuming(let remains, let past)):
            let why = "that it is taken up cannot be noted"
            clear(remains, past.orphans, Recovery.left(why, past.orphans), at: now, &orders)
        case (.ended(let ending), .resuming(let remains, _)):
            orders.append(.report(Outcome(remains, .takenUp(ending))))
            next(&orders)
        default: break
        }
        return orders
    }
}

// MARK: - The alphabets

extension Salvage {
    /// What can happen to it.
    public enum Input: Sendable {
        /// What is known of the run that was asked for.
        case found(Remains)
        /// That the run is taken up cannot be noted, and so it was not.
        case unnoted
        /// A tool that was left running is gone.
        case gone(WorkID)
        /// A pause is over.
        case woke(WorkID)
        /// The run that was taken up has ended.
        case ended(Ending)
    }

    /// What it asks for.
    public enum Order: Sendable {
        /// Tell what is known of this run.
        case examine(String)
        /// To end a tool, a pause, or the cancelling of that.
        case work(Work)
        /// Write this ending; the run is never looked at again.
        case close(Remains, Ending)
        /// Leave a run alone from now on.
        case passOver(String)
        /// Note that this run is taken up, then do so.
        case resume(Remains, Past, Resumption)
        /// Tell what became of a run.
        case report(Outcome)
        /// All runs are dealt with.
        case finish
    }

    /// What became of an unfinished run.
    public struct Outcome: Sendable {
        /// What was done about it.
        public enum Deed: Sendable {
            /// Nothing: why.
            case leftAlone(why: String)
            /// It was given this ending.
            case closed(Ending)
            /// It went on, and ended so.
            case takenUp(Ending)
        }

        /// The name of the run.
        public let run: String
        /// The name of its plan; empty where nothing tells it.
        public let plan: String
        /// What was done about it.
        public let deed: Deed

        init(_ remains: Remains, _ deed: Deed) {
            run = remains.run
            plan = remains.plan
            self.deed = deed
        }

        /// How it ended; nil when it was left as it is.
        public var ending: Ending? {
            switch deed {
            case .leftAlone: nil
            case .closed(let ending), .takenUp(let ending): ending
            }
        }
    }
}

// MARK: - One run

extension Salvage {
    private mutating func next(_ orders: inout [Order]) {
        stage = .examining
        if let run = runs.popFirst() { return orders.append(.examine(run)) }
        stage = .over
        orders.append(.finish)
    }

    private mutating func found(
        _ remains: Remains, at now: Instant, _ orders: inout [Order]
    ) {
        switch remains.reading {
        case .nothing(let why):
            orders.append(.passOver(remains.run))
            let text = "the journal of run \(remains.run) is left as it is: \(why)"
            leaveAlone(remains, text, &orders)
        case .unfit(let why, let orphans):
            // Numbers of processes mean nothing in another boot.
            let orphans = remains.isOfThisBoot ? orphans : Orphans()
            let ending = Recovery.left("its sealed plan does not fit: \(why)", orphans)
            clear(remains, orphans, ending, at: now, &orders)
        case .whole(let past):
            guard remains.isOfThisBoot else {
                let ending = Recovery.cutOff(past, of: past.plan)
                return clear(remains, Orphans(), ending, at: now, &orders)
            }
            switch remains.decide(past, choice, wants: wants) {
            case .close(let ending):
                let orphans = remains.isLossy ? past.suspects : past.orphans
                clear(remains, orphans, ending, at: now, &orders)
            case .refuse(let why): leaveAlone(remains, why, &orders)
            case .resume(let way):
                stage = .resuming(remains, past)
                orders.append(.resume(remains, past, way))
            }
        }
    }

    private mutating func leaveAlone(
        _ remains: Remains, _ why: String, _ orders: inout [Order]
    ) {
        orders.append(.report(Outcome(remains, .leftAlone(why: why))))
        next(&orders)
    }

    /// Ends what a run left running that is only closed.
    private mutating func clear(
        _ remains: Remains, _ orphans: Orphans, _ ending: Ending, at now: Instant,
        _ orders: inout [Order]
    ) {
        stage = .clearing(remains, orphans, ending, gone: [])
        let work = orphans.work
        guard !work.isEmpty else { return conclude(&orders) }
        orders.append(.work(.sleep(Self.alarm, until: now + Self.patience)))
        orders += work.map { .work($0) }
    }

    /// Closes the run; its ending names only what could not be ended.
    private mutating func conclude(_ orders: inout [Order]) {
        guard case .clearing(let remains, let orphans, let decided, let gone) = stage else {
            return
        }
        let left = orphans.warnings(besides: gone)
        let cleared = orphans.warnings().filter { !left.contains($0) }
        let ending = Ending(
            decided.kind, reason: decided.reason,
            warnings: decided.warnings.filter { !cleared.contains($0) },
            remaining: decided.remaining, handOver: decided.handOver,
            isCommitted: decided.isCommitted)
        orders.append(.close(remains, ending))
        orders.append(.report(Outcome(remains, .closed(ending))))
        next(&orders)
    }
}
