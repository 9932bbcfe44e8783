/// One thing that came otherwise than a case expects.
public struct Difference: Hashable, Sendable {
    /// A line of a comparison: what was expected and what was seen there, either may be missing.
    public struct Row: Hashable, Sendable {
        /// What was expected.
        public let expected: String?
        /// What was seen.
        public let seen: String?
        /// Whether this line is at fault.
        public let isFault: Bool
    }

    /// The key of the file: `ending`.
    public let key: String
    /// What was expected beside what was seen.
    public let rows: [Row]

    init(_ key: String, expected: String, seen: String) {
        self.init(key, rows: [Row(expected: expected, seen: seen, isFault: true)])
    }

    init(_ key: String, rows: [Row]) {
        self.key = key
        self.rows = rows
    }

    /// The comparison as text: one below the other, or two columns where there is more to compare,
    /// with a mark before each line that is at fault.
    public var lines: [String] {
        if rows.count == 1, let expected = rows[0].expected, let seen = rows[0].seen {
            return ["\(key):", "    expected  \(expected)", "  ! seen      \(seen)"]
        }
        let widest = rows.map { ($0.expected ?? "").count }.max() ?? 0
        let width = max("expected".count, min(widest, 48))
        var lines = ["\(key):", "    " + Self.padded("expected", to: width) + "  seen"]
        for row in rows {
            let mark = row.isFault ? "  ! " : "    "
            let left = row.expected ?? "-"
            let right = row.seen ?? "-"
            if left.count > width {
                lines += [mark + left, "    " + Self.padded("", to: width) + "  " + right]
            } else {
                lines.append(mark + Self.padded(left, to: width) + "  " + right)
            }
        }
        return lines
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
