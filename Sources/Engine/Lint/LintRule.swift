/// A rule of the lint: what loads and runs, and can still end badly one night.
protocol LintRule: Sendable {
    /// What it says to a person.
    static var page: LintPage { get }
    /// Where a plan breaks it.
    static func findings(in plan: LintedPlan) -> [Finding]
}

/// A place at which a plan breaks a rule.
struct Finding {
    /// What is, in lower case, without a full stop.
    let message: String
    /// Where.
    let span: Span
    /// What to write instead.
    let help: String
}
