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
    /// The folder under which it is mounted; nil for the root.
    var altroot: String?
    /// Whether to import it without a log device that is missing.
    var withoutLog = false
    /// The number of the pool in its label, where names do not tell pools apart.
    var id: String?
}

/// How pools are looked at, taken and given back.
protocol PoolBackend: Sendable {
    /// Whether an import has to be told where the devices are.
    var needsDevices: Bool { get }
    func pool(_ pool: String, is state: PoolState) -> Probe
    func fileSystems(of pool: String, are state: MountState) -> Probe
    /// That all is mounted that can be, or, where not the whole is asked for, something of it, and
    /// in any case what must be.
    func mounts(of pool: String, must: [String], isWhole: Bool) -> Probe
    /// What is not mounted, and why, by what `mounts` has seen and what was said.
    func unmounted(of pool: String, _ seen: Answers, said: [String]) -> [String]
    /// Whether anything of it is mounted; nil when that cannot be told.
    func isAnyMounted(of pool: String, _ seen: Answers) -> Bool?
    /// That the keys are loaded that can be had without a person, or at least those that must be.
    func keysLoaded(of pool: String, must: [String], isWhole: Bool) -> Probe
    /// That none of them is loaded that nothing uses.
    func keysUnloaded(of pool: String) -> Probe
    func loadKeys(of pool: String, _ seen: Answers) -> [Command]
    func unloadKeys(of pool: String, _ seen: Answers) -> [Command]
    /// What is not loaded, and why.
    func missingKeys(of pool: String, _ seen: Answers, said: [String]) -> [String]
    /// That a pool that is imported is so as an import here would leave it: no boot imports it by
    /// itself, and it lies where it should.
    func isPlaced(_ options: ImportOptions) -> Probe
    /// Makes it so, where that is to be made.
    func place(_ options: ImportOptions) -> [Command]
    /// What is wrong with it all the same.
    func misplaced(_ options: ImportOptions, _ seen: Answers) -> [String]
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

    /// That the pool's file systems are mounted, or are not.
    func mounts(of pool: String, are state: MountState) -> HostState {
        HostState(
            "the file systems of pool \(pool) are \(state.rawValue)",
            subject: "mounts of \(pool)",
            fileSystems(of: pool, are: state)
        )
    }
}

extension Fields {
    /// Whole names of data sets of a pool; one of another pool is reported.
    mutating func datasets(_ field: String, of pool: String?) -> [String] {
        let names = names(field) ?? []
        guard let pool else { return names }
        for name in names where name != pool && !name.hasPrefix(pool + "/") {
            report(
                field, "`\(name)` is no data set of pool \(pool)",
                note: "`\(field)` names data sets of this pool",
                help: "write whole names: `[\(pool)/export]`")
        }
        return names
    }
}
