/// The text without control characters, which a terminal or a log would obey, those of one byte in
/// other codes (C1) included, and without marks that hide or turn what stands around them.
public func printable(_ text: some StringProtocol) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(text) }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? " " : $0 }))
}

extension Unicode.Scalar {
    /// Whether it ends a line, steers a terminal, or hides or turns what stands around it.
    var isControl: Bool {
        if value < 0x7F { return value < 0x20 }
        switch value {
        case 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: return true
        default: return false
        }
    }
}
