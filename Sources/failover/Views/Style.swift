import Engine

/// How the display looks: plain when there is no terminal, or when `NO_COLOR` asks for no colours.
struct Style {
    enum Tone { case plain, good, bad, caution, dim, strong }

    let isColoured: Bool
    /// The width of the terminal, within which lines are broken; nil where there is none.
    var columns: Int?

    static let plain = Style(isColoured: false)

    /// The text in a tone; control characters in it never reach the terminal.
    func paint(_ text: String, _ tone: Tone) -> String {
        let clean = printable(text)
        guard isColoured else { return clean }
        let code: String? =
            switch tone {
            case .plain: nil
            case .good: "32"
            case .bad: "1;31"
            case .caution: "33"
            case .dim: "2"
            case .strong: "1"
            }
        return code.map { "\u{1B}[\($0)m\(clean)\u{1B}[0m" } ?? clean
    }

    /// Lines that were painted, broken at words within the terminal's width.
    func fitted(_ text: String) -> String {
        guard let columns else { return text }
        return folded(text, to: columns)
    }
}

/// Text with each line broken at its words within `width` columns. What follows stands below the
/// last column of a table, which two blanks set apart, if that is in the first half. A word that is
/// longer stays whole, to be copied, and so do lines on a terminal that is too narrow for a table.
///
/// `margin` is where that column begins, if it is known.
func folded(_ text: String, to width: Int, margin: Int? = nil) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { folded(line: $0, to: width, margin) }.joined(separator: "\n")
}

/// The columns of the narrowest terminal for which lines are broken.
private let narrowest = 40

private func folded(line: Substring, to width: Int, _ known: Int?) -> String {
    let bare = withoutColours(line)
    guard bare.columns > width, width >= narrowest else { return String(line) }
    let margin = String(repeating: " ", count: known ?? margin(of: bare, within: width / 2))
    var words = line.split(separator: " ", omittingEmptySubsequences: false)[...]
    var text = String(words.removeFirst())
    var used = withoutColours(text).columns
    for word in words {
        let columns = withoutColours(word).columns
        // Blanks in the head are columns of the table.
        if used + 1 + columns <= width || used <= margin.count {
            text += " " + word
            used += 1 + columns
        } else if columns > 0 {
            text += "\n" + margin + word
            used = margin.count + columns
        }
    }
    return text
}

/// Where the last column of a table begins, at `limit` at most; else a little further in.
private func margin(of bare: String, within limit: Int) -> Int {
    var column = 0
    var blanks = 0
    var margin = bare.prefix { $0 == " " }.count + 2
    for scalar in bare.unicodeScalars {
        if scalar != " ", blanks > 1, column <= limit, column > 0 { margin = column }
        if column > limit { break }
        blanks = scalar == " " ? blanks + 1 : 0
        column += String(scalar).columns
    }
    return min(margin, limit)
}

/// The text as it stands on the terminal: what `paint` puts around it takes no column.
func withoutColours(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(0x1B) else { return String(text) }
    return String(text).replacing(/\u{1B}\[[0-9;]*m/, with: "")
}
