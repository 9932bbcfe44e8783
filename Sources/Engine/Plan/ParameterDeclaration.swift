/// A parameter as its plan declares it, by a default or in long hand.
struct ParameterDeclaration {
    /// One of the values that a parameter can take.
    struct Choice {
        let word: String
        /// What choosing it means; empty for a choice that explains itself.
        let explanation: String
    }

    let name: String
    let nameSpan: Span
    let kind: Value.Kind
    /// Nil for a parameter that the site must settle, or may.
    let value: (value: Value, span: Span)?
    let pattern: (pattern: Pattern, text: String)?
    let choices: [Choice]
    let description: String
    /// Whether its value is the path of a file that holds a secret.
    let isSecret: Bool
    /// Whether nobody need settle it: a field that it is the value of is left out then.
    let isOptional: Bool

    /// The characters of the longest name.
    static let nameLimit = 64

    /// Whether the text can name a parameter or what a `for-each` goes through.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        else { return false }
        return text.utf8.count <= nameLimit
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
