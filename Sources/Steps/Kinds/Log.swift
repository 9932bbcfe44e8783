import Engine

/// `log`: tells syslog and the display something.
struct Log: StepKind {
    static let reference = Reference(
        "log",
        "Writes one line to syslog and to the display.",
        notes: """
            Facility, level and tag are those of site.yaml. It never fails a plan: syslog may \
            lose the line.
            """,
        fields: [.required("message", .text, "the line")],
        main: "message",
        timeout: .seconds(10),
        undone: "nothing to undo",
        example: "- log: the pool moves to this node"
    )

    private let message: String

    init?(_ fields: inout Fields) {
        guard let message = fields.text("message") else { return nil }
        self.message = message
    }

    var summary: String { "log: \(message)" }
    var goal: Goal { .once(.repeat) }
    func apply(_ seen: Answers) -> [Command] { [Command(.log(message))] }
    var inverse: Inverse { .none("a line in a log stays") }
}
