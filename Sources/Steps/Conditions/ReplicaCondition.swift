import Engine

/// `replica`: whether this node's copy of replicated resources is a full one.
struct ReplicaCondition: HostStateKind {
    static let reference = Reference(
        "replica",
        "This node has a full copy of a replicated resource, or of several.",
        notes: """
            A disk that was promoted in the middle of a synchronization holds a mixture of old \
            and new blocks. hastd does not refuse it, and says `complete` of every secondary that \
            is connected. So each full copy has a mark, a file named like the resource, which the \
            hooks of hastd keep through `failover on --hast`: a new connection takes it away on \
            the standby, the end of the synchronization brings it back, and a broken connection \
            leaves it. A boot takes all marks away, since nobody knows what the peer wrote \
            meanwhile. Without a mark the word of a peer is enough that is not primary either and \
            can be reached: the new primary takes from there what is newer. Once it is primary, \
            such a copy counts when that has ended; wait for it before the import. Any other \
            resource that is primary here counts as a full copy, if its worker was started by the \
            hastd of /var/run/hastd.pid: a title alone, which anybody can choose, proves \
            nothing. With neither mark nor word it \
            does not hold; a mark that cannot be read cannot be told. What the peer wrote after \
            the connection broke is not seen by it. A person who knows better than the marks can \
            run the plan with `--accept-stale`; its requirements and waits of this kind are not \
            looked at then. DRBD keeps the state of each copy on its disk, and needs no marks: \
            `UpToDate` counts, `Inconsistent`, `Outdated` and `Consistent` do not, nor does a \
            secondary that is StandAlone. DRBD promotes none of these, so that a person says \
            `drbdadm primary --force` first. What the peer wrote after the connection broke DRBD \
            knows only if it fences.
            """,
        fields: [
            .optional(
                "resource", .name, "the resource, as in /etc/hast.conf",
                absent: "`resources` must be given"),
            .optional(
                "resources", .names, "several resources, each of which must have a full copy",
                absent: "`resource` must be given"),
            .optional(
                "fresh", .boolean, "whether full copies are wanted; `no` wants one that is not",
                absent: "true"),
            .optional(
                "marks", .path, "the folder of the marks", absent: "`\(ReplicaMark.folder)`"),
            Registry.role.field,
        ],
        timeout: .seconds(300),
        undone: "nothing to undo",
        example: "- replica: {resource: disk0, fresh: true}"
    )

    let state: HostState
    let claim: String?
    let assurance: Assurance?
    let copies: Copies?

    init?(_ fields: inout Fields) {
        let resource = fields.name("resource")
        let several = fields.names("resources")
        let isWanted = fields.boolean("fresh") ?? true
        let marks = fields.path("marks") ?? ReplicaMark.folder
        let backend = Registry.role.chosen(by: &fields)
        guard let resources = Self.resources(resource, several, &fields) else { return nil }
        claim = isWanted ? "replica=fresh" : "replica=stale"
        assurance = isWanted ? .fullCopy : nil
        copies = Copies(
            of: resources.map { Reach.replica($0).thing }, areMarked: backend is HAST)
        state = Self.state(resources, isWanted, backend.freshness(of: resources, marks: marks))
    }

    /// The resources, if they are named in one of the two ways and can be marked.
    private static func resources(
        _ one: String?,
        _ several: [String]?,
        _ fields: inout Fields
    ) -> [String]? {
        switch (one, several) {
        case (let one?, nil): checked([one], "resource", &fields)
        case (nil, let several?): checked(several, "resources", &fields)
        // One that is at fault is given all the same.
        case (nil, nil) where fields.diagnostics.hasErrors: nil
        case (nil, nil), (.some, .some):
            reportUnclear(several == nil ? "resource" : "resources", &fields)
        }
    }

    private static func reportUnclear(_ field: String, _ fields: inout Fields) -> [String]? {
        fields.report(
            field,
            "`replica` takes one of `resource` and `resources`",
            note: "with `resources`, each of them must have a full copy",
            help: "write for example `{resource: disk0, fresh: true}`"
        )
        return nil
    }

    private static func checked(
        _ resources: [String],
        _ field: String,
        _ fields: inout Fields
    ) -> [String]? {
        fields.markable(
            resources, in: field, of: "replica",
            emptiness: "of no copies at all it would always hold")
    }

    private static func state(
        _ resources: [String],
        _ isWanted: Bool,
        _ freshness: Freshness
    ) -> HostState {
        let names = brief(resources)
        let words = isWanted ? "this node has a full copy of" : "this node lacks a full copy of"
        return HostState(
            "\(words) \(names)",
            Probe(freshness.queries) { answers throws(Unreadable) in
                let lacks = try freshness.lacks(answers)
                switch (isWanted, lacks.all.isEmpty) {
                case (true, true), (false, false): return .holds
                case (false, true): return .doesNot("the copy of \(names) is full")
                case (true, false): return .doesNot(said(lacks, freshness.regardless))
                }
            }
        )
    }

    private static func said(_ lacks: Freshness.Lacks, _ regardless: String) -> String {
        guard lacks.unknown.isEmpty else {
            let names = brief(lacks.unknown)
            return "no full copy of \(names) since the last boot or connect: wait for the peer, or"
                + " lose what it wrote, \(regardless)" + said(lacks.unproven)
        }
        return "\(brief(lacks.unmet)) is primary, and the peer's copy may be newer: it must be"
            + " connected and synchronized first"
    }

    /// What is said of those who only call themselves workers.
    private static func said(_ unproven: [Int32]) -> String {
        guard let pid = unproven.first else { return "" }
        return "; process \(pid) is titled like a primary's worker, but is none that the hastd of"
            + " \(HASTWorkers.pidFile) has started"
    }

    /// How many names a message holds before it counts the rest.
    private static let nameLimit = 12

    private static func brief(_ names: [String]) -> String {
        let shown = names.prefix(nameLimit).joined(separator: ", ")
        return names.count > nameLimit ? shown + " and \(names.count - nameLimit) more" : shown
    }
}
