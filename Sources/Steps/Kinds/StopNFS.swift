import Engine

/// `stop-nfs`: serves no NFS from this host any more.
struct StopNFS: StepKind {
    static let reference = Reference(
        "stop-nfs",
        "Stops the NFS server of this host.",
        notes: """
            On FreeBSD: nfsd, then mountd. Every export of the host goes, those of other pools \
            too; clients wait until a server answers at the address again. Done when neither \
            runs. Stop it before the pool is exported, or clients keep the pool busy. On Linux: \
            `rpc.nfsd 0`, then the unit, whatever systemd thinks of it. Done when the kernel has \
            no thread that serves and holds no export; `exportfs -ua` alone leaves what clients \
            of NFSv4 have open.

            With `exports` the server goes on, and only those are taken back. Clients that still \
            reach this node get an error for what they have open there, so let the address go \
            first. On FreeBSD they are mount points: `zfs unshare`, which leaves `sharenfs` as it \
            is, and mountd reads its exports again; a file system of which /etc/exports exports \
            something is unmounted by force, since nothing else takes a line of that back. On \
            Linux: \
            `exportfs -u` for each client, and what clients hold there is given up \
            (`/proc/fs/nfsd/unlock_filesystem`): locks, and on Linux 6.9 and later what clients \
            of NFSv4 have open. An older kernel keeps that, and the pool with it: serve such a \
            pool by NFSv3, or stop the server.
            """,
        fields: [
            .optional(
                "exports", .paths, "the folders that are exported no more",
                absent: "all, with the server"),
            Registry.nfs.field,
        ],
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- stop-nfs:"
    )

    private let backend: any NFSBackend
    private let exports: NFSExports
    private let state: HostState

    init?(_ fields: inout Fields) {
        let named = fields.paths("exports")
        self.init(Registry.nfs.chosen(by: &fields), NFSExports(named: named))
    }

    init(_ backend: any NFSBackend, _ exports: NFSExports) {
        self.backend = backend
        self.exports = exports
        state = backend.stopped(exports)
    }

    var summary: String { "stop NFS" + (exports.isPart ? " of \(exports.text)" : "") }
    var effect: Effect { .releases }
    var reach: Reach? { exports.reaches.first }
    var bearing: Bearing { Bearing(effect, exports.reaches) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.stop(exports, seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .releasesOnly }
}
