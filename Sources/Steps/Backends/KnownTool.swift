import Engine

/// What a command of a plan's author does to the pair, as far as its tool is known: the same as a
/// step of a kind of its own, by which the lint orders it. What is not known is nothing.
struct KnownTool {
    /// The words behind the tool.
    private let words: [String]
    /// What it takes or gives up; nil when nothing is known of that.
    private(set) var bearing: Bearing?

    /// Reads the words of a command, the tool first, by its name or its path.
    init(_ argv: [String]) {
        words = Array(argv.dropFirst())
        switch argv.first?.split(separator: "/").last {
        case "hastctl": bearing = hastctl()
        case "drbdadm": bearing = drbdadm()
        case "zpool": bearing = zpool()
        case "zfs": bearing = zfs()
        case "targetctl": bearing = targetctl()
        case "service": bearing = service()
        case "systemctl": bearing = systemctl()
        default: bearing = nil
        }
    }

    /// The options of one letter, as getopt(3) reads them, and what is no option.
    private func read(
        _ words: some Sequence<String>, withValue valued: String
    ) -> (options: Set<Character>, operands: [String]) {
        var options: Set<Character> = []
        var operands: [String] = []
        var isValue = false
        for word in words {
            if isValue {
                isValue = false
            } else if word.hasPrefix("--") || !word.hasPrefix("-") || word == "-" {
                if !word.hasPrefix("--") { operands.append(word) }
            } else {
                var letters = word.dropFirst()
                while let letter = letters.popFirst() {
                    options.insert(letter)
                    if valued.contains(letter) {
                        isValue = letters.isEmpty
                        break
                    }
                }
            }
        }
        return (options, operands)
    }
}

// MARK: - Replication

extension KnownTool {
    /// `hastctl role [-d] [-c file] ROLE (all | NAME …)` (hastctl(8)).
    private func hastctl() -> Bearing? {
        let operands = read(words, withValue: "c").operands
        guard operands.count > 2, operands[0] == "role",
            let role = ReplicaRole(rawValue: operands[1])
        else { return nil }
        return Bearing(role == .primary ? .acquires : .releases, replicas(operands.dropFirst(2)))
    }

    /// `drbdadm [OPTIONS] COMMAND (all | RESOURCE[/VOLUME] …)` (drbdadm(8)). What `up` brings up is
    /// secondary: it takes nothing, and gives nothing up that was primary.
    private func drbdadm() -> Bearing? {
        let operands = read(words, withValue: "cs").operands
        guard operands.count > 1 else { return nil }
        let resources = replicas(operands.dropFirst().map { String($0.prefix { $0 != "/" }) })
        switch operands[0] {
        case "primary": return Bearing(.acquires, resources)
        case "secondary", "down": return Bearing(.releases, resources)
        default: return nil
        }
    }

    private func replicas(_ names: some Sequence<String>) -> [Reach] {
        names.map { $0 == "all" ? Reach(all: "resources", on: .replicas) : .replica($0) }
    }
}

// MARK: - ZFS

extension KnownTool {
    /// `zpool import` and `zpool export` (zpool-import(8), zpool-export(8)).
    private func zpool() -> Bearing? {
        let (options, operands) = read(words.dropFirst(), withValue: "cdoRtT")
        let isWhole = options.contains("a")
        // Without a pool an import only lists them.
        guard isWhole || !operands.isEmpty else { return nil }
        let isForced = options.contains("f")
        switch words.first {
        case "import":
            let top: Layer = options.contains("N") ? .pool : .datasets
            // A second operand is the name that it gets.
            let named = isWhole ? [] : operands.prefix(1)
            return Bearing(
                .acquires, pools(named, on: .pool...top, isForced: isForced), searching: searched)
        case "export":
            let named = isWhole ? [] : operands[...]
            return Bearing(
                .releases, pools(named, on: .pool ... .datasets, isForced: isForced))
        default: return nil
        }
    }

    /// What stands behind each `-d`.
    private var searched: [String] {
        words.indices.compactMap { index in
            guard words[index].hasPrefix("-d") else { return nil }
            let beside = words[index].dropFirst(2)
            if !beside.isEmpty { return String(beside) }
            return index + 1 < words.count ? words[index + 1] : nil
        }
    }

    /// `zfs mount` and `zfs unmount` (zfs-mount(8)); a mount point does not tell its pool.
    private func zfs() -> Bearing? {
        let (options, operands) = read(words.dropFirst(), withValue: "o")
        guard options.contains("a") || !operands.isEmpty else { return nil }
        let isWhole = options.contains("a") || operands.contains { $0.hasPrefix("/") }
        let names = operands.map { String($0.prefix { $0 != "/" && $0 != "@" }) }
        let pools = pools(isWhole ? [] : names[...], on: .datasets ... .datasets)
        switch words.first {
        case "mount": return Bearing(.acquires, pools)
        case "unmount", "umount": return Bearing(.releases, pools)
        default: return nil
        }
    }

