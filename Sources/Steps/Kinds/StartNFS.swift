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
            tells bad lines to syslog alone. Where both run already, the step is skipped: \
            `zfs-mount` has made mountd read its exports. Clients of NFSv4 wait out a grace time \
            of up to 2 minutes afterwards.

            On Linux: `systemctl restart nfs-server`, since that unit counts as active without a \
            single thread. Done when the kernel has threads, rpc.mountd runs, and something is \
            exported; where only that last is missing, `exportfs -ra` is enough. The grace time \
            (90 s unless `/proc/fs/nfsd/nfsv4gracetime` says otherwise) is told, not waited for. \
            Keep nfs-server from starting at boot: it would export the folders beneath the pool's.
            """,
        fields: [Registry.nfs.field],
        timeout: .seconds(60),
        undone: "by `stop-nfs`, whatever ran before",
        example: "- start-nfs:"
    )

    private let backend: any NFSBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        backend = Registry.nfs.chosen(by: &fields)
        state = backend.state(is: .running)
    }

    var summary: String { "start NFS" }
    var effect: Effect { .acquires }
    var reach: Reach? { Reach("NFS", on: .services) }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.start(seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    func caution(_ seen: Answers) -> String? { backend.caution(seen) }
    var inverse: Inverse { .step(StopNFS(backend)) }
}
