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
