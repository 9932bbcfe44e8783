import Engine

extension String {
    /// The text filled up with blanks to so many columns, on the right.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - columns))
    }

    /// The text filled up with blanks to so many columns, on the left.
    package func aligned(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - columns)) + self
    }

    /// The text without a word that was said before it.
    package func without(_ word: String) -> String {
        hasPrefix(word + " ") ? String(dropFirst(word.count + 1)) : self
    }

    /// The text, or its head and an ellipsis where it takes more columns.
    package func clipped(to width: Int) -> String {
        columns <= width ? self : head(of: width - 1) + "…"
    }

    /// As many of its characters, from the first on, as so many columns hold.
    private func head(of width: Int) -> Substring {
        var room = width
        return prefix { character in
            room -= String(character).columns
            return room >= 0
        }
    }
}

/// `1 step`, `2 steps`.
package func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// Text broken into lines of at most `width` columns where its words allow.
package func wrapped(_ text: String, to width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
        var lines: [String] = [""]
        for word in paragraph.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.columns + 1 + word.columns <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
