/// A condition to make true, how to make it true, and how to take it back.
///
/// A value without state: what a step knows of the world it is handed.
public protocol Step: Sendable {
    /// The step as a phrase with a verb: `import pool tank`.
    var summary: String { get }
    /// Whether it takes something over, gives something up, or neither.
    var effect: Effect { get }
    /// What it takes or gives up, by which the lint knows orders; nil where nobody can tell.
    var reach: Reach? { get }
    /// The same as the lint counts it, which knows more of a command of the author's than the
    /// engine, which acts by `effect` alone, believes.
    var bearing: Bearing { get }
    /// What is true when the step is done.
    var goal: Goal { get }
    /// What of the goal is enough after commands that all ran to their end: what is left over is
    /// told, and not waited for; nil for the whole goal. It asks the same queries.
    var enough: (any Condition)? { get }
    /// What of the goal is left over, and why, a line each; `said` is what the commands told of it.
    func leftOver(_ seen: Answers, said: [String]) -> [String]
    /// The limit of this very step when the plan states none; nil for that of its kind.
    var limit: Duration? { get }
    /// The commands that are still missing, in order; the first that fails stops the list.
    func apply(_ seen: Answers) -> [Command]
    /// What the end of a command says.
    func assess(_ command: Command, _ output: Output) -> Assessment
    /// The same in the light of what the opening look saw.
    func assess(_ command: Command, _ output: Output, after seen: Answers) -> Assessment
    /// The step that takes it back.
    var inverse: Inverse { get }
    /// Whether a command leaves something that is taken back; for most kinds each does.
    func isTakenBack(_ command: Command) -> Bool
    /// The same step, which knows what the steps of its plan take over.
    func amid(_ taken: [Reach]) -> any Step
    /// So long its opening look may tell nothing before the step acts all the same; nil where it
    /// does not act then.
    var silence: Duration? { get }
    /// What a person must know when this step sees this and is not done yet, if anything.
    func caution(_ seen: Answers) -> String?
    /// What can be told here of the peer that takes over what this gives up; nil for nothing.
    var successor: Successor? { get }
}

/// A kind of step that plans can name.
public protocol StepKind: Step {
    /// What the catalog says of the kind.
    static var reference: Reference { get }
    /// Reads the fields of one step.
    init?(_ fields: inout Fields)
}

extension Step {
    /// Neither, as for most kinds.
    public var effect: Effect { .neither }
    public var reach: Reach? { nil }
    public var bearing: Bearing { Bearing(effect, reach.map { [$0] } ?? []) }
    public func caution(_ seen: Answers) -> String? { nil }
    public var enough: (any Condition)? { nil }
    public func leftOver(_ seen: Answers, said: [String]) -> [String] { [] }
    public func assess(_ command: Command, _ output: Output, after seen: Answers) -> Assessment {
        assess(command, output)
    }
    public func isTakenBack(_ command: Command) -> Bool { true }
    public func amid(_ taken: [Reach]) -> any Step { self }
    public var limit: Duration? { nil }
    public var successor: Successor? { nil }
    /// What gives something up gets through after two seconds; what takes over must see.
    public var silence: Duration? { effect == .releases ? StepLife.decision : nil }

    /// After any end the world decides; a step without a goal goes by the exit code.
    public func assess(_ command: Command, _ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        if case .once = goal, !output.succeeded {
            let said = output.excerpt
            return .retry("\(output.status)" + (said.isEmpty ? "" : ": \(said)"))
        }
        return .look
    }
}

/// What a step does to the pair.
public enum Effect: String, Sendable { case acquires, releases, neither }

/// What is true when a step is done.
public enum Goal: Sendable {
    /// The world shows it.
    case condition(any Condition)
    /// Nothing shows it: it is done once; and what to do when it may or may not have been done.
    case once(InDoubt)

    /// What to do with a `once` step after a crash between its intent and its outcome, for whoever
    /// recovers a run.
    public enum InDoubt: String, Sendable { case `repeat`, park }
}

/// What the end of a command says about the attempt.
public enum Assessment: Hashable, Sendable {
    /// Look at the goal, whatever the exit code was.
    case look
    /// It did its work, whatever the exit code was: the next command, or a look at the goal.
    case goOn
    /// It did what it could, and said this of the rest: the next command, or a look at the goal. It
    /// is told with the end of the step.
    case partly(String)
    /// It found nothing to do: the next command, or a look as after a failure, since what it did
    /// not find may be there all the same.
    case idle
    /// The attempt failed, and why; another may succeed.
    case retry(String)
    /// It did a part of its work, and what it left out: tried again whatever the goal's look shows,
    /// which sees no part from the whole. The pauses double, since what was done may be cut off by
    /// the next attempt.
    case incomplete(String)
    /// It was refused for now, and why: the same command again at once, at most for so long, or as
    /// long as the step may take. This is no attempt of those that a plan counts.
    case notYet(String, within: Duration?)
    /// No attempt can succeed, and why.
    case giveUp(String)
}

extension Output {
    /// What it says of an attempt when the command never ran; nil when it did.
    public var refusal: Assessment? {
        switch status {
        case .exited, .signalled: nil
        case .notStarted(let why): .retry(why)
        case .unavailable(let why): .giveUp(why)
        }
    }
}

/// What takes a step back.
public enum Inverse: Sendable {
    case step(any Step)
    /// Nothing, and why.
    case none(String)
}
