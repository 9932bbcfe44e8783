import Engine

/// `execute`: runs a command of the plan's author.
struct Execute: StepKind {
    static let reference = Reference(
        "execute",
        "Runs a command of your own.",
        notes: """
            Without a shell: write `sh -c` yourself if you need one. With `check`, the step is \
            done when that condition holds, whatever the exit code was, and the command is left \
            out when it holds already. Without, the exit code 0 is all there is to go by; after \
            a crash between the command and its end nobody can tell whether it took effect. \
            `in-doubt` says what the recovery of the run does then: `repeat` runs it once more, \
            `park` ends stuck and leaves it to you. Take it back with the modifier `undo:`. A \
            parameter with `secret: true` can be a word of the command; its text is read from \
            its file when the command starts, and stands in no record.
            """,
        fields: [
            .required("command", .argv, "the tool and its arguments, as a list"),
            .optional(
                "check",
                .condition,
                "what is true when it is done",
                absent: "the exit code is all there is to go by"
            ),
            .optional(
                "in-doubt",
                .choice(["repeat", "park"]),
                "what to do when it may or may not have been done",
                absent: "`park`"
            ),
        ],
        main: "command",
        timeout: .seconds(60),
        undone: "by the modifier `undo:` alone",
        example: "- execute: {command: [/usr/local/bin/announce, up], check: {file: /var/run/up}}"
    )

    private let command: Command
    let goal: Goal

    init?(_ fields: inout Fields) {
        let command = fields.command("command")
        let check = fields.condition("check")
        let inDoubt = fields.choice("in-doubt", of: Goal.InDoubt.self)
        guard let command else { return nil }
        if check != nil && inDoubt != nil {
            fields.report(
                "in-doubt",
                "`in-doubt` stands beside `check`",
                note: "a step with a check is never in doubt: the check tells",
                help: "leave one of them out"
            )
            return nil
        }
        self.command = command
        goal = check.map { .condition($0) } ?? .once(inDoubt ?? .park)
    }

    var summary: String { "run `\(command.line)`" }
    var bearing: Bearing {
        guard case .tool(let argv) = command.action else { return Bearing(.neither, []) }
        return KnownTool(argv).bearing ?? Bearing(.neither, [])
    }
    func apply(_ seen: Answers) -> [Command] { [command] }
    var inverse: Inverse {
        .none(
            "nothing is known of what `\(command.line)` does: `undo:` can say how to take it back"
        )
    }
}
