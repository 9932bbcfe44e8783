import Engine

/// What ctld is to set up: the targets of ctl.conf(5), of which the kernel shows only what came of
/// them. A file in the other form that ctld knows (`ctld -u`) is not read.
struct CtlConf {
    /// A target with a port of iSCSI, and how many units it has.
    struct Target {
        let name: Bytes
        var units = 0
    }

    private(set) var targets: [Target] = []

    /// Where ctld looks when it is told no file.
    private static let place = "/etc/ctl.conf"

    /// What to look at.
    static func query(_ config: String?) -> Query { .text(config ?? place) }

    /// Nil where there is no file, or one that cannot be read: nobody can tell then what is to be
    /// served.
    init?(_ answers: Answers, config: String?) {
        guard case .text(let bytes?) = answers[Self.query(config)] else { return nil }
        var words = Words(bytes[...])
        while let word = words.next() {
            switch word.keyword {
            case "target":
                guard let name = words.next(), let target = Self.target(name.text, &words) else {
                    return nil
                }
                targets += target.map { [$0] } ?? []
            case "{":
                guard words.skipBlock() else { return nil }
            case "}": return nil
            // The ports of another node's targets are offline here, and are not told apart.
            case "foreign": return nil
            default: continue
            }
        }
        guard !words.isBroken else { return nil }
    }

    /// The block behind a target's name; nil inside where it has ports of other kinds alone.
    private static func target(_ name: Bytes, _ words: inout Words) -> Target?? {
        guard words.next()?.keyword == "{" else { return nil }
        var target = Target(name: name)
        var hasGroup = false
        var hasPort = false
        while let word = words.next() {
            switch word.keyword {
            case "}": return .some(hasGroup || !hasPort ? target : nil)
            case "{":
                guard words.skipBlock() else { return nil }
            case "portal-group": hasGroup = true
            case "port": hasPort = true
            case "lun":
                guard let number = words.next(), number.text.number != nil else { return nil }
                target.units += 1
            default: continue
            }
        }
        return nil
    }
}

extension CtlConf {
    /// A word of the file, or one of its braces.
    private struct Word {
        let text: Bytes
        /// The word where it can be a keyword; a quoted one cannot.
        let keyword: String?
    }

    /// The words of the file; what follows a `#` in a line is none (usr.sbin/ctld/token.l).
    private struct Words {
        private var rest: Bytes
        /// Whether a quote was not closed.
        private(set) var isBroken = false

        init(_ bytes: Bytes) { rest = bytes }

        mutating func next() -> Word? {
            skipBlanks()
            guard let first = rest.first else { return nil }
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                rest.removeFirst()
                return Word(text: [first], keyword: first == UInt8(ascii: "{") ? "{" : "}")
            case UInt8(ascii: "\""):
                let text = rest.dropFirst().prefix { $0 != first }
                isBroken = text.endIndex == rest.endIndex
                rest = rest[text.endIndex...].dropFirst()
                return Word(text: text, keyword: nil)
            default:
                let text = rest.prefix { !Self.isBlank($0) && !Self.marks.contains($0) }
                rest = rest[text.endIndex...]
                return Word(text: text, keyword: String(decoding: text, as: UTF8.self))
            }
        }

        /// Goes behind the brace that closes a block; false where none does.
        mutating func skipBlock() -> Bool {
            var depth = 1
            while depth > 0, let word = next() {
                if word.keyword == "{" { depth += 1 }
                if word.keyword == "}" { depth -= 1 }
            }
            return depth == 0
        }

        private mutating func skipBlanks() {
            while let first = rest.first {
                if first == UInt8(ascii: "#") {
                    rest = rest.drop { $0 != UInt8(ascii: "\n") }
                } else if Self.isBlank(first) {
                    rest.removeFirst()
                } else {
                    return
                }
            }
        }

        private static let marks = Array("{}#\"".utf8)

        private static func isBlank(_ byte: UInt8) -> Bool {
            byte <= 0x20 || byte == UInt8(ascii: ";")
        }
    }
}
