import Engine

/// `command`: what a look command of the plan's author says.
struct CommandCondition: HostStateKind {
    static let reference = Reference(
        "command",
        "A command of your own ends with an exit code, and prints a text.",
        notes: """
            The command is run again and again until it says so, without a shell: write `sh -c` \
            yourself if you need one. It must only look. A preview runs it only when \
            `changes-nothing: true` says so; otherwise it reports that it cannot be known. A \
            command that a signal ends, or that is not installed, tells nothing. \
            `output-contains` finds its text anywhere, as whole words: `available` in `not \
            available`, and not in `unavailable`. `output-line` wants a line that is nothing \
            else, but for blanks at its ends.
            """,
        fields: [
            .required("command", .argv, "the tool and its arguments, as a list"),
            .optional(
                "exit-code",
                .integer(0...255),
                "the exit code that is wanted",
                absent: "0"
            ),
            .optional(
                "output-contains",
                .literal,
                "a text that it must print somewhere, on either stream",
                absent: "what it prints does not matter"
            ),
            .optional(
                "output-line",
                .literal,
                "a whole line that it must print, on either stream",
                absent: "what it prints does not matter"
            ),
            .optional(
                "changes-nothing",
                .boolean,
                "your word that it only looks",
                absent: "`false`"
            ),
        ],
        main: "command",
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- command: {command: [pgrep, -x, ctld], changes-nothing: true}"
    )

    let state: HostState
    let looseTexts: [LooseText]

    init?(_ fields: inout Fields) {
        let argv = fields.argv("command")
        let code = fields.integer("exit-code") ?? 0
        let part = fields.looseText("output-contains", exact: "output-line")
        let line = fields.literal("output-line")
        let changesNothing = fields.boolean("changes-nothing") ?? false
        guard let argv else { return nil }
        let look = UserLook(argv: argv, changesNothing: changesNothing)
        looseTexts = part.map { [$0] } ?? []
        let wanted = [part.map { Text.part($0.text) }, line.map { Text.line($0) }]
        state = Self.state(look, Int32(code), wanted.compactMap(\.self))
    }

    private static func state(_ look: UserLook, _ code: Int32, _ wanted: [Text]) -> HostState {
        let query = Query.userCommand(look)
        let prints = wanted.map { " and prints \($0.words)" }.joined()
        return HostState(
            "`\(query.line)` ends with exit code \(code)" + prints,
            Probe([query]) { answers throws(Unreadable) in
                let output = try answers.output(of: query)
                guard output.status == .exited(code) else {
                    return .doesNot(Unreadable(query, output).why)
                }
                for text in wanted
                where !text.stands(in: output.standardOutput)
                    && !text.stands(in: output.standardError)
                {
                    return .doesNot("`\(query.line)` does not print it: \(output.excerpt)")
                }
                return .holds
            }
        )
    }
}
