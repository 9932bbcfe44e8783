import Engine

/// A piece of what a tool printed; a view, nothing is copied.
typealias Bytes = ArraySlice<UInt8>

/// The lines of a text, one after the other, without their ends.
struct ByteLines: Sequence, IteratorProtocol {
    private var rest: Bytes

    init(_ text: [UInt8]) { rest = text[...] }

    mutating func next() -> Bytes? {
        guard !rest.isEmpty else { return nil }
        let length = rest.withUnsafeBufferPointer { $0.firstIndex(of: UInt8(ascii: "\n")) }
        let end = rest.startIndex + (length ?? rest.count)
        let line = rest[rest.startIndex..<end]
        rest = rest[Swift.min(end + 1, rest.endIndex)...]
        return line
    }
}

/// The words of a line, parted by any run of blanks and tabs.
struct ByteWords: Sequence, IteratorProtocol {
    private var rest: Bytes

    init(_ line: Bytes) { rest = line }

    mutating func next() -> Bytes? {
        guard let start = rest.firstIndex(where: { !isBlank($0) }) else { return nil }
        let end = rest[start...].firstIndex(where: isBlank) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[start..<end]
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

extension ArraySlice<UInt8> {
    /// The columns of a line of which the tool promises one tab between them (`zpool list -H`).
    var columns: [Bytes] { split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false) }

    /// Without blanks and tabs at both ends.
    var trimmed: Bytes {
        guard let start = firstIndex(where: { !isBlank($0) }),
            let last = lastIndex(where: { !isBlank($0) })
        else { return self[endIndex...] }
        return self[start...last]
    }

    /// The bytes as they stand, for a command.
    var operand: String { String(decoding: self, as: UTF8.self) }

    /// A message shows at most so many bytes.
    static var textLimit: Int { 200 }

    /// The bytes as text, for a message: one line, and not more of it than a person reads.
    var text: String {
        let shown = printable(String(decoding: prefix(Self.textLimit), as: UTF8.self))
        return count > Self.textLimit ? shown + "…" : shown
    }

    /// The bytes as a decimal number of at most nine digits.
    var number: Int? {
        guard !isEmpty, count <= 9 else { return nil }
        var value = 0
        for byte in self {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Whether the bytes are exactly `text`.
    func equals(_ text: StaticString) -> Bool {
        withUnsafeBufferPointer { bytes in
            text.withUTF8Buffer { text in
                bytes.count == text.count && bytes.indices.allSatisfy { bytes[$0] == text[$0] }
            }
        }
    }
}

/// Lets a `switch` over bytes have cases of text.
func ~= (text: StaticString, bytes: Bytes) -> Bool { bytes.equals(text) }

extension [UInt8] {
    /// Whether `text` occurs somewhere in the bytes.
    func mentions(_ text: StaticString) -> Bool {
        withUnsafeBufferPointer { bytes in text.withUTF8Buffer { occurs($0, in: bytes) } }
    }

    /// Whether these bytes occur somewhere in `text`.
    func occur(in text: String) -> Bool {
        withUnsafeBufferPointer { needle in
            text.utf8.withContiguousStorageIfAvailable { occurs(needle, in: $0) }
                ?? Array(text.utf8).withUnsafeBufferPointer { occurs(needle, in: $0) }
        }
    }

    /// Whether these bytes occur somewhere in `text`.
    func occur(in text: [UInt8]) -> Bool {
        withUnsafeBufferPointer { needle in
            text.withUnsafeBufferPointer { occurs(needle, in: $0) }
        }
    }
}

private func occurs(
    _ needle: UnsafeBufferPointer<UInt8>,
    in text: UnsafeBufferPointer<UInt8>
) -> Bool {
    guard let first = needle.first else { return true }
    guard text.count >= needle.count else { return false }
    for start in 0...(text.count - needle.count) where text[start] == first {
        if (1..<needle.count).allSatisfy({ text[start + $0] == needle[$0] }) { return true }
    }
    return false
}
