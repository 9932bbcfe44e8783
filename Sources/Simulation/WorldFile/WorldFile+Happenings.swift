public import Engine

extension WorldFile {
    /// Reads what is to happen in a world that is under way: one happening as it stands under
    /// `later` of a world file, or a list of them; nil when any diagnostic is an error.
    public static func happenings(
        _ text: SourceText,
        in world: World,
        _ diagnostics: inout Diagnostics
    ) -> [Later]? {
        var found = Diagnostics()
        guard let node = YAML.read(text, source: 0, &found) else {
            for diagnostic in found.all { diagnostics.report(diagnostic) }
            return nil
        }
        var reader = WorldReader(in: world, diagnostics: found)
        var happenings: [Later] = []
        for item in node.items ?? [node] { happenings += reader.later(item) }
        for diagnostic in reader.diagnostics.all { diagnostics.report(diagnostic) }
        return reader.diagnostics.hasErrors ? nil : happenings
    }
}

extension WorldReader {
    /// Reads what is to befall a world that is there already.
    init(in world: World, diagnostics: Diagnostics = Diagnostics()) {
        var pair = Pair()
        pair.disks = world.roles.map(\.name)
        if let pool = world.pools.first { pair.pool = pool.name }
        if let host = world.virtualHosts.first {
            (pair.interface, pair.vhid) = (host.interface, host.vhid)
        }
        pair.keepalived = world.virtualHosts.first?.vrrp
        self.init(pair, diagnostics: diagnostics)
        self.world = world
    }
}
