/// A tool that the world file defines.
public struct UserTool: Sendable {
    /// The first words of its command line; the longest match wins.
    public var command: [String]
    /// What it exits with.
    public var exit: Int32
    /// What it prints.
    public var output: String
    /// What it prints to standard error.
    public var error: String
    /// How long it takes.
    public var takes: Duration
    /// What it changes, in order, when it ends.
    public var effects: [Change]

    /// Creates a tool.
    public init(
        _ command: [String],
        exit: Int32 = 0,
        output: String = "",
        error: String = "",
        takes: Duration = .milliseconds(10),
        effects: [Change] = []
    ) {
        precondition(!command.isEmpty, "a tool has a name")
        self.command = command
        self.exit = exit
        self.output = output
        self.error = error
        self.takes = takes
        self.effects = effects
    }
}

extension World {
    /// The world's own tool for a command line.
    func userTool(for argv: [String]) -> UserTool? {
        var best: UserTool?
        for tool in tools where argv.starts(with: tool.command) {
            if tool.command.count > (best?.command.count ?? 0) { best = tool }
        }
        return best
    }
}
