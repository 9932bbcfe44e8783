/// The commonest slips of a file that libyaml cannot read: it stops at the first, these are all.
///
/// It knows of quotes, comments, block scalars, and of `{ }` and `[ ]`, and no more of YAML.
struct SyntaxScan {
    /// A slip, by its line and column from 0.
    enum Slip {
        /// `${…}` unquoted inside `{ }` or `[ ]`, with the text of the reference.
        case reference(String)
        case tab
    }

    private(set) var slips: [(slip: Slip, mark: YAMLEvent.Mark)] = []
    private var depth = 0
    /// The margin of the line on which the outermost `{` or `[` opened.
    private var flowMargin = 0
    private var quote: Unicode.Scalar?
    /// The column that the lines of a block scalar lie beyond.
    private var blockColumn: Int?

    init(_ lines: [Substring]) {
        for (number, line) in lines.enumerated() where slips.count < Diagnostics.limit {
            scan(Array(line.unicodeScalars), number)
        }
    }

    private mutating func scan(_ line: [Unicode.Scalar], _ number: Int) {
        guard let margin = line.firstIndex(where: { !isBlank($0) }) else { return }
        guard quote == nil else { return scan(line, from: 0, number) }
        if let column = blockColumn {
            if margin > column { return }
            blockColumn = nil
        }
        if line[margin] == "#" { return }
        // A line that begins a key or an item further out than an open `{`: that was never closed.
        if depth > 0, margin <= flowMargin, beginsBlock(line, margin) { depth = 0 }
        if depth == 0, let tab = line[..<margin].firstIndex(of: "\t") {
            slips.append((.tab, YAMLEvent.Mark(line: number, column: tab)))
        }
        scan(line, from: margin, number)
    }

    private mutating func scan(_ line: [Unicode.Scalar], from margin: Int, _ number: Int) {
        var index = margin
        var isStart = quote == nil
        while index < line.count {
            let next = index + 1 < line.count ? line[index + 1] : " "
            if quote != nil {
                index += scanQuoted(line[index], next)
                continue
            }
            if line[index] == "#", index == 0 || isBlank(line[index - 1]) { return }
            if line[index] == "$", next == "{" {
                let end = line[index...].firstIndex(of: "}").map { $0 + 1 } ?? line.count
                if depth > 0, slips.count < Diagnostics.limit {
                    report(line[index..<end], number, index)
                }
                isStart = false
                index = end
                continue
            }
            if isStart, depth == 0, line[index] == "|" || line[index] == ">" {
                return blockColumn = column(of: line, from: margin, before: index)
            }
            isStart = scan(line[index], next, isStart, margin)
            index += 1
        }
    }

    /// Takes one scalar; whether a value can begin behind it.
    private mutating func scan(
        _ scalar: Unicode.Scalar,
        _ next: Unicode.Scalar,
        _ isStart: Bool,
        _ margin: Int
    ) -> Bool {
        switch scalar {
        case "'" where isStart, "\"" where isStart:
            quote = scalar
            return false
        case "[" where isStart || depth > 0, "{" where isStart || depth > 0:
            if depth == 0 { flowMargin = margin }
            depth += 1
            return true
        case "]" where depth > 0, "}" where depth > 0:
            depth -= 1
            return false
        case "," where depth > 0: return true
        case ":" where isBlank(next): return true
        case "-" where isStart && isBlank(next): return true
        default: return isStart && isBlank(scalar)
        }
    }

    /// Takes one scalar inside quotes; how many it takes with it.
    private mutating func scanQuoted(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar) -> Int {
        if quote == "\"", scalar == "\\" { return 2 }
        guard scalar == quote else { return 1 }
        if quote == "'", next == "'" { return 2 }
        quote = nil
        return 1
    }

    private mutating func report(_ text: ArraySlice<Unicode.Scalar>, _ line: Int, _ column: Int) {
        var reference = String.UnicodeScalarView()
        reference.append(contentsOf: text)
        // libyaml's mark is the brace.
        let mark = YAMLEvent.Mark(line: line, column: column + 1)
        slips.append((.reference(String(reference)), mark))
    }

    /// The column of the key or, without one, of the `-` that a block scalar belongs to.
    private func column(of line: [Unicode.Scalar], from margin: Int, before end: Int) -> Int {
        var column = margin
        var dash = margin
        while column + 1 < end, line[column] == "-", isBlank(line[column + 1]) {
            dash = column
            column += 1
            while column < end, isBlank(line[column]) { column += 1 }
        }
        return column < end ? column : dash
    }

    private func beginsBlock(_ line: [Unicode.Scalar], _ margin: Int) -> Bool {
        let rest = line[margin...]
        if rest.first == "-" { return rest.count == 1 || isBlank(rest[margin + 1]) }
        guard let colon = rest.firstIndex(of: ":") else { return false }
        let isKey = rest[..<colon].allSatisfy { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
        }
        return isKey && (colon + 1 == line.count || isBlank(line[colon + 1]))
    }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
