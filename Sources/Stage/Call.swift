import Engine

/// A call of a tool, from its process to its effect.
struct Call {
    /// How it stands.
    enum End: Equatable {
        case open
        /// It ended by itself.
        case ended(Output.Status)
        /// Its process was killed, and it may still take effect.
        case killed
        /// Its process was killed, and nothing can come of it any more.
        case gone
    }

    let id: WorkID
    let argv: [String]
    /// The process that started the tool, as processes on the stage see it.
    let caller: Int32
    let began: Instant
    /// When it came to its end, or to what it is at.
    var at: Instant
    var end = End.open

    /// Whether it may have changed something later than this.
    func isUnderWay(after instant: Instant) -> Bool {
        switch end {
        case .open, .killed: true
        case .ended, .gone: at > instant
        }
    }

    /// A look changes nothing; the list is written apart from the engine's own on purpose.
    var isLook: Bool {
        if argv == ["mount"] { return true }
        guard let tool = argv.first, argv.count > 1 else { return false }
        let verb = argv[1]
        return switch tool {
        case "hastctl": ["list", "status", "dump"].contains(verb)
        case "zpool": ["list", "status", "get"].contains(verb)
        case "zfs": ["list", "get"].contains(verb)
        case "service": argv.last?.hasSuffix("status") == true
        case "ctladm": ["portlist", "devlist"].contains(verb)
        case "ifconfig": argv.count == 2
        case "route": argv.contains("get")
        case "sysctl": argv.count == 3 && verb == "-n" && !argv[2].contains("=")
        default: false
        }
    }

    /// `1240.5ms + 15.0ms  [712] hastctl role primary disk0: exit 0`.
    var text: String {
        let ending =
            switch end {
            case .open: "under way"
            case .ended(let status): "\(status)"
            case .killed: "killed, may still take effect"
            case .gone: "killed, gone"
            }
        let times = "\(milliseconds(began - .zero))ms + \(milliseconds(at - began))ms"
        return "\(times)  [\(caller)] \(argv.joined(separator: " ")): \(ending)"
    }
}

/// Milliseconds with one digit.
func milliseconds(_ duration: Duration) -> String {
    let tenths = duration.nanoseconds / 100_000
    return "\(tenths / 10).\(tenths % 10)"
}
