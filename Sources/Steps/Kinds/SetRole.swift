import Engine

/// `set-role`: gives a replicated resource a role on this node.
struct SetRole: StepKind {
    static let reference = Reference(
        "set-role",
        "Gives a replicated resource a role on this node.",
        notes: """
            Done when the replication reports the role and, for `primary`, a worker behind it: \
            on HAST the tool returns 0 before a worker dies of bad metadata or a missing \
            provider. Wait for the device before you use it. `primary` acquires, the others \
            release. HAST does not refuse to demote a resource whose device is open: export the \
            pool first, or it is suspended. Nor does it refuse to promote a replica that is not \
            in sync. hastd serves one request at a time: one stuck worker holds up all of them. \
            DRBD refuses both. While the peer counts as primary a promotion is asked for again \
            until the step's time is over; DRBD looks each time whether the peer is alive. A \
            demotion is asked for again for 10 s while somebody holds the device open, as udev \
            does after an export. A resource that is not up is brought up as `secondary`; `init` \
            takes it down.
            """,
        fields: [
            .required("resource", .name, "the resource, as in /etc/hast.conf or /etc/drbd.d"),
            .required("role", .choice(ReplicaRole.words), "the role"),
            Registry.role.field,
        ],
        timeout: .seconds(60),
        undone: "`primary` by `secondary`, whatever the role was before; the others are not undone",
        example: "- set-role: {resource: disk0, role: primary}"
    )

    private let resource: String
    private let role: ReplicaRole
    private let backend: any RoleBackend
    private let state: HostState

    init?(_ fields: inout Fields) {
        let resource = fields.name("resource")
        let role = fields.choice("role", of: ReplicaRole.self)
        let backend = Registry.role.chosen(by: &fields)
        guard let resource, let role else { return nil }
        if resource == "all" {
            fields.report(
                "resource",
                "`all` is not the name of a resource",
                note: "hastctl takes it for every resource of the host, in one stroke",
                help: "name each resource, with `for-each`"
            )
            return nil
        }
        self.init(resource, role, backend)
    }

    private init(_ resource: String, _ role: ReplicaRole, _ backend: any RoleBackend) {
        self.resource = resource
        self.role = role
        self.backend = backend
        state = backend.state(resource, is: role)
    }

    var summary: String { "make \(resource) \(role.rawValue)" }
    var effect: Effect { role == .primary ? .acquires : .releases }
    var reach: Reach? { .replica(resource) }
    var goal: Goal { .condition(state) }

    func apply(_ seen: Answers) -> [Command] { backend.change(resource, to: role, seen) }

    func assess(_ command: Command, _ output: Output) -> Assessment { backend.assess(output) }

    var successor: Successor? {
        guard role != .primary else { return nil }
        return Successor(
            ready: backend.state(ofSuccessor: resource), taken: backend.state(taking: resource))
    }

    func caution(_ seen: Answers) -> String? {
        role == .primary ? nil : backend.divergence(resource, seen)
    }

    var inverse: Inverse {
        role == .primary ? .step(SetRole(resource, .secondary, backend)) : .releasesOnly
    }
}

extension Inverse {
    /// Of a step that gives something up.
    static let releasesOnly = Inverse.none(
        "what was given up is not taken back: that would be a promotion without a guard"
    )
}
