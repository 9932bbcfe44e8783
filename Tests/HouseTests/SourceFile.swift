/// A Swift file, split into code and comments; string literals are blanked in the code.
struct SourceFile: Sendable, CustomStringConvertible {
    /// The path from the top of the repository.
    let path: String
    /// The lines as they stand.
    let lines: [Substring]
    /// The lines without comments and without the contents of string literals.
    let code: [Substring]
    /// The lines with nothing but the comments.
    let comments: [Substring]

    var description: String { path }

    /// The file's name without `.swift`.
    var name: String { String((path.split(separator: "/").last ?? "").dropLast(6)) }

    /// The module or test target that it belongs to.
    var module: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    var isTest: Bool { path.hasPrefix("Tests/") }

    init(_ path: String, text: String) {
        self.path = path
        var scanner = Scanner(text)
        scanner.scan()
        lines = Self.lines(text)
        code = Self.lines(scanner.code)
        comments = Self.lines(scanner.comments)
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

/// Tells code, comments and string literals apart, interpolations included.
private struct Scanner {
    private(set) var code = ""
    private(set) var comments = ""
    private var rest: Substring
    /// For each interpolation that is open: the literal it stands in, and its open parentheses.
    private var interpolations: [(literal: Literal, depth: Int)] = []

    private struct Literal {
        let pounds: String
        let isLong: Bool

        var opening: String { pounds + (isLong ? "\"\"\"" : "\"") }
        var closing: String { (isLong ? "\"\"\"" : "\"") + pounds }
        var escape: String { "\\" + pounds }
    }

    init(_ text: String) { rest = text[...] }

    mutating func scan() {
        while !rest.isEmpty {
            if rest.hasPrefix("//") {
                comment { $0.hasPrefix("\n") || $0.isEmpty }
            } else if rest.hasPrefix("/*") {
                comment { $0.isEmpty || $0.hasPrefix("*/") }
            } else if let literal = opening() {
                take(literal.opening.count)
                scan(literal)
            } else {
                parenthesis()
            }
        }
    }

    private func opening() -> Literal? {
        let pounds = String(rest.prefix { $0 == "#" })
        let after = rest.dropFirst(pounds.count)
        if after.hasPrefix("\"\"\"") { return Literal(pounds: pounds, isLong: true) }
        if after.hasPrefix("\"") { return Literal(pounds: pounds, isLong: false) }
        return nil
    }

    /// The inside of a literal, up to its end or its next interpolation.
    private mutating func scan(_ literal: Literal) {
        while !rest.isEmpty {
            if rest.hasPrefix(literal.closing) { return take(literal.closing.count) }
            if rest.hasPrefix(literal.escape + "(") {
                blank(literal.escape.count)
                take(1)
                interpolations.append((literal, 1))
                return
            }
            blank(rest.hasPrefix(literal.escape) ? literal.escape.count + 1 : 1)
        }
    }

    private mutating func parenthesis() {
        let next = rest.first
        take(1)
        guard let last = interpolations.indices.last else { return }
        if next == "(" { interpolations[last].depth += 1 }
        if next == ")" { interpolations[last].depth -= 1 }
        if interpolations[last].depth == 0 { scan(interpolations.removeLast().literal) }
    }

    private mutating func comment(until isEnd: (Substring) -> Bool) {
        while !isEnd(rest), let next = rest.popFirst() {
            comments.append(next)
            code.append(next == "\n" ? "\n" : " ")
        }
    }

    private mutating func take(_ count: Int) {
        for _ in 0..<count {
            guard let next = rest.popFirst() else { return }
            code.append(next)
            comments.append(next == "\n" ? "\n" : " ")
        }
    }

    private mutating func blank(_ count: Int) {
        for _ in 0..<count {
            guard let next = rest.popFirst() else { return }
            code.append(next == "\n" ? "\n" : " ")
            comments.append(next == "\n" ? "\n" : " ")
        }
    }
}
