import Engine

/// `delay`: waits for a length of time.
struct Delay: StepKind {
    /// No delay is longer.
    static let longest = Duration.seconds(600)
    /// What a delay may take beyond its length.
    static let margin = Duration.seconds(5)

    static let reference = Reference(
        "delay",
        "Waits for a length of time.",
        notes: """
            At most 10 minutes. Prefer a `wait-for-…` step: a delay is a guess, too short on a \
            bad day and too long on all others.
            """,
        fields: [.required("duration", .duration, "how long")],
        main: "duration",
        timeout: longest + margin,
        limit: "the delay and \(durationText(margin))",
        undone: "nothing to undo",
        example: "- delay: 3s"
    )

    private let elapsed: Elapsed

    init?(_ fields: inout Fields) {
        guard let duration = fields.duration("duration") else { return nil }
        guard duration <= Self.longest else {
            fields.report(
                "duration",
                "a delay of \(durationText(duration)) is too long",
                note: "clients wait meanwhile",
                help: "write at most `10m`"
            )
            return nil
        }
        elapsed = Elapsed(steadyFor: duration)
    }

    var summary: String { "wait for \(durationText(elapsed.steadyFor))" }
    var goal: Goal { .condition(elapsed) }
    var limit: Duration? { elapsed.steadyFor + Self.margin }
    func apply(_ seen: Answers) -> [Command] { [] }
    var inverse: Inverse { .none("waiting changes nothing") }
}

/// The condition that time passes: it always holds, and counts once it has held long enough.
private struct Elapsed: Condition {
    let steadyFor: Duration

    var summary: String { "\(durationText(steadyFor)) have passed" }
    var queries: [Query] { [] }
    func judge(_ answers: Answers) -> Verdict { .holds }
}
