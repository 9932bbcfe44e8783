/// An IPv4 or IPv6 address, the same however it is written.
struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes.
    private let bytes: [UInt8]

    /// Reads `192.0.2.250`, `2001:db8::1` or `::ffff:192.0.2.1`; nil for anything else, a prefix
    /// length behind it included.
    init?(_ text: Bytes) {
        guard let bytes = text.contains(UInt8(ascii: ":")) ? Self.six(text) : Self.four(text)
        else { return nil }
        self.bytes = bytes
    }

    private static func four(_ text: Bytes) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part -> UInt8? in
            // Some read a leading zero as octal.
            guard part.count == 1 || part.first != UInt8(ascii: "0") else { return nil }
            return part.number.flatMap { UInt8(exactly: $0) }
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func six(_ text: Bytes) -> [UInt8]? {
        let colon = UInt8(ascii: ":")
        let gap = text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
        guard let gap else {
            let whole = groups(text)
            return whole?.count == 16 ? whole : nil
        }
        guard let head = groups(text[..<gap], isTail: false), let tail = groups(text[(gap + 2)...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups of up to four hexadecimal digits; at the end an IPv4 address may stand for two.
    private static func groups(_ text: Bytes, isTail: Bool = true) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if isTail, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let four = four(part) else { return nil }
                return bytes + four
            }
            guard (1...4).contains(part.count), part.allSatisfy(isHexadecimal),
                let group = UInt16(part.operand, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The one spelling of the address: that of RFC 5952, without its mixed notation.
    var description: String {
        guard bytes.count > 4 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: bytes.count, by: 2).map {
            UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
        }
        func text(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        let gap = Self.gap(in: groups)
        // One group alone is written out.
        guard gap.count > 1 else { return text(groups[...]) }
        return text(groups[..<gap.lowerBound]) + "::" + text(groups[gap.upperBound...])
    }

    /// The first of the longest runs of groups that are zero.
    private static func gap(in groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest
    }
}
