/// What an administrator settles for all plans of a folder, in `site.yaml`.
public struct Site: Sendable {
    /// Whether there is one.
    var isGiven = false
    /// The system whose tools the plans of the folder use; nil for that of the host.
    public internal(set) var platform: Platform?
    /// Where it says so.
    var platformSpan: Span?
    /// Where tools are searched, absolute folders in order; nil for the platform's own.
    public internal(set) var path: [String]?
    /// The syslog facility, by name.
    public internal(set) var facility = "daemon"
    /// The syslog level of ordinary lines, by name.
    public internal(set) var level = "notice"
    /// The syslog tag.
    public internal(set) var tag = "failover"
    /// Where journals are kept, an absolute folder; nil for the platform's own.
    public internal(set) var stateFolder: String?
    /// Where what is wanted, locks and holds are kept; nil for the platform's own.
    public internal(set) var runtimeFolder: String?
    /// A look is ended that has gone on for so long.
    public internal(set) var lookTimeout = Attention.lookTimeout
    /// The command that is told of each run that ends other than done; nil for none.
    public internal(set) var notify: [String]?
    /// The command that has the peer told of a copy, by the words behind it; nil for none.
    public internal(set) var tellPeer: [String]?
    /// The command that calls failover on the peer, by the words behind it; nil for none.
    public internal(set) var askPeer: [String]?
    /// Parameters, by which the defaults of all plans beside it are overridden.
    public internal(set) var parameters: [Node.Entry] = []

    /// The settings of a site that says nothing.
    public init() {}

    /// The facilities of syslog that both FreeBSD and Linux have (`syslog.h` of each).
    public static let facilities = [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron",
        "authpriv", "ftp", "local0", "local1", "local2", "local3", "local4", "local5", "local6",
        "local7",
    ]
    /// The levels of syslog, the gravest first (`syslog.h`).
    public static let levels = [
        "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
    ]
    /// The keys of a site.
    public static let keys = [
        "platform", "parameters", "path", "log", "folders", "look-timeout", "notify",
        "tell-peer", "ask-peer",
    ]
    /// The shortest `look-timeout`.
    public static let shortestLookTimeout = Duration.seconds(10)
    /// The bytes of the longest tag: RFC 5424 gives an application's name so many.
    public static let tagLimit = 48
}

/// Reads `site.yaml`.
extension Site {
    init(_ node: Node, _ diagnostics: inout Diagnostics) {
        self.init()
        isGiven = true
        if node.isNull { return }
        guard
            let keys = Keys(
                "a site",
                node,
                allowed: Self.keys,
                in: Scope(),
                &diagnostics
            )
        else { return }
        readPlatform(keys, &diagnostics)
        readParameters(keys, &diagnostics)
        readPath(keys, &diagnostics)
        readFolders(keys, &diagnostics)
        readLookTimeout(keys, &diagnostics)
        notify = command("notify", keys, &diagnostics)
        tellPeer = command("tell-peer", keys, &diagnostics)
        askPeer = command("ask-peer", keys, &diagnostics)
        if let log = keys.node("log") { readLog(log, &diagnostics) }
    }

    private mutating func readParameters(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        guard let node = keys.node("parameters"), !node.isNull else { return }
        guard let entries = node.entries else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`parameters` is \(node.kindName) and should be a map",
                    at: node.span.firstLine,
                    help: "write `name: value`, a line for each"
                )
            )
            return
        }
        parameters = entries
    }

    private mutating func readPath(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        guard let node = keys.node("path") else { return }
        guard let items = node.items, !items.isEmpty else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`path` is \(node.kindName) and should be a list of folders",
                    at: node.span.firstLine,
                    note: "tools are searched in these folders, in order",
                    help: "write `[/sbin, /usr/sbin]`"
                )
            )
            return
        }
        var folders: [String] = []
        for item in items {
            let text = item.text ?? ""
            var why = item.text == nil ? "is \(item.kindName)" : Field.Kind.path.refusal(of: text)
            if text.contains(":") { why = why ?? "holds a colon" }
            if let why {
                diagnostics.report(
                    Diagnostic(
                        code: "bad-value",
                        "a folder of `path` \(why)",
                        at: item.span,
                        note: "a relative folder would depend on where the program is started, and"
                            + " tools get the folders in PATH, where a colon parts them"
                    )
                )
            } else {
                folders.append(text)
            }
        }
        path = folders
    }

    private mutating func readLog(_ node: Node, _ diagnostics: inout Diagnostics) {
        guard
            let keys = Keys(
                "`log`",
                node,
                allowed: ["facility", "level", "tag"],
                in: Scope(),
                &diagnostics
            )
        else { return }
        if let name = word("facility", Self.facilities, keys, &diagnostics) { facility = name }
        if let name = word("level", Self.levels, keys, &diagnostics) { level = name }
        guard let name = keys.name("tag", &diagnostics) else { return }
        if name.utf8.count <= Self.tagLimit, !name.utf8.contains(where: ":[]".utf8.contains) {
            tag = name
        } else {
            diagnostics.report(
                Diagnostic(
                    code: "bad-value",
                    "the tag is longer than \(Self.tagLimit) bytes or holds `:`, `[` or `]`",
                    at: keys.node("tag")?.span,
                    note: "these end the tag in a line of syslog (RFC 3164)"
                )
            )
        }
    }

    private func word(
        _ key: String,
        _ words: [String],
        _ keys: Keys,
        _ diagnostics: inout Diagnostics
    ) -> String? {
        guard let (text, span) = keys.scalar(key, &diagnostics) else { return nil }
        if words.contains(text) { return text }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "syslog has no \(key) `\(text)`",
                at: span,
                note: "it has \(listed(words))",
                help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
            )
        )
        return nil
    }
}
