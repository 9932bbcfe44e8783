/// What a warning has to say to a person: the one home of its texts.
public struct LintPage: Sendable {
    /// What a warning is about, which is also where it can be allowed.
    public enum Subject: Sendable {
        /// A plan, or what it is read with.
        case plan
        /// `signals.yaml`, or what it does with its plans.
        case signals
        /// A trial that a command was told to make.
        case trial
    }

    /// Its stable name, which a plan can allow and a person can search: `no-steady-role`.
    public let code: String
    /// What is, in one sentence.
    public let summary: String
    /// Why it matters, in a clause, as each of its warnings says.
    public let why: String
    /// How data is lost, or service stays away, at 3 a.m.
    public let story: String
    /// How to mend it, and who may allow it.
    public let mend: String
    /// A fragment of a plan that does not have it.
    public let example: String
    /// What it is about.
    public var subject = Subject.plan
    /// Why nobody can mean it, in a clause; nil when it can be allowed.
    public var refusal: String?
}
