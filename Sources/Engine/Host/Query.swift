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

/// A process as a title search sees it.
public struct ProcessEntry: Hashable, Sendable {
    /// The process number, 1 or more.
    public let pid: Int32
    /// The title that a service gave itself, else its arguments with spaces between.
    public let title: String

    /// Creates one row of the process table.
    public init(pid: Int32, title: String) {
        self.pid = pid
        self.title = title
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
