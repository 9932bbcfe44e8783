/// The readers of what comes in. Each answers nil for what is well-formed and of no interest.
extension Notice {
    /// A signal's name, as `failover on NAME` has it.
    public static func named(signal name: String) -> Result<Notice?, Refusal> {
        guard SignalText.isName(name) else {
            return .failure(
                Refusal(
                    name,
                    "a signal's name is made of letters, digits, `_`, `.` and `-`, begins with a"
                        + " letter or a digit and has at most \(SignalText.nameLimit) of them"))
        }
        return .success(.named(name))
    }

    /// The arguments that keepalived gives to a `notify` script.
    public static func keepalived(arguments: [String]) -> Result<Notice?, Refusal> {
        let whole = arguments.joined(separator: " ")
        if let refusal = refusal(of: whole) { return .failure(refusal) }
        guard (3...4).contains(arguments.count) else {
            return .failure(Refusal(whole, "keepalived gives INSTANCE or GROUP, NAME, STATE, PRIO"))
        }
        let priority = arguments.count == 4 ? arguments[3] : "0"
        return transition(arguments[0], arguments[1], arguments[2], priority, of: whole)
    }

    /// A line of keepalived's notify FIFO.
    public static func fifo(line: String) -> Result<Notice?, Refusal> {
        let line = withoutEnd(line)
        if let refusal = refusal(of: line) { return .failure(refusal) }
        guard let blank = line.firstIndex(of: " ") else {
            return .failure(Refusal(line, "a line of keepalived begins with INSTANCE or GROUP"))
        }
        let kind = String(line[..<blank])
        // Virtual and real servers of its other half are nobody's role.
        if kind == "VS" || kind == "RS" || kind == "VSG" { return .success(nil) }
        let rest = line[blank...].dropFirst()
        guard rest.first == "\"", let close = rest.dropFirst().firstIndex(of: "\"") else {
            return .failure(Refusal(line, "the name should stand in quotes"))
        }
        let name = String(rest[..<close].dropFirst())
        let words = rest[close...].dropFirst().split(
            separator: " ", omittingEmptySubsequences: false)
        guard (2...3).contains(words.count), words[0].isEmpty else {
            return .failure(Refusal(line, "a state and a priority should follow the name"))
        }
        let priority = words.count == 3 ? String(words[2]) : "0"
        return transition(kind, name, String(words[1]), priority, of: String(line))
    }

    /// The arguments that hastd gives to the program that its `exec` names.
    public static func hast(arguments: [String]) -> Result<Notice?, Refusal> {
        let whole = arguments.joined(separator: " ")
        if let refusal = refusal(of: whole) { return .failure(refusal) }
        guard let event = arguments.first, SignalText.isEvent(event) else {
            return .failure(Refusal(whole, "hastd gives the event first, such as `connect`"))
        }
        guard arguments.count > 1, SignalText.isResource(arguments[1]) else {
            return .failure(Refusal(whole, "hastd gives a resource's name second"))
        }
        guard hastEvents.contains(event) else { return .success(nil) }
        let roles = Array(arguments.dropFirst(2))
        let isSound = event == "role" ? roles.count == 2 : roles.isEmpty
        guard isSound, roles.allSatisfy(hastRoles.contains) else {
            return .failure(
                Refusal(whole, "`role` has the old and the new role behind it, others nothing"))
        }
        return .success(.hast(event: event, resource: arguments[1], roles: roles))
    }

    /// The events of hastd's hook (hast.conf(5)).
    static let hastEvents = [
        "role", "connect", "disconnect", "syncstart", "syncdone", "syncintr", "split-brain",
    ]
    private static let hastRoles = ["init", "primary", "secondary"]
    /// What keepalived calls what comes into a state.
    static let keepalivedKinds = ["INSTANCE", "GROUP"]

    private static func transition(
        _ kind: String, _ name: String, _ state: String, _ priority: String, of whole: String
    ) -> Result<Notice?, Refusal> {
        guard keepalivedKinds.contains(kind) else {
            return .failure(Refusal(whole, "it is neither of an INSTANCE nor of a GROUP"))
        }
        guard SignalText.isInstance(name) else {
            return .failure(
                Refusal(whole, "the name is empty, too long, or holds what no name should"))
        }
        guard SignalText.isState(state) else {
            return .failure(Refusal(whole, "the state is no word of A-Z and `_`"))
        }
        guard let number = Int(authored: priority), (0...255).contains(number) else {
            return .failure(Refusal(whole, "the priority is no number from 0 to 255"))
        }
        return .success(.keepalived(kind: kind, name: name, state: state))
    }

    /// Why a whole input is refused before it is taken apart.
    static func refusal(of text: some StringProtocol) -> Refusal? {
        if text.utf8.count > SignalText.limit {
            return Refusal(text, "it has more than \(SignalText.limit) bytes")
        }
        if text.unicodeScalars.contains(where: \.isControl) {
            return Refusal(text, "it holds a control character or a second line")
        }
        return nil
    }

    /// The line without its one end.
    static func withoutEnd(_ line: String) -> Substring {
        line.utf8.last == UInt8(ascii: "\n")
            ? Substring(line.unicodeScalars.dropLast()) : line[...]
    }
}
