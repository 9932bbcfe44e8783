import Engine

/// How the file systems of a pool are mounted and shared, by `zfs-mount` and by `zpool-import`.
struct Mounting: Sendable {
    let pool: String
    /// What must be mounted, by name.
    let must: [String]
    private let backend: any PoolBackend
    private let nfs: any NFSBackend

    /// The field with which a plan says what must be mounted.
    static let field = Field.optional(
        "must-mount", .names,
        "file systems without which the step has failed, by name: `[tank/export]`",
        absent: "any one is enough, and what is not mounted is a warning")

    init?(_ fields: inout Fields, of pool: String?) {
        let must = fields.datasets("must-mount", of: pool)
        guard let pool else { return nil }
        self.pool = pool
        self.must = must
        backend = Registry.pool.of(fields.platform)
        nfs = Registry.nfs.of(fields.platform)
    }

    /// That all is mounted that can be.
    var whole: Probe { probe(isWhole: true) }
    /// That what must be is mounted, and something at all.
    var enough: Probe { probe(isWhole: false) }

    private func probe(isWhole: Bool) -> Probe {
        let mounts = backend.mounts(of: pool, must: must, isWhole: isWhole)
        return Probe(mounts.queries + nfs.signs) { mounts.judge($0) }
    }

    /// A server that runs has looked at the folders beneath the mount points.
    func apply(_ seen: Answers) -> [Command] { backend.mount(pool) + nfs.reread(seen) }

    /// What one file system or pool could not is no reason to leave the others.
    func assess(_ command: Command, _ output: Output) -> Assessment {
        .partlyUnlessDone(command, output)
    }

    func leftOver(_ seen: Answers, said: [String]) -> [String] {
        backend.unmounted(of: pool, seen, said: said)
    }

    func caution(_ seen: Answers) -> String? {
        guard nfs.isServing(seen), backend.isAnyMounted(of: pool, seen) == false else { return nil }
        return "NFS serves already, before pool \(pool) is mounted: its exports are those of the"
            + " folders beneath, and clients may have them. They are read again after the mount;"
            + " keep NFS from starting at boot"
    }
}

extension Assessment {
    /// Where a command that fails may have done a part, and the rest can wait.
    static func partlyUnlessDone(_ command: Command, _ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        guard case .exited(let code) = output.status, code != 0 else { return .look }
        let said = output.excerpt
        return .partly(
            "`\(command.line)` ended with \(output.status)" + (said.isEmpty ? "" : ": \(said)"))
    }
}
