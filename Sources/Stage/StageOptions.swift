/// What a stage is started with.
struct StageOptions {
    /// A world file, or where the node stands.
    private(set) var world = ""
    /// Where times and calls are written at the end.
    private(set) var report: String?
    /// The command that the stage lasts as long as; empty for none.
    private(set) var command: [String] = []

    /// Reads the arguments; nil when they are none.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--":
                command = Array(rest)
                guard !rest.isEmpty else { return nil }
                rest = []
            case "--report":
                guard let path = rest.popFirst() else { return nil }
                report = path
            case _ where world.isEmpty && !word.hasPrefix("-"): world = word
            default: return nil
            }
        }
        guard !world.isEmpty else { return nil }
    }
}
