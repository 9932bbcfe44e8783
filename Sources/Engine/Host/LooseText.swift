/// A text that a condition looks for anywhere in what it reads, as whole words.
public struct LooseText: Hashable, Sendable {
    /// The text.
    public let text: String
    /// Where it stands in the plan.
    public let span: Span
    /// The field that wants a whole line instead.
    public let exact: String

    /// Creates a loose text.
    public init(_ text: String, at span: Span, exact: String) {
        self.text = text
        self.span = span
        self.exact = exact
    }

    /// What says the opposite, and contains the text all the same; nil where none comes to mind.
    ///
    /// A state alone (`running`, `available for hosts`) follows a negation as it stands. Where
    /// another word stands before the state (`is running`, `state: available`), the negation goes
    /// between them.
    public var negation: String? {
        let words = text.split(separator: " ")
        guard let first = words.first, first.utf8.allSatisfy(Self.isPlain),
            !first.utf8.allSatisfy(Self.isDigit)
        else { return nil }
        if words.count > 1, !Self.endings.contains(where: first.hasSuffix) { return nil }
        return "not " + words.joined(separator: " ")
    }

    /// What words for a state end with, in which a text begins with its state.
    private static let endings = ["able", "ible", "ed", "ing", "ive"]

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}
