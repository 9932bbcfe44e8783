import Engine

/// The Common Address Redundancy Protocol of FreeBSD 10 and later: carp(4), ifconfig(8).
struct CARP: AddressBackend {
    /// What one `carp:` line of ifconfig says (sbin/ifconfig/ifcarp.c).
    private struct Line {
        let state: AddressState
        let advskew: Int?
    }

    func address(_ address: SharedAddress, is state: AddressState) -> Probe {
        let look = Query.command(.ifconfig(address.interface))
        return Probe([look]) { answers throws(Unreadable) in
            guard let seen = try Self.line(of: address, answers, look) else {
                return missing(address)
            }
            guard seen.state == state else { return .doesNot(words(address, seen.state)) }
            return .holds
        }
    }

    func address(_ address: SharedAddress, isClaimed: Bool, advskew: Int) -> Probe {
        let look = Query.command(.ifconfig(address.interface))
        return Probe([look]) { answers throws(Unreadable) in
            guard let seen = try Self.line(of: address, answers, look) else {
                return missing(address)
            }
            guard (seen.state == .master) == isClaimed else {
                return .doesNot(words(address, seen.state))
            }
            guard seen.advskew == advskew else {
                let skew = seen.advskew.map(String.init) ?? "unknown"
                return .doesNot("\(address.subject) has advskew \(skew)")
            }
            return .holds
        }
    }

    // Both are absolute and touch one vhid: the sysctl net.inet.carp.demotion is relative, and
    // would demote every address of the host.
    func claim(_ address: SharedAddress, advskew: Int) -> [Command] {
        [set(address, advskew, "master")]
    }

    func yield(_ address: SharedAddress, advskew: Int) -> [Command] {
        [set(address, advskew, "backup")]
    }

    private func set(_ address: SharedAddress, _ advskew: Int, _ state: String) -> Command {
        .tool(
            "ifconfig", address.interface, "vhid", String(address.vhid),
            "advskew", String(advskew), "state", state)
    }

    /// The line of this vhid, or nil when the interface has none.
    private static func line(
        of address: SharedAddress,
        _ answers: Answers,
        _ look: Query
    ) throws(Unreadable) -> Line? {
        let output = try answers.output(of: look)
        guard output.succeeded else { throw Unreadable(look, output) }
        for line in ByteLines(output.standardOutput) {
            var rest = ByteWords(line)
            guard let kind = rest.next(), kind.equals("carp:") || kind.equals("vrrp:") else {
                continue
            }
            let words = Array(ByteWords(line))
            guard words.count >= 4, words[2].equals("vhid") || words[2].equals("vrid"),
                words[3].number == address.vhid
            else { continue }
            return Line(state: try state(words[1]), advskew: value(after: "advskew", words))
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

private func words(_ address: SharedAddress, _ state: AddressState) -> String {
    "\(address.subject) is \(state.rawValue)"
}

private func missing(_ address: SharedAddress) -> Verdict {
    .doesNot("interface \(address.interface) has no vhid \(address.vhid)")
}
