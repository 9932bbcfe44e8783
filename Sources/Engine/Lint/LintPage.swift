/// What a rule of the lint has to say to a person: the one home of its texts.
public struct LintPage: Sendable {
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
}
