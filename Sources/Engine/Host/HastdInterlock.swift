/// How a command line uses hastd(8).
public enum HastdUse: Hashable, Sendable {
    /// It asks a worker for its state, or has all of them read their configuration again.
    case asks
    /// It makes resources primary, and asks no worker.
    case promotes
    /// It ends workers, and hastd waits for their end.
    case demotes
    /// The same, of workers that were seen not to reach for their peer: they end at once.
    case demotesAtOnce

    /// Nil for a command line that leaves hastd alone.
    public init?(_ argv: [String]) {
        guard argv.count > 1 else { return nil }
        if Self.isNamed("hastctl", argv[0]) {
            switch argv[1] {
            case "list", "status", "dump": self = .asks
            case "role": self = argv.contains("primary") ? .promotes : .demotes
            default: return nil
            }
        } else if argv.count > 2, argv[1] == "hastd", Self.isNamed("service", argv[0]) {
            switch argv[2] {
            case "onereload", "reload": self = .asks
            case "onestop", "onerestart", "stop", "restart": self = .demotes
            default: return nil
            }
        } else {
            return nil
        }
    }

    /// Whether a tool has this name, be it called by its path.
    private static func isNamed(_ name: String, _ tool: String) -> Bool {
        tool == name
            || tool.utf8.count > name.utf8.count && tool.hasSuffix(name)
                && tool.utf8.dropLast(name.utf8.count).last == UInt8(ascii: "/")
    }
}

/// When hastd may be asked or told something, by what can be seen without it.
///
/// It is single-threaded, and waits for the worker that it asks. Between its promotion and its
/// device node a worker waits in the kernel until GEOM has tasted the new devices of others, and
/// those wait for a connection that hastd must make for them: asked then, hastd never answers
/// anybody again (recorded on FreeBSD 13.2, with a dead peer and with a living one). While it waits
/// for the end of a primary that reaches for a dead peer, others ask it for connections: told of
/// the next one before it has served them, it waits for ever as well (recorded: all at once 3 of 3,
/// one at a time with a second in between 0 of 11).
///
/// So every host keeps these rules for every look and command, whoever wants it: nothing is asked
/// and nothing given up while a promotion is under way; and one resource is demoted at a time,
/// unless its peer is connected.
public enum HastdInterlock {
    /// Where hastd's devices stand.
    public static let devices = "/dev/hast"
    /// From the end of a demotion to the next one.
    public static let pause = Duration.seconds(1)

    /// What a person does about a hastd that does not answer any more, by hand: its parent is the
    /// oldest of its processes, and must be killed first (recorded on FreeBSD 13.2: a worker killed
    /// first left GEOM stuck until a reboot).
    public static let remedy =
        silence + ends.joined(separator: " ") + " && " + starts.joined(separator: " ")
    /// What stands before the commands of `remedy`.
    public static let silence = "if hastd does not answer, and no pool is imported on its disks: "
    /// The command that ends it.
    public static let ends = ["pkill", "-KILL", "-U", "root", "-o", "-x", "hastd"]
    /// The command that starts it.
    public static let starts = ["service", "hastd", "onestart"]

    /// The resources that were promoted and have no device yet, and those that somebody asks
    /// hastd to promote at this moment.
    ///
    /// `devices` are the names in the folder of that name. A worker says its resource in its title
    /// (setproctitle in sbin/hastd/primary.c), and its device is named so unless hast.conf says
    /// otherwise; then as many are under way as there are fewer devices than workers. Whoever calls
    /// itself a worker keeps others from asking, and brings nothing about.
    public static func underway(
        processes: [ProcessEntry], devices: [some StringProtocol]
    ) -> [String] {
        var asked: [String] = []
        var lacking: [String] = []
        var named = 0
        for process in processes {
            if let name = promoted(by: process.title) { asked.append(name) }
            guard let name = worker(process.title) else { continue }
            if devices.contains(where: { $0 == name }) { named += 1 } else { lacking.append(name) }
        }
        let others = max(0, devices.count - named)
        return asked + lacking.dropFirst(others)
    }

    /// Why a use must wait; nil when it need not.
    public static func refusal(
        of use: HastdUse, processes: [ProcessEntry], devices: [some StringProtocol]
    ) -> String? {
        guard use != .promotes else { return nil }
        let names = underway(processes: processes, devices: devices)
        return names.isEmpty ? nil : refusal(for: names)
    }

    /// What is said of a promotion that is under way.
    public static func refusal(for names: [String]) -> String {
        let shown = names.prefix(nameLimit).joined(separator: ", ")
        let rest = names.count > nameLimit ? " and \(names.count - nameLimit) more" : ""
        return "promotion under way: \(shown)\(rest) \(names.count == 1 ? "has" : "have")"
            + " no device yet, and hastd must not be asked before"
    }

    private static let nameLimit = 12

    /// The resource of a primary's worker, by its title.
    private static func worker(_ title: String) -> String? {
        guard title.utf8.starts(with: "hastd: ".utf8),
            let end = title.range(ofText: " (primary)")
        else { return nil }
        return String(title.utf8.dropFirst(7).prefix(upTo: end))
    }

    /// What a `hastctl role primary` under way promotes.
    private static func promoted(by title: String) -> String? {
        for tool in ["hastctl role primary ", "/sbin/hastctl role primary "]
        where title.utf8.starts(with: tool.utf8) {
            return String(title.utf8.dropFirst(tool.utf8.count)) ?? ""
        }
        return nil
    }
}

extension String {
    /// Where a text begins in it.
    fileprivate func range(ofText text: StaticString) -> String.Index? {
        let needle = UInt8(ascii: " ")
        var start = utf8.startIndex
        while let index = utf8[start...].firstIndex(of: needle) {
            let isHere = text.withUTF8Buffer { utf8[index...].starts(with: $0) }
            if isHere { return index }
            start = utf8.index(after: index)
        }
        return nil
    }
}
