import Engine

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
    public var read = Duration.microseconds(200) { didSet { reading = read.nanoseconds } }
    private(set) var reading: Int64 = 200_000
    /// From the fork of a primary's worker to its device.
    public var device = Duration.milliseconds(120)
    /// From the device to I/O, when the peer answers.
    public var connect = Duration.milliseconds(40)
    /// How long hastd takes for a change of role, and for a word about one, when nothing holds it
    /// up; and an import. In nanoseconds.
    private var role: Int64 = 15_000_000
    private var list: Int64 = 5_000_000
    private var importing: Int64 = 900_000_000
    /// What each look takes at least that asks ZFS, a target or what runs services, in nanoseconds.
    var slowness: Int64 = 0
    /// From the end of a daemonising start to the applied configuration.
    public var apply = Duration.milliseconds(250)
    /// A person's answer.
    public var ask = Duration.seconds(2)
    /// By which each command and each look takes from half to double its usual time; nil for just
    /// that time.
    public var seed: UInt64?

    /// The defaults: estimates, of which none was measured on FreeBSD.
    public init() {}

    /// What was recorded on FreeBSD 13.2 where it matters for a take-over: on an emulated
    /// processor, which is some ten times as slow as another one.
    static let recorded: Latencies = {
        var latencies = Latencies()
        latencies.device = .milliseconds(1100)
        latencies.role = 300_000_000
        latencies.list = 120_000_000
        latencies.importing = 2_300_000_000
        return latencies
    }()

    /// How long a command takes when nothing holds it up, in nanoseconds: dividing durations
    /// would cost more than the look itself.
    func takes(_ tool: Tool, _ argv: [String], of tools: [UserTool]) -> Int64 {
        for override in overrides.reversed() where occur(override.command, in: argv) {
            return override.takes.nanoseconds
        }
        let verb = argv.count > 1 ? argv[1] : ""
        switch tool {
        case .hastctl: return verb == "role" ? role : list
        case .drbdadm: return verb == "role" ? 30_000_000 : 60_000_000
        case .drbdsetup: return 8_000_000
        case .zpool: return zpool(verb)
        case .zfs: return verb == "list" ? 8_000_000 : 150_000_000
        case .service: return service(verb, argv.count > 2 ? argv[2] : "")
        case .ctladm, .ifconfig, .sysctl, .route, .kill, .pkill, .mount: return 3_000_000
        case .pwait: return 500_000_000
        case .ip: return 2_000_000
        case .userland: return Userland.takes(argv)
        case .systemctl: return verb == "show" ? 6_000_000 : 400_000_000
        case .ctld: return 300_000_000
        case .targetctl, .targetcli: return 450_000_000
        case .tgtAdmin: return 300_000_000
        case .grep, .tgtadm: return 4_000_000
        case .exportfs: return 20_000_000
        case .rpcNfsd: return 150_000_000
        case .user(let index): return tools[index].takes.nanoseconds
        case .missing: return 0
        }
    }

    /// How long something takes on one occasion.
    ///
    /// Drawn anew from the seed for the time and the work that it is for, not from a stream: what
    /// one command takes changes nothing but by its end.
    func drawn(_ usual: Int64, at now: Instant, for work: Int) -> Int64 {
        guard let seed, usual > 0, usual < Int64.max / 4 else { return usual }
        let time = SplitMix64.mixed(UInt64(bitPattern: now.nanoseconds))
        let occasion = SplitMix64.mixed(time ^ UInt64(truncatingIfNeeded: work))
        var generator = SplitMix64(seed: seed ^ occasion)
        let least = usual / 2
        return least + Int64(generator.next() % UInt64(usual * 2 - least + 1))
    }

    /// How long a look takes when nothing holds it up.
    func looks(_ tool: Tool, _ argv: [String], of tools: [UserTool]) -> Int64 {
        let usual = takes(tool, argv, of: tools)
        guard slowness > 0 else { return usual }
        switch tool {
        case .zpool, .zfs, .ctladm, .grep, .tgtadm, .service, .systemctl:
            return max(usual, slowness)
        default: return usual
        }
    }

    private func zpool(_ verb: String) -> Int64 {
        switch verb {
        case "list", "get": 8_000_000
        case "import": importing
        default: 600_000_000
        }
    }

    private func service(_ name: String, _ verb: String) -> Int64 {
        if verb.hasSuffix("status") { return 12_000_000 }
        // Its script starts mountd and rpcbind, too: four times as long as ctld's on FreeBSD 13.2.
        return name == "nfsd" && verb.hasSuffix("start") ? 1_200_000_000 : 300_000_000
    }
}
