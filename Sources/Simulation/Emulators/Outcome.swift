import Engine

/// How a command stands when its time has come.
enum Outcome {
    /// It ends.
    case exits(Output)
    /// It waits for something that may never come; ask again when the world has changed.
    case blocked

    /// It ends with 0 and prints nothing.
    static let done = Outcome.exits(Output(.exited(0)))

    /// It ends with 0 and prints this.
    static func prints(_ text: String) -> Outcome {
        .exits(Output(.exited(0), output: Array(text.utf8)))
    }

    /// It ends with `code` and prints lines to standard error.
    static func fails(_ code: Int32, _ lines: String..., output: String = "") -> Outcome {
        .exits(
            Output(
                .exited(code),
                output: Array(output.utf8),
                error: Array((lines.joined(separator: "\n") + "\n").utf8)
            )
        )
    }
}
