/// How long things take in a world.
public struct Latencies: Sendable {
    /// A command line, by words that occur in it in this order, and how long it takes.
    public struct Override: Sendable {
        /// The words; the first is the tool.
        public var command: [String]
        /// How long it takes.
        public var takes: Duration

        /// Creates an override.
        public init(_ command: [String], takes: Duration) {
            self.command = command
            self.takes = takes
        }
    }

    /// What differs from the defaults; the last match wins.
    public var overrides: [Override] = []
    /// A look that needs no process: process table, path, file, port.
    public var read = Duration.microseconds(200)
    /// From the fork of a primary's worker to its device.
    public var device = Duration.milliseconds(120)
    /// From the device to I/O, when the peer answers.
    public var connect = Duration.milliseconds(40)
    /// From the end of a daemonising start to the applied configuration.
    public var apply = Duration.milliseconds(250)
    /// A person's answer.
    public var ask = Duration.seconds(2)

    /// The defaults, of the size that lab machines showed.
    public init() {}

    /// How long a command takes when nothing holds it up.
    func takes(_ tool: Tool, _ argv: [String]) -> Duration {
        for override in overrides.reversed() where occur(override.command, in: argv) {
            return override.takes
        }
        let verb = argv.count > 1 ? argv[1] : ""
        switch tool {
        case .hastctl: return .milliseconds(verb == "role" ? 15 : 5)
        case .zpool: return zpool(verb)
        case .zfs: return .milliseconds(verb == "list" ? 8 : 150)
        case .service: return service(argv.count > 2 ? argv[2] : "")
        case .ctladm, .ifconfig: return .milliseconds(3)
        case .user(let tool): return tool.takes
        case .missing: return .zero
        }
    }

    private func zpool(_ verb: String) -> Duration {
        switch verb {
        case "list": .milliseconds(8)
        case "import": .milliseconds(900)
        default: .milliseconds(600)
        }
    }

    private func service(_ verb: String) -> Duration {
        verb.hasSuffix("status") ? .milliseconds(12) : .milliseconds(300)
    }
}
