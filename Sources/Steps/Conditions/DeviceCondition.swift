import Engine

/// `device`: whether a device node stands at a path.
struct DeviceCondition: HostStateKind {
    static let reference = Reference(
        "device",
        "A device node stands at a path, or none does.",
        notes: """
            Character and block devices count, links are followed; a plain file does not. A HAST \
            device is there before data flow: with a dead peer its first reads wait for hastd's \
            `timeout`, 20 s unless hast.conf says otherwise, and so does what follows.
            """,
        fields: [
            .required("path", .path, "the path of the node"),
            .optional(
                "state",
                .choice(Presence.words),
                "what is wanted",
                absent: "`present`"
            ),
        ],
        main: "path",
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- device: /dev/hast/disk0"
    )

    let state: HostState

    init?(_ fields: inout Fields) {
        let path = fields.path("path")
        let wanted = fields.choice("state", of: Presence.self) ?? .present
        guard let path else { return nil }
        state = Self.state(path, wanted)
    }

    private static func state(_ path: String, _ wanted: Presence) -> HostState {
        HostState(
            "device \(path) is \(wanted.rawValue)",
            subject: "device \(path)",
            Probe([.path(path)]) { answers throws(Unreadable) in
                let kind = try answers.kind(at: path)
                switch (wanted, kind) {
                case (.present, .characterDevice), (.present, .blockDevice): return .holds
                case (.present, .absent): return .doesNot("there is no \(path)")
                case (.present, _): return .doesNot("\(path) is no device but \(kind.words)")
                case (.absent, .characterDevice), (.absent, .blockDevice):
                    return .doesNot("\(path) is there")
                case (.absent, _): return .holds
                }
            }
        )
    }
}

extension PathKind {
    /// The kind with its article, inside a sentence.
    var words: String {
        switch self {
        case .absent: "nothing"
        case .file: "a file"
        case .folder: "a folder"
        case .characterDevice: "a character device"
        case .blockDevice: "a block device"
        case .other: "something else"
        }
    }
}
