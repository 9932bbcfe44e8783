public import Engine

/// The tools that a world knows, and what a kill does to each.
enum Tool {
    case hastctl, zpool, zfs, service, ctladm, ifconfig
    /// A tool of the world's own, by its index.
    case user(Int)
    /// It is not installed.
    case missing

    /// What is left when a command is killed before its effect.
    enum Grip {
        /// Nothing.
        case dies
        /// The process sleeps in the kernel and takes its effect all the same.
        case kernel
        /// The process dies, and its request stays with a server.
        case server
    }

    /// What a kill leaves of this tool.
    func grip(_ argv: [String]) -> Grip {
        switch self {
        case .zpool, .zfs: .kernel
        case .hastctl: argv.count > 1 && argv[1] == "role" ? .server : .dies
        case .service, .ctladm, .ifconfig, .user, .missing: .dies
        }
    }

    /// The parts of a world that its output depends on.
    var parts: World.Parts {
        switch self {
        case .hastctl: [.hast, .faults]
        case .zpool, .zfs: [.pools, .faults]
        case .service, .ctladm: [.services, .faults]
        case .ifconfig: [.carp, .faults]
        case .user, .missing: .all
        }
    }
}

/// Reads a list of properties, as `zpool` and `zfs` take them after -o; all, when there is none.
///
/// Gives what the tool says of a property that it does not know.
func properties<Column: RawRepresentable<String>>(
    _ text: String?, of known: [Column], _ columns: inout [Column]
) -> Outcome? {
    guard let text else {
        columns = known
        return nil
    }
    columns.reserveCapacity(known.count)
    for word in text.utf8.split(separator: UInt8(ascii: ",")) {
        guard let column = known.first(where: { $0.rawValue.utf8.elementsEqual(word) }) else {
            return .fails(2, "bad property list: invalid property '\(Substring(word))'")
        }
        columns.append(column)
    }
    return nil
}

/// How a command stands when its time has come.
enum Outcome {
    /// It ends.
    case exits(Output)
    /// It waits for something that may never come; ask again when the world has changed.
    case blocked

    /// It ends with 0 and prints nothing.
    static let done = Outcome.exits(Output(.exited(0)))

    /// It ends with 0 and prints this.
    static func prints(_ text: String) -> Outcome {
        .exits(Output(.exited(0), output: Array(text.utf8)))
    }

    /// It ends with `code` and prints lines to standard error.
    static func fails(_ code: Int32, _ lines: String..., output: String = "") -> Outcome {
        .exits(
            Output(
                .exited(code),
                output: Array(output.utf8),
                error: Array((lines.joined(separator: "\n") + "\n").utf8)
            )
        )
    }
}

extension World {
    /// The tool that a command line starts.
    func tool(for argv: [String]) -> Tool {
        if !tools.isEmpty, let index = userTool(for: argv) { return .user(index) }
        switch argv.first {
        case "hastctl": return .hastctl
        case "zpool": return .zpool
        case "zfs": return .zfs
        case "service": return .service
        case "ctladm": return .ctladm
        case "ifconfig": return .ifconfig
        default: return .missing
        }
    }

    /// Runs a command on the world, as it would be at its end.
    mutating func run(_ tool: Tool, _ argv: [String]) -> Outcome {
        switch tool {
        case .hastctl: return Hastctl.run(argv, on: &self)
        case .zpool: return Zpool.run(argv, on: &self)
        case .zfs: return Zfs.run(argv, on: &self)
        case .service: return Service.run(argv, on: &self)
        case .ctladm: return Ctladm.run(argv, on: self)
        case .ifconfig: return Ifconfig.run(argv, on: &self)
        case .user(let index):
            let tool = tools[index]
            for effect in tool.effects { apply(effect) }
            return .exits(
                Output(
                    .exited(tool.exit),
                    output: Array(tool.output.utf8),
                    error: Array(tool.error.utf8)
                )
            )
        case .missing:
            return .exits(Output(.notStarted("\(argv.first ?? "nothing") is not installed")))
        }
    }

    /// Runs a command on the world at once, as the host would at the end of its time.
    ///
    /// Nil when it waits for something. What it brings about for later stays with the world.
    public mutating func run(_ argv: [String]) -> Output? {
        guard case .exits(let output) = run(tool(for: argv), argv) else { return nil }
        return output
    }
}
