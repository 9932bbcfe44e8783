import Engine

/// `ask`: goes on only when a person says yes.
struct Ask: StepKind {
    static let reference = Reference(
        "ask",
        "Asks the person at the terminal, and goes on only after a yes.",
        notes: """
            The step fails after a no, and when nobody answers in its `timeout`. Started by devd \
            or keepalived there is no terminal; `unattended` says what happens then: `refuse` \
            fails because nobody could be asked, `yes` and `no` stand for the answer, and `wait` \
            leaves the question open until a person answers it by `failover approve`.
            """,
        fields: [
            .required("question", .text, "the question, one line"),
            .optional(
                "unattended",
                .choice(["refuse", "wait", "yes", "no"]),
                "what happens without a terminal",
                absent: "`refuse`"
            ),
        ],
        main: "question",
        timeout: .seconds(300),
        undone: "nothing to undo",
        example: "- ask: {question: Is the other node switched off?, unattended: \"no\"}"
    )

    private let question: String
    private let unattended: Command.Unattended

    init?(_ fields: inout Fields) {
        let question = fields.text("question")
        unattended = fields.choice("unattended", of: Command.Unattended.self) ?? .refuse
        guard let question else { return nil }
        self.question = question
    }

    var summary: String { "ask: \(question)" }
    var goal: Goal { .once(.repeat) }

    func apply(_ seen: Answers) -> [Command] {
        [Command(.ask(question, unattended: unattended))]
    }

    func assess(_ command: Command, _ output: Output) -> Assessment {
        switch output.status {
        case .exited(0): .look
        case .exited(1): .giveUp(output.excerpt.isEmpty ? "the answer was no" : output.excerpt)
        case .exited(Command.nobodyToAsk):
            .giveUp("there is no terminal, and `unattended` says to refuse then")
        case .exited, .signalled, .notStarted, .unavailable:
            .giveUp("the question failed: \(output.status)")
        }
    }

    var inverse: Inverse { .none("an answer changes nothing") }
}
