import Engine

/// A shared address that keepalived moves, and the `track_file` by which this node lets it go.
///
/// With weight 0 a number other than 0 in the file puts the instance into FAULT: it tells the peer
/// at once, by an advertisement of priority 0, and takes the address off. An empty or missing file
/// is 0 again. A lower priority would do nothing, since with `nopreempt` no backup takes over from
/// a master that lives (keepalived.conf(5)).
struct KeepalivedAddress: AddressBackend {
    private let instance: Keepalived
    private let trackFile: String

    static func fields(of move: AddressMove) -> [Field] {
        Keepalived.fields + [
            .required(
                "track-file", .path,
                "the file of the instance's `track_file` in keepalived.conf, of weight 0")
        ]
    }

    init?(_ fields: inout Fields, for move: AddressMove) {
        let instance = Keepalived(&fields)
        let trackFile = fields.path("track-file")
        guard let instance, let trackFile else { return nil }
        self.instance = instance
        self.trackFile = PlanPath.plain(trackFile)
    }

    var subject: String { instance.subject }
    var parts: [String] { ["track file \(trackFile)"] }
    var yielding: KeepalivedAddress { self }

    func isMade(_ move: AddressMove) -> Probe {
        Probe(instance.queries + [.text(trackFile)]) { answers throws(Unreadable) in
            let seen = try instance.look(answers)
            switch move {
            case .claim where seen.state == .master, .yield where seen.address == nil: break
            case .claim, .yield: return .doesNot(instance.words(seen))
            }
            guard try isCalledFault(answers) else { return .holds }
            return .doesNot("\(trackFile) still keeps keepalived in FAULT")
        }
    }

    func make(_ move: AddressMove, _ seen: Answers) -> [Command] {
        switch move {
        case .claim: [allow]
        case .yield: yield(seen)
        }
    }

    private func yield(_ seen: Answers) -> [Command] {
        // Without a look, as for an effect that may still come, all of it.
        guard let sight = try? instance.look(seen) else { return [fault, pause, allow] }
        guard let address = sight.address else { return [allow] }
        if sight.isAlive { return [fault, pause, allow] }
        return [
            .tool("ip", "address", "del", address.operand, "dev", instance.interface), allow,
        ]
    }

    /// Nothing else writes a given text by a list of words alone; and a person can paste it.
    private var fault: Command { .tool("awk", "BEGIN { print 1 > ARGV[1] }", trackFile) }
    /// keepalived has read the file within milliseconds. The rest is the peer's: it becomes master
    /// within an advertisement's interval, and this node could before it otherwise.
    private var pause: Command { .tool("sleep", "1") }
    /// Takes the instance back to BACKUP, from where it follows when the peer is lost.
    private var allow: Command { .tool("rm", "-f", trackFile) }

    /// Whether the file holds a number other than 0 at its start.
    private func isCalledFault(_ answers: Answers) throws(Unreadable) -> Bool {
        guard let text = try answers.text(of: trackFile) else { return false }
        let digits = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
            .prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.contains { $0 != UInt8(ascii: "0") }
    }
}
