public import Engine

/// Reads a world file: what differs from the pair that a world is without a file.
public enum WorldFile {
    /// The keys that a world may have.
    public static var keys: [String] { WorldReader.keys }

    /// Reads `text`, whose place in the list of sources is `source`.
    ///
    /// `plan` is to run in the world, and gives it the names that the file does not; `site` is the
    /// plan's. A world of another platform than the site's, or without what the plan's parameters
    /// name, is a fault. The answer is nil when any diagnostic is an error; all are reported.
    public static func read(
        _ text: SourceText,
        source: Int = 0,
        for plan: Plan? = nil,
        of site: Site = Site(),
        _ diagnostics: inout Diagnostics
    ) -> World? {
        var found = Diagnostics()
        let node = YAML.read(text, source: source, &found)
        for diagnostic in found.all { diagnostics.report(diagnostic) }
        guard let node else { return nil }
        let world = read(node, for: plan, of: site, &diagnostics)
        return found.hasErrors ? nil : world
    }

    /// Reads a world from the nodes of a file.
    static func read(
        _ node: Node,
        for plan: Plan?,
        of site: Site,
        _ diagnostics: inout Diagnostics
    ) -> World? {
        var reader = WorldReader(plan.map { Pair($0) } ?? Pair(), diagnostics: Diagnostics())
        let world = reader.read(node, for: plan, of: site)
        for diagnostic in reader.diagnostics.all { diagnostics.report(diagnostic) }
        return reader.diagnostics.hasErrors ? nil : world
    }
}
