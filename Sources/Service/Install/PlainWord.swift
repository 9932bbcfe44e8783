/// Words that mean the same in every configuration that is printed: to a shell, to devd's and
/// keepalived's readers and to systemd they are one word without a special character.
enum PlainWord {
    /// The bytes of the longest path.
    static let pathLimit = 512

    /// Whether a text is a name of letters, digits, `_`, `.`, `-`, without a dash or dot first.
    static func isName(_ text: String, limit: Int) -> Bool {
        guard !text.isEmpty, text.utf8.count <= limit, !text.hasPrefix("-"), !text.hasPrefix(".")
        else { return false }
        return text.utf8.allSatisfy(isPlain)
    }

    /// Whether a text is an absolute path of such names.
    static func isPath(_ text: String) -> Bool {
        guard text.hasPrefix("/"), text.utf8.count <= pathLimit else { return false }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { isName(String($0), limit: pathLimit) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_.-".utf8.contains(byte)
        }
    }
}
