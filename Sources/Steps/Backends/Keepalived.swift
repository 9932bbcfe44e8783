import Engine

/// A shared address that keepalived(8) moves by VRRP, as this node shows it: ip-address(8).
///
/// keepalived tells its state to nobody who asks; but its master alone puts the address on the
/// interface. So the master is who has the address and a daemon that lives: one that was killed
/// leaves the address where it is, and the peer takes it, too.
struct Keepalived: Hashable, Sendable {
    let interface: String
    private let address: IPAddress

    /// The fields that name one.
    static let fields: [Field] = [
        .required("interface", .name, "the network interface"),
        .required("address", .name, "the shared address, without the length of its prefix"),
    ]

    init?(_ fields: inout Fields) {
        let interface = fields.name("interface")
        let text = fields.name("address")
        guard let interface, let text else { return nil }
        guard let address = IPAddress(Array(text.utf8)[...]) else {
            fields.report(
                "address",
                "`\(text)` is no IPv4 or IPv6 address",
                note: "it is looked for among those that `ip address` shows",
                help: "write it as `virtual_ipaddress` of keepalived.conf has it, without what"
                    + " follows: `192.0.2.250`"
            )
            return nil
        }
        self.interface = interface
        self.address = address
    }

    /// How a condition names what it is about: the same, however a plan spells the address.
    var subject: String { "address \(address) on \(interface)" }

    /// What this node is to it.
    func isState(_ state: AddressState) -> Probe {
        Probe(queries) { answers throws(Unreadable) in
            let seen = try look(answers)
            return seen.state == state ? .holds : .doesNot(words(seen))
        }
    }
}

// MARK: - Looking

extension Keepalived {
    /// What a look at the interface and at the processes shows.
    struct Sight {
        /// The address with its prefix, as `ip` shows it; nil when it is not on the interface.
        let address: Bytes?
        /// Whether it is of no use yet, or for good: another host has the same one.
        let isTentative: Bool
        /// Whether a keepalived runs on this host.
        let isAlive: Bool

        var state: AddressState {
            isAlive ? address != nil && !isTentative ? .master : .backup : .initial
        }
    }

    private var addresses: Query { .command(.ipAddresses(interface)) }
    var queries: [Query] { [addresses, .processes] }

    func look(_ answers: Answers) throws(Unreadable) -> Sight {
        let line = try line(answers)
        return Sight(
            address: line?[3],
            isTentative: line?.contains { $0.equals("tentative") || $0.equals("dadfailed") }
                ?? false,
            isAlive: try isAlive(answers))
    }

    /// Whether a keepalived of root's runs; one that is not proven to be root's could be anybody's,
    /// and an address that is left over must not pass for a master's by it.
    private func isAlive(_ answers: Answers) throws(Unreadable) -> Bool {
        let titled = try answers.processes().filter {
            ProcessEntry.isTitle($0.title, of: "keepalived")
        }
        guard let first = titled.first else { return false }
        if titled.contains(where: { $0.isRoots("keepalived") }) { return true }
        throw Unreadable(
            "process \(first.pid) calls itself keepalived, but is not seen to be root's"
                + " /usr/sbin/keepalived")
    }

    /// What was seen, for a person.
    func words(_ seen: Sight) -> String {
        switch (seen.state, seen.address) {
        case (.master, _): "\(subject) is here, and keepalived runs: master"
        case (.backup, nil): "\(subject) is not here: keepalived is not master"
        case (.backup, _): "\(subject) is here, but of no use yet: its check for duplicates"
        case (.initial, nil): "no keepalived runs on this host"
        case (.initial, _):
            "no keepalived runs on this host, and \(subject) is left over from one: the peer may"
                + " have taken it too"
        }
    }

    /// The words of the line of this address in `ip -o address`: number, interface, family,
    /// address, flags.
    private func line(_ answers: Answers) throws(Unreadable) -> [Bytes]? {
        let output = try answers.output(of: addresses)
        guard output.succeeded else {
            // Nothing is on an interface that is gone.
            if output.mentions("does not exist") { return nil }
            throw Unreadable(addresses, output)
        }
        for line in ByteLines(output.standardOutput) {
            let words = Array(ByteWords(line))
            guard words.count >= 4, words[2].equals("inet") || words[2].equals("inet6") else {
                continue
            }
            let seen = words[3].prefix { $0 != UInt8(ascii: "/") }
            if IPAddress(seen) == address { return words }
        }
        return nil
    }
}
