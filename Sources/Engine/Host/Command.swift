/// Something that a host does: it may change the world.
public struct Command: Hashable, Sendable {
    /// The kinds of doing.
    public enum Action: Hashable, Sendable {
        /// Start a tool without a shell; the tool is searched in the host's fixed path.
        case tool([String])
        /// Write one line to syslog and the display; always exits 0.
        case log(String)
        /// Ask a person; exits 0 for yes, 1 for no, `nobodyToAsk` when there is no terminal and
        /// `unattended` says to refuse then.
        case ask(String, unattended: Unattended)
        /// Reboot this machine at once, without a sync, so that it cannot write any more.
        case fenceSelf
    }

    /// What becomes of a question when there is no terminal.
    public enum Unattended: String, Sendable {
        /// The question fails.
        case refuse
        /// It stands open until a person answers it from elsewhere, by `failover approve`.
        case wait
        /// It counts as answered.
        case yes, no
    }

    /// The exit code of a question that nobody could be asked (`EX_TEMPFAIL` of sysexits(3)).
    public static let nobodyToAsk: Int32 = 75

    /// What is to be done.
    public let action: Action
    /// For a tool that hands its request to a server with a queue (hastd): the look whose answer,
    /// asked after the tool has died, shows that the server is through with the request.
    public let settledBy: Query?
    /// The words of a tool that stand for secrets: their texts are in no plan and in no record, and
    /// only the host that starts the tool reads them.
    public let secrets: [Secret]
    /// How it uses hastd, and what it must wait for therefore; nil when it leaves that alone.
    public private(set) var hastdUse: HastdUse?

    /// A word of a tool whose text is in a file.
    public struct Secret: Hashable, Sendable {
        /// Its place among the words.
        public let word: Int
        /// The absolute path of the file that holds the text.
        public let path: String

        /// Creates a secret word.
        public init(word: Int, path: String) {
            self.word = word
            self.path = path
        }
    }

    /// What stands among the words in the place of a secret.
    public static let mask = "(secret)"

    /// Creates a command.
    public init(_ action: Action, settledBy: Query? = nil, secrets: [Secret] = []) {
        self.action = action
        self.settledBy = settledBy
        self.secrets = secrets
        if case .tool(let argv) = action { hastdUse = HastdUse(argv) }
    }

    /// The same, with another use of hastd than its words tell.
    public func using(_ use: HastdUse?) -> Command {
        var command = self
        command.hastdUse = use
        return command
    }

    public static func == (left: Command, right: Command) -> Bool {
        left.action == right.action && left.settledBy == right.settledBy
            && left.secrets == right.secrets
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(action)
        hasher.combine(settledBy)
        hasher.combine(secrets)
    }

    /// A tool with its arguments.
    public static func tool(_ argv: String..., settledBy: Query? = nil) -> Command {
        Command(.tool(argv), settledBy: settledBy)
    }

    /// Whether it starts a tool, whose effect may stay.
    var isTool: Bool {
        if case .tool = action { true } else { false }
    }

    /// The command as a person would type it in a shell, quoted where a shell needs it; a long one
    /// is cut at `lineLimit`.
    public var line: String {
        switch action {
        case .tool(let argv): Self.line(of: argv)
        case .log(let text): "log: \(Self.line(of: text))"
        case .ask(let question, _): "ask: \(Self.line(of: question))"
        case .fenceSelf: "reboot this machine at once"
        }
    }
}

/// A word as a person can paste it into a shell.
public func shellQuoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:=,@%+".utf8.contains(byte)
        }
    }
    if plain && !word.isEmpty { return word }
    return "'"
        + word.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
}
