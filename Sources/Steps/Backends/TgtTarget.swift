import Engine

/// One target in what tgtd says of its targets.
struct TgtTarget {
    let name: Bytes
    private var state: Bytes = []
    /// Whether an initiator is logged in.
    private(set) var isInUse = false
    /// How many logical units it has that are online and lie on something; the controller, which
    /// each target has, lies on nothing.
    private(set) var units = 0

    /// Reads what `tgtadm --lld iscsi --op show --mode target` prints: a line for each target, and
    /// beneath it lines `Key: value`, deeper ones for sessions and units.
    static func read(_ text: [UInt8]) -> [TgtTarget] {
        var all: [TgtTarget] = []
        var isOnline = false
        for line in ByteLines(text) {
            if line.starts(with: "Target ".utf8) {
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
                all.append(TgtTarget(name: line[(colon + 1)...].trimmed))
                continue
            }
            let line = line.trimmed
            guard !all.isEmpty, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[(colon + 1)...].trimmed
            switch line[..<colon] {
            case "State": all[all.count - 1].state = value
            case "I_T nexus": all[all.count - 1].isInUse = true
            case "LUN": isOnline = false
            case "Online": isOnline = value.equals("Yes")
            case "Backing store path" where isOnline && value.first == UInt8(ascii: "/"):
                all[all.count - 1].units += 1
            default: continue
            }
        }
        return all
    }

    private init(name: Bytes) { self.name = name }

    /// Why it serves nothing; nil when it does.
    var lack: String? {
        guard state.equals("ready") else { return "target \(name.text) is `\(state.text)`" }
        if units > 0 { return nil }
        return "target \(name.text) has no unit that is online: was its volume there when tgtd"
            + " looked?"
    }

    /// Whether it is one of these.
    func isOneOf(_ names: [[UInt8]]) -> Bool { names.contains { name.elementsEqual($0) } }

    /// Whether its name can stand in a command.
    var isOperand: Bool {
        name.first.map { $0 != UInt8(ascii: "-") } ?? false
            && name.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
