/// What a text is made of.
enum Text {
    /// Whether nothing in it steers a terminal, ends a line, or hides or turns what stands around.
    static func isPrintable(_ text: String, besides: Unicode.Scalar? = nil) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            if (0x20..<0x7F).contains(scalar.value) || scalar == besides { return true }
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
                return false
            default: return true
            }
        }
    }

    /// Whether it is made of letters and digits of ASCII and of these marks.
    static func isPlain(_ text: String, besides marks: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || marks.utf8.contains(byte)
        }
    }
}