    private func pools(
        _ names: ArraySlice<String>, on layers: ClosedRange<Layer>, isForced: Bool = false
    ) -> [Reach] {
        names.isEmpty
            ? [Reach(all: "pools", on: layers, isForced: isForced)]
            : names.map { Reach("pool \($0)", on: layers, isForced: isForced) }
    }
}

// MARK: - Services

extension KnownTool {
    /// `targetctl restore` and `targetctl clear` (targetctl(8)).
    private func targetctl() -> Bearing? {
        switch words.first(where: { !$0.hasPrefix("-") }) {
        case "restore": Bearing(.acquires, OwnKind.iscsi.reach.map { [$0] } ?? [])
        case "clear": Bearing(.releases, OwnKind.iscsi.reach.map { [$0] } ?? [])
        default: nil
        }
    }

    /// `service NAME VERB` (service(8)); the verb may carry a prefix of rc.subr(8).
    private func service() -> Bearing? {
        guard words.count >= 2, !words[0].hasPrefix("-") else { return nil }
        var verb = words[1]
        for prefix in ["one", "force", "fast", "quiet"] where verb.hasPrefix(prefix) {
            verb = String(verb.dropFirst(prefix.count))
        }
        return bearing(verb, of: [words[0]])
    }

    /// `systemctl VERB UNIT …` (systemctl(1)).
    private func systemctl() -> Bearing? {
        let operands = words.filter { !$0.hasPrefix("-") }
        guard let verb = operands.first, operands.count > 1 else { return nil }
        let isNow = words.contains("--now")
        let told =
            switch verb {
            case "enable" where isNow: "start"
            case "disable" where isNow: "stop"
            default: verb
            }
        return bearing(told, of: operands.dropFirst())
    }

    private func bearing(_ verb: String, of services: some Sequence<String>) -> Bearing? {
        let reaches = services.compactMap { Self.reach(ofService: $0) }
        guard !reaches.isEmpty else { return nil }
        switch verb {
        case "start", "restart": return Bearing(.acquires, reaches)
        case "stop": return Bearing(.releases, reaches)
        default: return nil
        }
    }

    /// What a service serves, as the step has it that starts it; nil for what serves no clients.
    private static func reach(ofService name: String) -> Reach? {
        guard let kind = OwnKind(service: name) else { return .service(name) }
        return kind.reach
    }
}

/// A service that steps of their own bring about, so that `start-service` does less than is needed.
enum OwnKind {
    case nfs, iscsi, hast, drbd

    /// By the name of a service of FreeBSD or a unit of systemd; nil for any other.
    init?(service name: String) {
        let name = name.hasSuffix(".service") ? String(name.dropLast(8)) : name
        switch name {
        case "nfsd", "mountd", "nfs-server", "nfs-kernel-server", "nfs-mountd": self = .nfs
        case "ctld", "target", "targetctl", "rtslib-fb-targetctl", "tgt", "tgtd": self = .iscsi
        case "hastd": self = .hast
        case "drbd": self = .drbd
        default: return nil
        }
    }

    /// What it takes or gives up as a service; nil for what serves no clients.
    var reach: Reach? {
        switch self {
        case .nfs: .nfs
        case .iscsi: .iscsi
        case .hast, .drbd: nil
        }
    }

    /// The step that starts it, for a person.
    var start: String {
        switch self {
        case .nfs: "`start-nfs`"
        case .iscsi: "`start-iscsi`"
        case .hast: "`restart-hastd`"
        case .drbd: "`set-role`"
        }
    }

    /// The step that stops it, or what it was to give up.
    var stop: String {
        switch self {
        case .nfs: "`stop-nfs`"
        case .iscsi: "`stop-iscsi`"
        case .hast, .drbd: "`set-role`"
        }
    }
}

extension Reach {
    /// A service of the host.
    static func service(_ name: String) -> Reach { Reach(service: "service \(name)") }

    /// NFS with all exports of the host.
    static let nfs = Reach(service: "NFS")

    /// iSCSI with all targets of the host.
    static let iscsi = Reach(service: "iSCSI")

    /// Some of what a service serves, for a person: not more of it than can be read.
    static func named(_ things: [String]) -> String {
        let first = things.prefix(3).joined(separator: ", ")
        return things.count > 3 ? "\(first) and \(things.count - 3) more" : first
    }
}
