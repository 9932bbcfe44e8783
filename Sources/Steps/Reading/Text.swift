/// A text of a plan that is looked for in what a host says.
enum Text: Sendable {
    /// It stands anywhere, and no letter, digit or underscore goes on where it begins or ends with
    /// one: `available` does not stand in `unavailable`.
    case part(String)
    /// It is a whole line, but for blanks at its ends.
    case line(String)

    /// What is looked for, for a person.
    var words: String {
        switch self {
        case .part(let text): "`\(text)`"
        case .line(let text): "the line `\(text)`"
        }
    }

    /// Whether it stands in these bytes.
    func stands(in bytes: [UInt8]) -> Bool {
        switch self {
        case .part(let text): return Self.stands(Array(text.utf8), in: bytes)
        case .line(let text):
            let wanted = Array(text.utf8)[...].trimmed
            // Terminals and Windows end a line in two bytes.
            return ByteLines(bytes).contains { line in
                let end = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                return end.trimmed.elementsEqual(wanted)
            }
        }
    }

    private static func stands(_ text: [UInt8], in bytes: [UInt8]) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        guard bytes.count >= text.count else { return false }
        for start in 0...(bytes.count - text.count) where bytes[start] == first {
            let end = start + text.count
            guard bytes[start..<end].elementsEqual(text) else { continue }
            let goesOnBefore = start > 0 && isOfWord(first) && isOfWord(bytes[start - 1])
            let goesOnBehind = end < bytes.count && isOfWord(last) && isOfWord(bytes[end])
            if !goesOnBefore && !goesOnBehind { return true }
        }
        return false
    }

    /// Whether a byte belongs to a word; so does each of a letter beyond ASCII.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
