extension SourceFile {
    /// A function, initializer or computed property.
    struct Function {
        /// Its first line.
        let name: String
        /// Where it begins, from 1.
        let line: Int
        /// From its first to its last line.
        let length: Int
    }

    private static let heads = ["func ", "init(", "init?(", "init<", "deinit {", "subscript("]

    /// Every function of the file that has a body.
    var functions: [Function] {
        code.indices.compactMap { index in
            let head = Self.head(code[index])
            let isFunction = Self.heads.contains { head.hasPrefix($0) }
            let isComputed = head.hasPrefix("var ") && head.hasSuffix("{") && !head.contains("=")
            guard isFunction || isComputed, let end = end(of: index) else { return nil }
            let name = lines[index].drop { $0 == " " }
            return Function(name: String(name), line: index + 1, length: end - index + 1)
        }
    }

    private static let modifiers: Set<Substring> = [
        "public", "private", "fileprivate", "internal", "static", "mutating", "override", "final",
        "convenience", "required", "nonisolated", "borrowing", "consuming", "package", "open",
        "@Test", "@discardableResult", "@Sendable", "private(set)", "class",
    ]

    /// The line without indentation and modifiers.
    private static func head(_ line: Substring) -> String {
        let words = line.split(separator: " ")
        return words.drop { modifiers.contains($0) }.joined(separator: " ")
    }

    /// The line on which the body ends that begins on or after `start`; nil when there is none.
    private func end(of start: Int) -> Int? {
        var depth = 0
        var parentheses = 0
        for index in start..<code.count {
            for character in code[index] {
                switch character {
                case "(", "[": parentheses += 1
                case ")", "]": parentheses -= 1
                case "{": depth += 1
                case "}":
                    depth -= 1
                    // A requirement of a protocol: the protocol ends before a body comes.
                    if depth < 0 { return nil }
                    if depth == 0, parentheses == 0 { return index }
                default: break
                }
            }
            let isOver = depth == 0 && parentheses == 0
            if isOver, index + 1 < code.count, Self.isDeclaration(code[index + 1]) { return nil }
        }
        return nil
    }

    /// Whether a line begins something of its own, so that what stood before it had no body.
    private static func isDeclaration(_ line: Substring) -> Bool {
        let head = head(line)
        return head.isEmpty || heads.contains { head.hasPrefix($0) }
            || ["var ", "let ", "}", "static ", "associatedtype "].contains { head.hasPrefix($0) }
    }
}
