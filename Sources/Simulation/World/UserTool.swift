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
    /// The index of the world's own tool for a command line.
    func userTool(for argv: [String]) -> Int? {
        var best: Int?
        for index in tools.indices where argv.starts(with: tools[index].command) {
            let words = best.map { tools[$0].command.count } ?? 0
            if tools[index].command.count > words { best = index }
        }
        return best
    }
}
