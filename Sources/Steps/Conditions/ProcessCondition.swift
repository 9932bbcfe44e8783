import Engine

/// `process`: whether a process runs whose title contains a text.
struct ProcessCondition: HostStateKind {
    static let reference = Reference(
        "process",
        "A process whose title contains a text runs, or none does.",
        notes: """
            The title is the one that a service gives itself (`hastd: disk0 (secondary)`), else \
            its arguments with blanks between. The text is compared as it stands: no pattern, \
            nothing to escape. Read from the process table, without starting pgrep.
            """,
        fields: [
            .required("title-contains", .literal, "the text to look for in each title"),
            .optional(
                "state",
                .choice(Presence.words),
                "what is wanted",
                absent: "`present`"
            ),
        ],
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- process: {title-contains: \"hastd: disk0 (secondary)\", state: absent}"
    )

    let state: HostState
    let assurance: Assurance?
    /// The text in the titles of those that are to be gone; nil when one is to be there.
    private let unwanted: [UInt8]?

    init?(_ fields: inout Fields) {
        let title = fields.literal("title-contains")
        let wanted = fields.choice("state", of: Presence.self) ?? .present
        guard let title else { return nil }
        unwanted = wanted == .absent ? Array(title.utf8) : nil
        // There is no hastd on Linux, whose worker would be gone at any time.
        let showsRelease = wanted == .absent && fields.platform == .freebsd
        assurance = showsRelease ? HAST.releaseShown(byEndOf: title) : nil
        state = Self.state(title, wanted)
    }

    func awaitedEnds(in answers: Answers) -> [Int32] {
        guard let unwanted, case .processes(let all) = answers[.processes] else { return [] }
        return all.filter { unwanted.occur(in: $0.title) }.map(\.pid)
    }

    private static func state(_ title: String, _ wanted: Presence) -> HostState {
        let needle = Array(title.utf8)
        let runs = wanted == .present ? "a process is titled" : "no process is titled"
        return HostState(
            "\(runs) `\(title)`",
            Probe([.processes]) { answers throws(Unreadable) in
                let found = try answers.processes().first { needle.occur(in: $0.title) }
                switch (wanted, found) {
                case (.present, .some), (.absent, nil): return .holds
                case (.present, nil): return .doesNot("no process is titled `\(title)`")
                case (.absent, .some(let entry)):
                    return .doesNot(
                        "process \(entry.pid) is `\(Array(entry.title.utf8)[...].text)`")
                }
            }
        )
    }
}
