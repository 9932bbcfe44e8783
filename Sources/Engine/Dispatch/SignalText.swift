/// The alphabets of what comes in from outside: what is not on these lists is refused.
enum SignalText {
    /// The bytes of the longest line or list of arguments; devctl drops what is longer, too.
    static let limit = 1024
    /// The bytes of the longest name of an interface.
    static let interfaceLimit = 31
    /// The bytes of the longest state.
    static let stateLimit = 32
    /// The bytes of the longest name of a signal or a pair, or of a name in keepalived.conf.
    static let nameLimit = 64
    /// The bytes of the longest name of a replicated resource.
    static let resourceLimit = 127
    /// The numbers of virtual hosts (carp(4)).
    static let vhids = 1...255

    /// `vlan50`, `vlan0.100`, `vm-lan`.
    static func isInterface(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.count <= interfaceLimit
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || isOne($0, of: "_.-") }
    }

    /// `MASTER`, `LINK_UP`.
    static func isState(_ text: some StringProtocol) -> Bool {
        (1...stateLimit).contains(text.utf8.count)
            && text.utf8.allSatisfy { isUpper($0) || isOne($0, of: "_") }
    }

    /// `master`: it can stand in a command line, a file's name and a log.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || isDigit(first) else { return false }
        return text.utf8.count <= nameLimit
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || isOne($0, of: "_.-") }
    }

    /// A name of keepalived.conf, which may hold blanks; but no quote, which ends it in the FIFO.
    static func isInstance(_ text: some StringProtocol) -> Bool {
        (1...nameLimit).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                !scalar.isControl && scalar != "\"" && scalar != "\u{FFFD}"
            }
    }

    /// `disk0`: a resource of HAST or DRBD, which may become an operand.
    static func isResource(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !isOne(first, of: "-.") else { return false }
        return text.utf8.count <= resourceLimit
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || isOne($0, of: "_.:-") }
    }

    /// `split-brain`.
    static func isEvent(_ text: some StringProtocol) -> Bool {
        (1...stateLimit).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLower($0) || isOne($0, of: "-") }
    }

    /// `UpToDate`: a state of DRBD.
    static func isWord(_ text: some StringProtocol) -> Bool {
        (1...stateLimit).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) }
    }

    /// `1@vlan50`, taken apart.
    static func address(_ text: some StringProtocol) -> (vhid: Int, interface: String)? {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let vhid = Int(authored: String(parts[0])), vhids.contains(vhid),
            isInterface(parts[1])
        else { return nil }
        return (vhid, String(parts[1]))
    }

    private static func isUpper(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    private static func isOne(_ byte: UInt8, of text: StaticString) -> Bool {
        text.withUTF8Buffer { $0.contains(byte) }
    }
}
