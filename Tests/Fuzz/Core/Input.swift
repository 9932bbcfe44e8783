/// What a target is fed with: named parts, such as the files of a plan or the answers of tools.
struct Input: Hashable {
    struct Part: Hashable {
        let name: String
        var bytes: [UInt8]
    }

    var parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    init(_ parts: [(String, String)]) {
        self.parts = parts.map { Part(name: $0.0, bytes: Array($0.1.utf8)) }
    }

    /// The bytes of a part; nil when there is none of this name.
    subscript(name: String) -> [UInt8]? { parts.first { $0.name == name }?.bytes }

    /// The part as text; empty when there is none.
    func text(_ name: String) -> String { String(decoding: self[name] ?? [], as: UTF8.self) }

    /// How many bytes its parts have.
    var size: Int { parts.reduce(0) { $0 + $1.bytes.count } }
}

// MARK: - As a file

extension Input {
    private static let mark = "part "

    /// The form in the corpus: a line with the length and the name of each part, then its bytes.
    var file: [UInt8] {
        parts.flatMap { part in
            Array("\(Self.mark)\(part.bytes.count) \(part.name)\n".utf8) + part.bytes + [0x0A]
        }
    }

    /// Reads the form of the corpus; nil for anything else.
    init?(file: [UInt8]) {
        var parts: [Part] = []
        var rest = file[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: 0x0A) else { return nil }
            let words = String(decoding: rest[..<end], as: UTF8.self)
                .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            rest = rest[end...].dropFirst()
            guard words.count == 3, words[0] + " " == Self.mark, let count = Int(words[1]),
                count >= 0, count < rest.count
            else { return nil }
            parts.append(Part(name: String(words[2]), bytes: Array(rest.prefix(count))))
            rest = rest.dropFirst(count + 1)
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }
}
