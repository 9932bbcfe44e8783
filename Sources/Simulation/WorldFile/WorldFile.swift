public import Engine

/// Reads a world file: what differs from the pair that a world is without a file.
public enum WorldFile {
    /// The keys that a world may have.
    public static var keys: [String] { WorldReader.keys }

    /// Reads `text`, whose place in the list of sources is `source`.
    ///
    /// `parameters` and `direction` are those of the plan that is to run in the world; the file may
    /// settle otherwise. The answer is nil when any diagnostic is an error; all are reported.
    public static func read(
        _ text: SourceText,
        source: Int = 0,
        parameters: [Plan.Parameter] = [],
        direction: Plan.Direction? = nil,
        _ diagnostics: inout Diagnostics
    ) -> World? {
        var found = Diagnostics()
        let node = YAML.read(text, source: source, &found)
        for diagnostic in found.all { diagnostics.report(diagnostic) }
        guard let node else { return nil }
        let world = read(node, parameters: parameters, direction: direction, &diagnostics)
        return found.hasErrors ? nil : world
    }

    /// Reads a world from the nodes of a file.
    static func read(
        _ node: Node,
        parameters: [Plan.Parameter],
        direction: Plan.Direction?,
        _ diagnostics: inout Diagnostics
    ) -> World? {
        var reader = WorldReader(Pair(parameters), diagnostics: Diagnostics())
        let world = reader.read(node, direction)
        for diagnostic in reader.diagnostics.all { diagnostics.report(diagnostic) }
        return reader.diagnostics.hasErrors ? nil : world
    }
}
