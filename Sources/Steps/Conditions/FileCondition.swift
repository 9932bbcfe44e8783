import Engine

/// `file`: whether something stands at a path, and what it says.
struct FileCondition: HostStateKind {
    static let reference = Reference(
        "file",
        "Something stands at a path, or nothing does; or a file has a line or contains a text.",
        notes: """
            Anything counts, a folder or a socket too; links are followed. `contains` finds its \
            text anywhere, as whole words: `yes` in `not yes`, and not in `yesterday`. `line` \
            wants a line that is nothing else, but for blanks at its ends. Either is looked for \
            as it stands, in all of the file; one longer than 64 MiB cannot be told.
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
            .optional(
                "line",
                .literal,
                "a whole line that the file must have",
                absent: "its contents are not read"
            ),
        ],
        main: "path",
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- file: {path: /var/run/ready, line: \"yes\"}"
    )

    let state: HostState
    let looseTexts: [LooseText]

    init?(_ fields: inout Fields) {
        let path = fields.path("path")
        let wanted = fields.choice("state", of: Presence.self)
        let part = fields.looseText("contains", exact: "line")
        let line = fields.literal("line")
        guard let path else { return nil }
        looseTexts = part.map { [$0] } ?? []
        let texts = [part.map { Text.part($0.text) }, line.map { Text.line($0) }]
            .compactMap(\.self)
        guard wanted == .absent, !texts.isEmpty else {
            state =
                texts.isEmpty
                ? Self.presence(path, wanted ?? .present) : Self.contents(path, texts)
            return
        }
        let field = part == nil ? "line" : "contains"
        fields.report(
            field,
            "`\(field)` stands beside `state: absent`",
            note: "a file that is not there contains nothing",
            help: "leave one of them out"
        )
        return nil
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

    private static func contents(_ path: String, _ wanted: [Text]) -> HostState {
        HostState(
            "\(path) contains " + wanted.map(\.words).joined(separator: " and "),
            Probe([.text(path)]) { answers throws(Unreadable) in
                guard let bytes = try answers.text(of: path) else {
                    return .doesNot("there is no \(path)")
                }
                return wanted.allSatisfy { $0.stands(in: bytes) }
                    ? .holds : .doesNot("\(path) does not contain it")
            }
        )
    }
}
