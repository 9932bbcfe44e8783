import Engine

/// What ctld is to set up: the targets of ctl.conf(5), of which the kernel shows only what came of
/// them. A file in the other form that ctld knows (`ctld -u`) is not read.
struct CtlConf {
    /// A target with a port of iSCSI, and how many units it has.
    struct Target {
        /// In small letters, as ctld makes it.
        let name: Bytes
        var units = 0
        fileprivate var groups: [Bytes] = []

        fileprivate init(_ name: Bytes) { self.name = Ctld.normal(name)[...] }
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
        // Those of the other node, whose ports are offline here.
        var foreign: [Bytes] = []
        while let word = words.next() {
            switch word.keyword {
            case "target":
                guard let name = words.next(), let target = Self.target(name.text, &words) else {
                    return nil
                }
                targets += target.map { [$0] } ?? []
            case "portal-group":
                guard let name = words.next(), words.next()?.keyword == "{",
                    let isForeign = words.skipBlock(lookingFor: "foreign")
                else { return nil }
                if isForeign { foreign.append(name.text) }
            case "{":
                guard words.skipBlock() != nil else { return nil }
            case "}": return nil
            default: continue
            }
        }
        guard !words.isBroken else { return nil }
        targets.removeAll { target in
            !target.groups.isEmpty
                && target.groups.allSatisfy { group in foreign.contains { $0.elementsEqual(group) }
                }
        }
    }

    /// The block behind a target's name; nil inside where it has ports of other kinds alone.
    private static func target(_ name: Bytes, _ words: inout Words) -> Target?? {
        guard words.next()?.keyword == "{" else { return nil }
        var target = Target(name)
        var hasPort = false
        while let word = words.next() {
            switch word.keyword {
            case "}": return .some(target.groups.isEmpty && hasPort ? nil : target)
            case "{":
                guard words.skipBlock() != nil else { return nil }
            case "portal-group":
                guard let group = words.next() else { return nil }
                target.groups.append(group.text)
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

        /// Goes behind the brace that closes a block; gives whether a keyword stands in it, at its
        /// own level, or nil where no brace closes it.
        mutating func skipBlock(lookingFor keyword: String? = nil) -> Bool? {
            var depth = 1
            var isThere = false
            while depth > 0, let word = next() {
                if word.keyword == "{" { depth += 1 }
                if word.keyword == "}" { depth -= 1 }
                if depth == 1, let keyword, word.keyword == keyword { isThere = true }
            }
            return depth == 0 ? isThere : nil
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
