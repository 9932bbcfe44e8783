import Engine

/// Whether a pool is there for use.
enum PoolState: String, CaseIterable, Sendable { case imported, absent }

/// Whether the file systems of a pool are in the tree.
enum MountState: String, CaseIterable, Sendable { case mounted, unmounted }

/// How a pool is imported.
struct ImportOptions: Hashable, Sendable {
    var pool: String
    /// Whether to take a pool that another system did not export.
    var force = false
    /// Whether to mount and share its file systems.
    var mount = true
    /// Where its devices are searched; empty for everywhere.
    var devices: [String] = []
}

/// How pools are looked at, taken and given back.
protocol PoolBackend: Sendable {
    /// Whether an import has to be told where the devices are.
    var needsDevices: Bool { get }
    func pool(_ pool: String, is state: PoolState) -> Probe
    func fileSystems(of pool: String, are state: MountState) -> Probe
    func take(_ options: ImportOptions) -> [Command]
    func release(_ pool: String, force: Bool) -> [Command]
    /// Mounts and shares what is not yet.
    func mount(_ pool: String) -> [Command]
    /// Unmounts what was seen to be mounted, the deepest first.
    func unmount(_ pool: String, force: Bool, _ seen: Answers) -> [Command]
    /// What the end of an import says.
    func assessImport(_ options: ImportOptions, _ output: Output) -> Assessment
    /// What the end of an export says.
    func assessExport(_ pool: String, _ output: Output) -> Assessment
}

extension PoolBackend {
    /// That the pool is imported, or is not.
    func state(of pool: String, is state: PoolState) -> HostState {
        let words = state == .imported ? "imported" : "not imported"
        return HostState(
            "pool \(pool) is \(words)",
            subject: "pool \(pool)",
            self.pool(pool, is: state)
        )
    }

    /// That the pool is imported and its file systems are mounted.
    func mountedState(of pool: String) -> HostState {
        HostState(
            "pool \(pool) is imported and mounted",
            subject: "pool \(pool)",
            self.pool(pool, is: .imported).and(fileSystems(of: pool, are: .mounted))
        )
    }

    /// That the pool's file systems are mounted, or are not.
    func mounts(of pool: String, are state: MountState) -> HostState {
        HostState(
            "the file systems of pool \(pool) are \(state.rawValue)",
            subject: "mounts of \(pool)",
            fileSystems(of: pool, are: state)
        )
    }
}
