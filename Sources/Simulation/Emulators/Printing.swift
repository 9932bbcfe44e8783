/// The parts of printf(3) that the tools need, on bytes, since looks are made by the thousand.
extension [UInt8] {
    /// Appends text.
    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// Appends a byte.
    mutating func put(_ byte: UInt8) { append(byte) }

    /// `%-<width>s`
    mutating func put(left text: String, _ width: Int) {
        put(text)
        for _ in 0..<Swift.max(0, width - text.utf8.count) { append(UInt8(ascii: " ")) }
    }

    /// `%<width>s`
    mutating func put(right text: String, _ width: Int) {
        for _ in 0..<Swift.max(0, width - text.utf8.count) { append(UInt8(ascii: " ")) }
        put(text)
    }
}
