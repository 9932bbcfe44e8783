import Engine

/// `start-nfs`: serves NFS from this host.
struct StartNFS: StepKind {
    static let reference = Reference(
        "start-nfs",
        "Starts the NFS server of this host.",
        notes: """
            On FreeBSD: nfsd, whose script starts rpcbind and mountd, whether or not rc.conf \
            enables them and with or without an /etc/exports. All exports of the host are \
            served, those of other pools too. A mountd that runs already is made to read its \
            exports again, so that those of the new pool are taken. Mount the file systems \
            before: mountd exports the folder on the root disk beneath one that is missing, and \
            tells bad lines to syslog alone. Done when both run and `mount` shows each file \
            system of the `exports` as NFS exported: those of somebody else do not count. \
            Clients of NFSv4 wait out a grace time of up to 2 minutes afterwards.

            On Linux: `systemctl restart nfs-server`, since that unit counts as active without a \
            single thread. Done when the kernel has threads, rpc.mountd runs, and each of the \
            `exports` is in its table; where only that last is missing, `exportfs -ra` is \
            enough. The grace time (90 s unless `/proc/fs/nfsd/nfsv4gracetime` says otherwise) \
            is told, not waited for. Keep nfs-server from starting at boot: it would export the \
            folders beneath the pool's.
            """,
        fields: [
            .optional(
                "exports", .paths, "the folders that must be exported; `[]` for none",
                absent: "what has `sharenfs` in `pools`, and what lies below their mount points in"
                    + " /etc/exports"
            ),
            .optional(
                "pools", .poolNames, "the pools whose exports count",
                absent: "those that the plan takes over; where it takes none, any export counts"
            ),
            Registry.nfs.field,
        ],
        timeout: .seconds(60),
        undone: "by `stop-nfs` with the same `exports`, whatever ran before",
        example: "- start-nfs: {exports: [/tank/export]}"
    )

    private let backend: any NFSBackend
    private let exports: NFSExports

    init?(_ fields: inout Fields) {
        let named = fields.paths("exports")
        let pools = fields.pools("pools") ?? []
        backend = Registry.nfs.chosen(by: &fields)
        exports = NFSExports(named: named, pools: pools)
    }

    private init(_ backend: any NFSBackend, _ exports: NFSExports) {
        self.backend = backend
        self.exports = exports
    }

    func amid(_ taken: [Reach]) -> any Step {
        guard exports.named == nil, exports.pools.isEmpty else { return self }
        var exports = exports
        for reach in taken where reach.thing.hasPrefix("pool ") {
            let pool = String(reach.thing.dropFirst("pool ".count))
            if !exports.pools.contains(pool) { exports.pools.append(pool) }
        }
        return StartNFS(backend, exports)
    }

    var summary: String { "start NFS" }
    var effect: Effect { .acquires }
    var reach: Reach? { exports.reaches.first }
    var bearing: Bearing { Bearing(effect, exports.reaches) }
    var goal: Goal { .condition(backend.started(exports)) }
    func leftOver(_ seen: Answers, said: [String]) -> [String] { backend.astray(exports, seen) }
    func apply(_ seen: Answers) -> [Command] { backend.start(exports, seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment {
        command == NFSExports.sharing
            ? .partlyUnlessDone(command, output) : backend.assess(output)
    }
    func caution(_ seen: Answers) -> String? { backend.caution(seen) }
    var inverse: Inverse { .step(StopNFS(backend, exports)) }
}
