/// The text of one file, by which a span finds its excerpt.
public struct SourceText: Sendable {
    /// The file's name as the user gave it.
    public let name: String
    /// The bytes as read.
    public let bytes: [UInt8]

    /// Keeps the bytes of a file; bytes that are not UTF-8 show as replacement characters.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The lines without their ends and without a byte order mark, split anew at each call.
    ///
    /// A file without faults never needs them, so reading it does not pay for them. The breaks
    /// are those of YAML 1.1, so that a line has the number that libyaml gives it.
    public var lines: [Substring] {
        bytes.withUnsafeBufferPointer { bytes in
            var lines: [Substring] = []
            var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            var index = start
            while index < bytes.count {
                let length = Self.lineBreak(in: bytes, at: index)
                if length > 0 {
                    lines.append(Self.text(bytes[start..<index]))
                    start = index + length
                }
                index += max(1, length)
            }
            lines.append(Self.text(bytes[start...]))
            return lines
        }
    }

    private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Substring {
        bytes.isEmpty ? "" : String(decoding: bytes, as: UTF8.self)[...]
    }

    /// The bytes of the line break at `index`: LF, CR, CRLF, U+0085, U+2028 or U+2029; 0 for none.
    private static func lineBreak(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 {
            index + offset < bytes.count ? bytes[index + offset] : 0
        }
        switch bytes[index] {
        case 0x0A: return 1
        case 0x0D: return byte(1) == 0x0A ? 2 : 1
        case 0xC2: return byte(1) == 0x85 ? 2 : 0
        case 0xE2: return byte(1) == 0x80 && (0xA8...0xA9).contains(byte(2)) ? 3 : 0
        default: return 0
        }
    }
}
