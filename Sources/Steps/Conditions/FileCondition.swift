import Engine

/// `file`: whether something stands at a path, and what it says.
struct FileCondition: HostStateKind {
    static let reference = Reference(
        "file",
        "Something stands at a path, or nothing does; or a file contains a text.",
        notes: """
            Anything counts, a folder or a socket too; links are followed. `contains` is looked \
            for as it stands, in all of the file; one longer than 64 MiB cannot be told.
            """,
        fields: [
            .required("path", .path, "the path"),
            .optional(
                "state",
                .choice(Presence.words),
                "what is wanted",
                absent: "`present`"
            ),
            .optional(
                "contains",
                .literal,
                "a text that the file must contain",
                absent: "its contents are not read"
            ),
        ],
        main: "path",
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- file: {path: /var/run/ready, contains: \"yes\"}"
    )

    let state: HostState

    init?(_ fields: inout Fields) {
        let path = fields.path("path")
        let wanted = fields.choice("state", of: Presence.self)
        let text = fields.literal("contains")
        guard let path else { return nil }
        switch (wanted ?? .present, text) {
        case (.present, let text?): state = Self.contents(path, text)
        case (let wanted, nil): state = Self.presence(path, wanted)
        case (.absent, .some):
            fields.report(
                "contains",
                "`contains` stands beside `state: absent`",
                note: "a file that is not there contains nothing",
                help: "leave one of them out"
            )
            return nil
        }
    }

    private static func presence(_ path: String, _ wanted: Presence) -> HostState {
        HostState(
            "\(path) is \(wanted.rawValue)",
            Probe([.path(path)]) { answers throws(Unreadable) in
                switch (wanted, try answers.kind(at: path)) {
                case (.absent, .absent): return .holds
                case (.present, .absent): return .doesNot("there is no \(path)")
                case (.absent, let kind): return .doesNot("\(path) is there: \(kind.words)")
                case (.present, _): return .holds
                }
            }
        )
    }

    private static func contents(_ path: String, _ text: String) -> HostState {
        let needle = Array(text.utf8)
        return HostState(
            "\(path) contains `\(text)`",
            Probe([.text(path)]) { answers throws(Unreadable) in
                guard let bytes = try answers.text(of: path) else {
                    return .doesNot("there is no \(path)")
                }
                return needle.occur(in: bytes) ? .holds : .doesNot("\(path) does not contain it")
            }
        )
    }
}
