import Engine

/// `port`: whether a TCP port takes connections.
struct PortCondition: HostStateKind {
    /// What is wanted of a port.
    enum Wanted: String, CaseIterable { case open, closed, silent }

    static let reference = Reference(
        "port",
        "A TCP port takes connections, refuses them, or says nothing.",
        notes: """
            A connection is opened and closed at once, without a byte sent. A port from which \
            nothing comes back at all within half a second is not open; whether it is closed \
            cannot be told. That is `silent`: the host is down, or cannot be reached, while one \
            that is up answers, be it by refusing.
            """,
        fields: [
            .required("port", .integer(1...65_535), "the port"),
            .optional("host", .name, "the host or address", absent: "`127.0.0.1`"),
            .optional("state", .choice(Wanted.words), "what is wanted", absent: "`open`"),
        ],
        main: "port",
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- port: {host: 192.0.2.250, port: 3260}"
    )

    let state: HostState

    init?(_ fields: inout Fields) {
        let port = fields.integer("port")
        let host = fields.name("host") ?? "127.0.0.1"
        let wanted = fields.choice("state", of: Wanted.self) ?? .open
        guard let port else { return nil }
        state = Self.state(port, host, wanted)
    }

    private static func state(_ port: Int, _ host: String, _ wanted: Wanted) -> HostState {
        HostState(
            "port \(port) of \(host) is \(wanted.rawValue)",
            Probe([.port(host: host, port)]) { answers throws(Unreadable) in
                switch (wanted, try answers.state(ofPort: port, on: host)) {
                case (.open, .open), (.closed, .refused), (.silent, .silent): return .holds
                case (.open, .refused), (.silent, .refused):
                    return .doesNot("\(host):\(port) refuses connections")
                case (.open, .silent): return .doesNot("nothing comes back from \(host):\(port)")
                case (.closed, .open), (.silent, .open):
                    return .doesNot("\(host):\(port) takes connections")
                case (.closed, .silent):
                    return .unknown("nothing comes back from \(host):\(port)")
                }
            }
        )
    }
}
