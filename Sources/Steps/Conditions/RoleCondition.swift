import Engine

/// `role`: the role of a replicated resource, on this node or on its peer.
struct RoleCondition: HostStateKind {
    static let reference = Reference(
        "role",
        "A replicated resource has a role, on this node or on its peer.",
        notes: """
            Say `role` for this node, or `peer` for the other one; not both. On HAST, `primary` \
            also wants the worker process behind it: `hastctl role` returns 0 before a worker dies \
            of bad metadata; on DRBD it also wants data that can be read and written. HAST tells \
            the peer's role only through a connection. `peer: not-primary` does not hold while a \
            process titled `hastd: RESOURCE (secondary)` runs here, because one exists only while \
            a primary is connected; it also holds when the peer cannot be reached. `peer: \
            secondary` holds while this node is primary and connected, and cannot be told \
            otherwise. `complete` in hastctl's output means connected, not in sync. DRBD shows the \
            peer's role through the connection, and `not-primary` also holds once that was lost: a \
            peer that has died counts as primary for `ping-int` and `ping-timeout`, 10.5 s unless \
            drbd.conf says otherwise. Of a connection that was given up (StandAlone), by hand or \
            after a split brain, nothing can be told.
            """,
        fields: [
            .required("resource", .name, "the resource, as in /etc/hast.conf or /etc/drbd.d"),
            .optional(
                "role",
                .choice(ReplicaRole.words),
                "the role wanted on this node",
                absent: "`peer` must be given"
            ),
            .optional(
                "peer",
                .choice(PeerRole.words),
                "what is wanted of the peer's role",
                absent: "`role` must be given"
            ),
            Registry.role.field,
        ],
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- role: {resource: disk0, role: primary}"
    )

    let state: HostState
    let claim: String?
    let assurance: Assurance?

    init?(_ fields: inout Fields) {
        let resource = fields.name("resource")
        let own = fields.choice("role", of: ReplicaRole.self)
        let peer = fields.choice("peer", of: PeerRole.self)
        let backend = Registry.role.chosen(by: &fields)
        guard let resource else { return nil }
        switch (own, peer) {
        case (let own?, nil):
            state = backend.state(resource, is: own)
            claim = "role=\(own.rawValue)"
            assurance = nil
        case (nil, let peer?):
            state = backend.state(ofPeer: resource, is: peer)
            claim = "peer=\(peer.rawValue)"
            assurance = .peerLetGo(Reach.replica(resource).thing)
        case (nil, nil), (.some, .some):
            fields.report(
                peer == nil ? "resource" : "peer",
                "`role` takes one of `role` and `peer`",
                note: "`role` is the role here, `peer` is the role on the other node",
                help: "write for example `{resource: disk0, role: primary}`"
            )
            return nil
        }
    }
}
