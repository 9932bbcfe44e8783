import Engine

/// A virtual host of the Common Address Redundancy Protocol of FreeBSD 10 and later: carp(4),
/// ifconfig(8).
struct CARP: Hashable, Sendable {
    /// What one `carp:` line of ifconfig says (sbin/ifconfig/ifcarp.c).
    private struct Line {
        let state: AddressState
        let advskew: Int?
    }

    let interface: String
    let vhid: Int

    /// The fields that name one.
    static let fields: [Field] = [
        .required("interface", .name, "the network interface"),
        .required("vhid", .integer(1...255), "the number of the virtual host"),
    ]

    init?(_ fields: inout Fields) {
        guard fields.platform == .freebsd else {
            fields.report(
                "vhid",
                "Linux has no CARP",
                note: "keepalived moves the shared address there, and no look finds CARP's",
                help: "write `keepalived: {interface: …, address: …, state: …}`"
            )
            return nil
        }
        let interface = fields.name("interface")
        let vhid = fields.integer("vhid")
        guard let interface, let vhid else { return nil }
        self.interface = interface
        self.vhid = vhid
    }

    /// How a condition names what it is about.
    var subject: String { "address \(interface) vhid \(vhid)" }

    /// What this node is to it.
    func isState(_ state: AddressState) -> Probe {
        probe { seen in
            seen.state == state ? .holds : .doesNot("\(subject) is \(seen.state.rawValue)")
        }
    }

    /// Whether it is ours, at a preference in which 0 is preferred most; never where there is none,
    /// since `set` would make one.
    func isMaster(_ isMaster: Bool, advskew: Int) -> Probe {
        probe(otherwise: .never(isMissing + ": create it where the interface is configured")) {
            seen in
            guard (seen.state == .master) == isMaster else {
                return .doesNot("\(subject) is \(seen.state.rawValue)")
            }
            guard seen.advskew == advskew else {
                let skew = seen.advskew.map(String.init) ?? "unknown"
                return .doesNot("\(subject) has advskew \(skew)")
            }
            return .holds
        }
    }

    /// Whether it was seen that there is none.
    func isKnownMissing(_ seen: Answers) -> Bool {
        do throws(Unreadable) { return try line(seen, look) == nil } catch { return false }
    }

    // Both are absolute and touch one vhid: the sysctl net.inet.carp.demotion is relative, and
    // would demote every address of the host. A vhid that is not there is made by this, in the
    // state INIT and without an address (recorded on FreeBSD 13.2).
    func set(advskew: Int, state: String) -> Command {
        .tool(
            "ifconfig", interface, "vhid", String(vhid), "advskew", String(advskew),
            "state", state)
    }

    private var look: Query { .command(.ifconfig(interface)) }
    private var isMissing: String { "interface \(interface) has no vhid \(vhid)" }

    private func probe(
        otherwise: Verdict? = nil,
        _ judge: @escaping @Sendable (Line) -> Verdict
    ) -> Probe {
        Probe([look]) { answers throws(Unreadable) in
            guard let seen = try line(answers, look) else {
                return otherwise ?? .doesNot(isMissing)
            }
            return judge(seen)
        }
    }

    /// The line of this vhid, or nil when the interface has none.
    private func line(_ answers: Answers, _ look: Query) throws(Unreadable) -> Line? {
        let output = try answers.output(of: look)
        guard output.succeeded else { throw Unreadable(look, output) }
        for line in ByteLines(output.standardOutput) {
            var rest = ByteWords(line)
            guard let kind = rest.next(), kind.equals("carp:") || kind.equals("vrrp:") else {
                continue
            }
            let words = Array(ByteWords(line))
            guard words.count >= 4, words[2].equals("vhid") || words[2].equals("vrid"),
                words[3].number == vhid
            else { continue }
            return Line(
                state: try Self.state(words[1]),
                advskew: Self.value(after: "advskew", words))
        }
        return nil
    }

    private static func state(_ word: Bytes) throws(Unreadable) -> AddressState {
        switch word {
        case "MASTER": return .master
        case "BACKUP": return .backup
        case "INIT": return .initial
        default: throw Unreadable("ifconfig names a state `\(word.text)`, which is unknown")
        }
    }

    private static func value(after key: StaticString, _ words: [Bytes]) -> Int? {
        zip(words, words.dropFirst()).first { $0.0.equals(key) }?.1.number
    }
}
