import Engine

extension String {
    /// The text filled up with blanks to a width, on the right.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// The text filled up with blanks to a width, on the left.
    package func aligned(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    /// The text without a word that was said before it.
    package func without(_ word: String) -> String {
        hasPrefix(word + " ") ? String(dropFirst(word.count + 1)) : self
    }

    /// The text, or its head and an ellipsis where it is wider.
    package func clipped(to width: Int) -> String {
        count <= width ? self : prefix(max(0, width - 1)) + "…"
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
            } else if line.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
