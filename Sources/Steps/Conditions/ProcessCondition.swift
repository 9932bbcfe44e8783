import Engine

/// `process`: whether a process runs that has a title, or whose title contains a text.
struct ProcessCondition: HostStateKind {
    static let reference = Reference(
        "process",
        "A process that has a title, or whose title contains a text, runs, or none does.",
        notes: """
            The title is the one that a service gives itself (`hastd: disk0 (secondary)`), else \
            its arguments with blanks between. `title` is the whole of it, `title-contains` a \
            part; say one of them. Either is compared as it stands: no pattern, nothing to \
            escape. Read from the process table, without starting pgrep. Anybody can give a \
            process any title. That one is there proves nothing against a user of this host who \
            means harm; that none is there proves that the service has none. The title of a \
            `grep` or `watch` that a person runs contains what is looked for, and keeps \
            `title-contains` with `state: absent` from holding for as long as it runs: write \
            `title` where the whole is known.
            """,
        fields: [
            .optional(
                "title", .literal, "the whole title", absent: "`title-contains` must be given"),
            .optional(
                "title-contains", .literal, "the text to look for in each title",
                absent: "`title` must be given"),
            .optional(
                "state",
                .choice(Presence.words),
                "what is wanted",
                absent: "`present`"
            ),
        ],
        timeout: .seconds(60),
        undone: "nothing to undo",
        example: "- process: {title: \"hastd: disk0 (secondary)\", state: absent}"
    )

    let state: HostState
    let assurance: Assurance?
    /// The titles of those that are to be gone; nil when one is to be there.
    private let unwanted: Title?

    /// What is looked for in a title.
    private struct Title: Sendable {
        let text: String
        let isWhole: Bool
        private let needle: [UInt8]

        init(_ text: String, isWhole: Bool) {
            self.text = text
            self.isWhole = isWhole
            needle = Array(text.utf8)
        }

        func fits(_ process: ProcessEntry) -> Bool {
            isWhole ? process.title == text : needle.occur(in: process.title)
        }
    }

    init?(_ fields: inout Fields) {
        let whole = fields.literal("title")
        let part = fields.literal("title-contains")
        let wanted = fields.choice("state", of: Presence.self) ?? .present
        guard let title = Self.title(whole, part, &fields) else { return nil }
        unwanted = wanted == .absent ? title : nil
        // There is no hastd on Linux, whose worker would be gone at any time.
        let showsRelease = wanted == .absent && fields.platform == .freebsd
        assurance =
            showsRelease ? HAST.releaseShown(byEndOf: title.text, isWhole: title.isWhole) : nil
        state = Self.state(title, wanted)
    }

    private static func title(
        _ whole: String?, _ part: String?, _ fields: inout Fields
    ) -> Title? {
        switch (whole, part) {
        case (let whole?, nil): return Title(whole, isWhole: true)
        case (nil, let part?): return Title(part, isWhole: false)
        // One that is at fault is given all the same.
        case (nil, nil) where fields.diagnostics.hasErrors: return nil
        case (nil, nil), (.some, .some):
            fields.report(
                part == nil ? "title" : "title-contains",
                "`process` takes one of `title` and `title-contains`",
                note: "`title` is the whole title, `title-contains` a part of it",
                help: "write for example `{title: \"hastd: disk0 (secondary)\", state: absent}`"
            )
            return nil
        }
    }

    func awaitedEnds(in answers: Answers) -> [Int32] {
        guard let unwanted, case .processes(let all) = answers[.processes] else { return [] }
        return all.filter(unwanted.fits).map(\.pid)
    }

    private static func state(_ title: Title, _ wanted: Presence) -> HostState {
        let runs = wanted == .present ? "a process is titled" : "no process is titled"
        return HostState(
            "\(runs) `\(title.text)`",
            Probe([.processes]) { answers throws(Unreadable) in
                let found = try answers.processes().first(where: title.fits)
                switch (wanted, found) {
                case (.present, .some), (.absent, nil): return .holds
                case (.present, nil): return .doesNot("no process is titled `\(title.text)`")
                case (.absent, .some(let entry)):
                    return .doesNot(
                        "process \(entry.pid) is `\(Array(entry.title.utf8)[...].text)`")
                }
            }
        )
    }
}
