/// One read-only look at the host.
public enum Query: Hashable, Sendable {
    /// What a command of the read-only list prints; answered by `Answer.output`.
    case command(LookCommand)
    /// What the plan's own look command prints; answered by `Answer.output`.
    case userCommand(UserLook)
    /// Every process with its title; answered by `Answer.processes`.
    case processes
    /// What stands at an absolute path, links followed; answered by `Answer.path`.
    case path(String)
    /// The bytes of a file, of which one longer than 64 MiB is missing; answered by `Answer.text`.
    case text(String)
    /// Whether something listens on a TCP port; answered by `Answer.port`.
    case port(host: String, Int)

    /// The tool that a command of the read-only list starts.
    public var tool: String? { if case .command(let look) = self { look.argv.first } else { nil } }
}

/// A look command that stands in a plan.
public struct UserLook: Hashable, Sendable {
    /// The tool, a name in the fixed path or an absolute path, and its arguments.
    public let argv: [String]
    /// The plan's word for it that the command may run in a preview.
    public let changesNothing: Bool

    /// Creates a look command from what the plan says.
    public init(argv: [String], changesNothing: Bool) {
        self.argv = argv
        self.changesNothing = changesNothing
    }
}

/// What a host saw.
public enum Answer: Hashable, Sendable {
    /// A look command came to an end.
    case output(Output)
    /// The process table, in the order of process numbers.
    case processes([ProcessEntry])
    /// What stands at the path.
    case path(PathKind)
    /// The bytes of a file, or nil when there is no file.
    case text([UInt8]?)
    /// Whether the port takes connections.
    case port(PortState)
    /// The look did not come back or could not be made, and why.
    case missing(why: String)
}

/// A process: what it calls itself, and, of a daemon, who it is.
public struct ProcessEntry: Hashable, Sendable {
    /// What the system says of a process besides its title, which anybody can choose.
    public struct Origin: Hashable, Sendable {
        /// The file that it executes; its name alone where the system does not tell more.
        public let program: String
        /// Its user, if the real and the effective one are the same; nil for a set-user-id program.
        public let user: UInt32?
        /// The number of its parent.
        public let parent: Int32
        /// When it was started, on a clock of the host; only equality means anything.
        public let started: UInt64

        /// Creates what the system says.
        public init(program: String, user: UInt32?, parent: Int32, started: UInt64) {
            self.program = program
            self.user = user
            self.parent = parent
            self.started = started
        }
    }

    /// The process number, 1 or more.
    public let pid: Int32
    /// The title that a service gave itself, else its arguments with spaces between.
    public let title: String
    /// Who it is; read for what calls itself one of `daemons`, nil where it could not be.
    public let origin: Origin?

    /// Creates one row of the process table.
    public init(pid: Int32, title: String, origin: Origin? = nil) {
        self.pid = pid
        self.title = title
        self.origin = origin
    }

    /// The daemons whose being there permits something, so that their title is not enough.
    public static let daemons = ["hastd", "keepalived"]

    /// Whether a title is that of a program of this name, wherever that lies: by its first word,
    /// which in a title that a service gave itself ends in a colon (setproctitle(3)).
    public static func isTitle(_ title: String, of program: String) -> Bool {
        var first = title.utf8.prefix { $0 != UInt8(ascii: " ") }
        if first.last == UInt8(ascii: ":") { first = first.dropLast() }
        if let slash = first.lastIndex(of: UInt8(ascii: "/")) {
            first = first[first.index(after: slash)...]
        }
        return first.elementsEqual(program.utf8)
    }

    /// Whether this calls itself one of `daemons`.
    public static func isDaemon(_ title: String) -> Bool {
        daemons.contains { isTitle(title, of: $0) }
    }

    /// Whether this is root's process of a program of this name, whatever it calls itself.
    public func isRoots(_ program: String) -> Bool {
        guard let origin, origin.user == 0 else { return false }
        let file = origin.program.utf8
        let name = file.lastIndex(of: UInt8(ascii: "/")).map { file[file.index(after: $0)...] }
        return (name ?? file[...]).elementsEqual(program.utf8)
    }
}

/// What stands at a path.
public enum PathKind: String, Hashable, Sendable, CaseIterable {
    case absent, file, folder, characterDevice, blockDevice, other
}

/// What a TCP connection attempt met.
public enum PortState: String, Hashable, Sendable {
    case open, refused
    /// Nothing answered within the host's patience.
    case silent
}
