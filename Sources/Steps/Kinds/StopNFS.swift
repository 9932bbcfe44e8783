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
            """,
        fields: [Registry.nfs.field],
        timeout: .seconds(60),
        undone: "not undone: what was given up is not taken back",
        example: "- stop-nfs:"
    )

    private let backend: any NFSBackend
    private let state: HostState

    init?(_ fields: inout Fields) { self.init(Registry.nfs.chosen(by: &fields)) }

    init(_ backend: any NFSBackend) {
        self.backend = backend
        state = backend.stopped()
    }

    var summary: String { "stop NFS" }
    var effect: Effect { .releases }
    var reach: Reach? { .nfs }
    var goal: Goal { .condition(state) }
    func apply(_ seen: Answers) -> [Command] { backend.stop(seen) }
    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }
    var inverse: Inverse { .releasesOnly }
}
