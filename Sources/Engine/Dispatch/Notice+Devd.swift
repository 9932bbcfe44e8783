/// Lines of devd and of DRBD: both carry much that is nobody's role.
extension Notice {
    /// A line of devd's socket: `!system=CARP subsystem=1@vlan50 type=MASTER`.
    ///
    /// Values are read as devd reads them: up to a blank, or between quotes, in which a backslash
    /// stands before a quote or a backslash. Keys that are not known here are left aside.
    public static func devd(line: String) -> Result<Notice?, Refusal> {
        let line = withoutEnd(line)
        if let refusal = refusal(of: line) { return .failure(refusal) }
        switch line.utf8.first {
        case UInt8(ascii: "!"): break
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "?"): return .success(nil)
        default: return .failure(Refusal(line, "a line of devd begins with `!`, `+`, `-` or `?`"))
        }
        let pairs = variables(line.utf8.dropFirst())
        func value(_ key: String) -> String? { pairs.first { $0.key == key }?.value }
        guard let system = value("system") else {
            return .failure(Refusal(line, "a notice of devd names its `system`"))
        }
        guard system == "CARP" || system == "IFNET" else { return .success(nil) }
        let isTwice = ["system", "subsystem", "type"].contains { key in
            pairs.count { $0.key == key } > 1
        }
        if isTwice { return .failure(Refusal(line, "it says one thing twice")) }
        let subsystem = value("subsystem") ?? ""
        guard let type = value("type"), SignalText.isState(type) else {
            return .failure(Refusal(line, "its `type` is no word of A-Z and `_`"))
        }
        if system == "IFNET" {
            guard SignalText.isInterface(subsystem) else {
                return .failure(Refusal(subsystem, "it is no interface's name"))
            }
            return .success(.interface(name: subsystem, type: type))
        }
        guard let (vhid, interface) = SignalText.address(subsystem) else {
            return .failure(Refusal(subsystem, "it is no vhid@interface such as `1@vlan50`"))
        }
        return .success(.carp(vhid: vhid, interface: interface, state: type))
    }

    /// The variables of a line, as far as it consists of them.
    private static func variables(
        _ line: Substring.UTF8View
    ) -> [(key: String, value: String)] {
        var pairs: [(key: String, value: String)] = []
        var rest = line.drop { $0 == UInt8(ascii: " ") }
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let key = rest[..<equals]
            guard !key.isEmpty, !key.contains(UInt8(ascii: " ")) else { return pairs }
            rest = rest[equals...].dropFirst()
            var value: [UInt8] = []
            if rest.first == UInt8(ascii: "\"") {
                guard let end = quoted(rest, into: &value) else { return pairs }
                rest = end
            } else {
                let word = rest.prefix { $0 != UInt8(ascii: " ") }
                value = Array(word)
                rest = rest[word.endIndex...]
            }
            pairs.append(
                (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self)))
            rest = rest.drop { $0 == UInt8(ascii: " ") }
        }
        return pairs
    }

    /// Reads a value between quotes; what follows it, or nil when it has no end.
    private static func quoted(
        _ text: Substring.UTF8View, into value: inout [UInt8]
    ) -> Substring.UTF8View? {
        var isEscaped = false
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if !isEscaped, byte == UInt8(ascii: "\"") {
                return text[index...]
            } else {
                isEscaped = false
                value.append(byte)
            }
        }
        return nil
    }

    /// A line of `drbdsetup events2`: `change resource name:r0 role:Primary`.
    public static func drbd(line: String) -> Result<Notice?, Refusal> {
        let line = withoutEnd(line)
        if let refusal = refusal(of: line) { return .failure(refusal) }
        let words = line.split(separator: " ")
        guard words.count >= 2, SignalText.isEvent(words[0]),
            words[1] == "-" || SignalText.isEvent(words[1])
        else { return .failure(Refusal(line, "a line of DRBD has an action and an object")) }
        func value(_ key: String) -> String? {
            let prefix = key + ":"
            return words.dropFirst(2).first { $0.hasPrefix(prefix) }
                .map { String($0.dropFirst(prefix.count)) }
        }
        let fact: (event: String, state: String?)? =
            switch (words[0], words[1]) {
            case ("call", "helper"): value("helper").map { ($0, "") }
            case ("response", _), ("destroy", _), ("rename", _): nil
            case (_, "resource"): value("role").map { ("role", $0) }
            case (_, "connection"): value("connection").map { ("connection", $0) }
            case (_, "device") where value("quorum") == "no": ("quorum", "no")
            case (_, "device"): value("disk").map { ("disk", $0) }
            default: nil
            }
        guard let (event, state) = fact else { return .success(nil) }
        guard let resource = value("name"), SignalText.isResource(resource) else {
            return .failure(Refusal(line, "its `name` is no resource's name"))
        }
        guard SignalText.isEvent(event) else {
            return .failure(Refusal(line, "its `helper` is no helper's name"))
        }
        guard let state, state.isEmpty || SignalText.isWord(state) else {
            return .failure(Refusal(line, "its \(event) is no word"))
        }
        return .success(.drbd(event: event, resource: resource, state: state))
    }

    /// What DRBD tells with a state.
    static let drbdStates = ["role", "disk", "connection", "quorum"]
}
