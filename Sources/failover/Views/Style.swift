import Engine

/// Colours of the display; plain when there is no terminal, or when `NO_COLOR` asks for none.
struct Style {
    enum Tone { case plain, good, bad, caution, dim, strong }

    let isColoured: Bool

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
}

extension String {
    /// The text filled up with blanks to a width, on the right.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// The text filled up with blanks to a width, on the left.
    func aligned(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    /// The text without a word that was said before it.
    func without(_ word: String) -> String {
        hasPrefix(word + " ") ? String(dropFirst(word.count + 1)) : self
    }

    /// The text, or its head and an ellipsis where it is wider.
    func clipped(to width: Int) -> String {
        count <= width ? self : prefix(max(0, width - 1)) + "…"
    }
}

/// A time that has passed, for a person: `0.41s`, `12.3s`, `2m03s`, `1h00m`.
func elapsedText(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.milliseconds)
    switch milliseconds {
    case ..<10_000:
        let hundredths = milliseconds % 1000 / 10
        return "\(milliseconds / 1000).\(hundredths < 10 ? "0" : "")\(hundredths)s"
    case ..<60_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
    case ..<3_600_000: return "\(milliseconds / 60_000)m\(twoDigits(milliseconds / 1000 % 60))s"
    default: return "\(milliseconds / 3_600_000)h\(twoDigits(milliseconds / 60_000 % 60))m"
    }
}

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// `1 step`, `2 steps`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
