import Engine

/// `reject-route`: turns this host's connections to another one away at once.
struct RejectRoute: StepKind {
    static let reference = Reference(
        "reject-route",
        "Has the kernel refuse connections to a host at once, or no longer.",
        notes: """
            For a peer that is dead: whoever connects to it would wait, hastd for its `timeout` \
            with each disk in turn, since GEOM offers one new device after the other and tastes \
            each until its connection is made or given up (recorded on FreeBSD 13.2: five disks \
            44 to 87 s, behind such a route 5 to 6 s). hastd serves without its peer all the \
            same, and counts what it writes, as long as the route is there and after: take it \
            away as soon as all devices are there, or nothing is replicated. It outlives no \
            boot. Put it under a `when:` that looks at the peer: `port: {host: …, port: 8457, \
            state: silent}`. A peer that is alive and cut off is silent, too; it is promoted \
            over in that case, as it would be after the timeout. FreeBSD only: route(8).
            """,
        fields: [
            .required("address", .name, "the address of the host, an IPv4 or IPv6 one"),
            .optional(
                "state", .choice(Presence.words), "whether the route is wanted",
                absent: "`present`"),
        ],
        main: "address",
        timeout: .seconds(10),
        undone: "`present` by `absent`; `absent` is not undone",
        example: "- reject-route: 192.0.2.12"
    )

    private let address: String
    private let isSix: Bool
    private let wanted: Presence
    private let state: HostState

    init?(_ fields: inout Fields) {
        let address = fields.name("address")
        let wanted = fields.choice("state", of: Presence.self) ?? .present
        guard let address else { return nil }
        guard fields.platform == .freebsd else {
            fields.report(
                "address",
                "`reject-route` is for FreeBSD",
                note: "it is there for hastd, which reaches for a dead peer disk by disk; DRBD"
                    + " does not",
                help: "leave it out"
            )
            return nil
        }
        guard IPAddress(Array(address.utf8)[...]) != nil else {
            fields.report(
                "address",
                "`address` of `reject-route` is no IPv4 or IPv6 address",
                note: "the route must be there while no name server can be asked",
                help: "write the address that hast.conf has behind `remote`"
            )
            return nil
        }
        self.init(address, wanted)
    }

    private init(_ address: String, _ wanted: Presence) {
        self.address = address
        self.wanted = wanted
        isSix = address.contains(":")
        state = Self.state(address, isSix, wanted)
    }

    private static func state(_ address: String, _ isSix: Bool, _ wanted: Presence) -> HostState {
        let look = Query.command(.route(to: address, isSix: isSix))
        let subject = "reject route \(address)"
        return HostState(
            "a reject route to \(address) is \(wanted.rawValue)",
            subject: subject,
            Probe([look]) { answers throws(Unreadable) in
                let isThere = try isRejected(answers.output(of: look), asked: look)
                switch (wanted, isThere) {
                case (.present, true), (.absent, false): return .holds
                case (.present, false): return .doesNot("there is no reject route to \(address)")
                case (.absent, true): return .doesNot("a reject route to \(address) is there")
                }
            }
        )
    }

    /// Whether a route of this very host turns it away: its flags hold HOST and REJECT
    /// (recorded on FreeBSD 13.2: `flags: <UP,HOST,REJECT,DONE,STATIC>`).
    private static func isRejected(
        _ output: Output, asked query: Query
    ) throws(Unreadable) -> Bool {
        for line in ByteLines(output.standardOutput) {
            let line = line.trimmed
            guard line.starts(with: "flags: <".utf8) else { continue }
            let flags = line.drop { $0 != UInt8(ascii: "<") }.dropFirst().dropLast()
                .split(separator: UInt8(ascii: ","))
            return flags.contains { $0.equals("REJECT") } && flags.contains { $0.equals("HOST") }
        }
        guard !output.succeeded, output.standardError.mentions("route has not been found") else {
            throw Unreadable(query, output)
        }
        return false
    }

    var summary: String {
        wanted == .present ? "turn \(address) away at once" : "let connections to \(address) out"
    }
    var goal: Goal { .condition(state) }

    func apply(_ seen: Answers) -> [Command] {
        let host = (isSix ? ["-inet6"] : []) + ["-host", address]
        return switch wanted {
        case .present:
            [Command(.tool(["route", "-n", "add"] + host + ["-iface", "lo0", "-reject"]))]
        case .absent: [Command(.tool(["route", "-n", "delete"] + host))]
        }
    }

    /// The route shows whether it is there, whatever the exit code was.
    func assess(_ command: Command, _ output: Output) -> Assessment {
        .lookUnlessNotStarted(output)
    }

    var inverse: Inverse {
        wanted == .present
            ? .step(RejectRoute(address, .absent))
            : .none("a host that can be reached again is left so")
    }
}

extension Assessment {
    /// The world decides, whatever the exit code was.
    fileprivate static func lookUnlessNotStarted(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        return .look
    }
}
