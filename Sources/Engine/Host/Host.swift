/// The world that a run works on: it takes work and gives events.
///
/// Each work id gets exactly one answer, a cancelled watch aside; a command that was given up on
/// gets one more, `gone`, once it can no longer take effect. Hosts poll, and hurry up by whatever
/// the system offers; no poll is an event.
public protocol Host {
    /// Takes on a piece of work; returns at once.
    mutating func perform(_ work: Work)
    /// The next thing that happens, or nil when no open work can bring one about any more.
    mutating func next() -> Event?
}

/// Names a piece of work; ids grow and are never used twice in a run.
public struct WorkID: Hashable, Comparable, Sendable {
    /// The number, from 1.
    public let number: Int

    /// Creates the id of this number.
    public init(_ number: Int) { self.number = number }

    public static func < (left: WorkID, right: WorkID) -> Bool { left.number < right.number }
}

/// What a run asks of its host.
public enum Work: Sendable {
    /// Look until the condition holds (for `steadyFor`), can never hold, or time is up, with one
    /// look at least; answered by `looked` with the last verdict.
    ///
    /// Where nothing can be told at `until` and a look is under way, its answer is waited for up
    /// to `seenBy`, which counts for nothing when it is earlier.
    case await(WorkID, any Condition, until: Instant, seenBy: Instant = .zero)
    /// Keep looking; answered by `looked` once the condition is broken (`Attention` says when).
    case watch(WorkID, any Condition)
    /// These will probably be asked soon, by whoever takes answers of shortly before (`Earlier`):
    /// look now, if that takes a while. Never answered.
    case lookAhead([Query])
    /// Do it; when it is not over at `until`, end it as well as it can be ended; answered by
    /// `finished`.
    case execute(WorkID, Command, until: Instant)
    /// Answered by `woke` at `until`.
    case sleep(WorkID, until: Instant)
    /// Ends earlier work now: an await answers with its last verdict, a command is given up on.
    case cancel(WorkID)
    /// A command that an earlier engine of this boot began and did not see the end of: end what
    /// lives of it; answered by `gone` alone, once it can take no effect any more. Without a
    /// process it is searched for by its arguments.
    case adopt(WorkID, Command, ProcessIdentity?)
}

/// Something that happened, with the host's time.
public struct Event: Sendable {
    /// When, on the host's clock; never before an earlier event.
    public let at: Instant
    /// What.
    public let input: Input

    /// Creates an event.
    public init(at: Instant, _ input: Input) {
        self.at = at
        self.input = input
    }

    /// The alphabet of what can happen to a run.
    public enum Input: Sendable {
        /// The run starts; the state it requires was already seen without a break for `settled`.
        case begin(settled: Duration)
        /// An await or a watch has its answer.
        case looked(WorkID, Look)
        /// A command ended or was given up on.
        case finished(WorkID, Finish)
        /// A tool was started as this process; tells only who it is, and may stay out.
        case started(WorkID, ProcessIdentity)
        /// A command that was given up on, was adopted, or left something behind can take no effect
        /// any more.
        case gone(WorkID)
        /// A sleep is over.
        case woke(WorkID)
        /// A newer signal names another plan.
        case superseded(by: String)
        /// A person pressed Ctrl-C, or TERM arrived.
        case interrupt
    }
}

/// The answer to an await or a watch.
public struct Look: Sendable {
    /// The last verdict on the condition.
    public let verdict: Verdict
    /// What the verdict was made from.
    public let answers: Answers
    /// How it is known.
    public let basis: Basis

    /// Creates an answer.
    public init(_ verdict: Verdict, _ answers: Answers, basis: Basis = .seen) {
        self.verdict = verdict
        self.answers = answers
        self.basis = basis
    }
}

/// How a host knows what it answers; all but `seen` occur in a preview only.
public enum Basis: Hashable, Sendable {
    /// It looked.
    case seen
    /// A command that the preview noted would bring it about.
    case after(WorkID)
    /// Taken for granted, and what was seen instead.
    case assumed(String)
    /// Taken for granted because it cannot be known before, and why.
    case unknowable(String)
    /// Taken for granted because the person said so: `carp=master`.
    case given(String)
}

/// How a command came out.
public enum Finish: Sendable {
    /// It ended by itself.
    case ended(Output)
    /// Its time was up: it was ended, or would not end, and may still take effect until `gone`.
    case gaveUp(pid: Int32?, Output)
    /// It ended by itself, and left processes in its group behind, which may still take effect
    /// until `gone`; a daemon that it was to start may be one.
    case left(pid: Int32?, Output)
}
