/// How much of a command is shown and kept.
extension Command {
    /// A line shows so many bytes of a command at most; no terminal takes a longer one back.
    public static let lineLimit = 4096
    /// A record keeps so many bytes of a command's words.
    ///
    /// Linux starts no tool with a word of more than 128 KiB (`MAX_ARG_STRLEN`), FreeBSD none with
    /// more than 512 KiB in all (`ARG_MAX`).
    public static let recordLimit = 128 << 10

    private static let cutMark = "… and "
    private static let cutUnit = " bytes more"

    /// The words as a person would type them, cut at `lineLimit`.
    static func line(of argv: [String]) -> String {
        var text = ""
        for word in argv {
            let room = lineLimit - text.utf8.count
            guard word.utf8.count <= room else {
                let head = room > 0 ? shellQuoted(String(word.prefix(room))) : ""
                let bytes = argv.reduce(0) { $0 + $1.utf8.count + 1 }
                return "\(text)\(text.isEmpty ? "" : " ")\(head)… (cut: \(bytes) bytes in all)"
            }
            text += (text.isEmpty ? "" : " ") + shellQuoted(word)
        }
        return text
    }

    /// A text of the plan as a line shows it.
    static func line(of text: String) -> String {
        guard text.utf8.count > lineLimit else { return printable(text) }
        return printable(String(text.prefix(lineLimit))) + "… (cut: \(text.utf8.count) bytes)"
    }

    /// The words as a record keeps them: those that fit, and one more that tells of the rest.
    static func recorded(_ argv: [String]) -> [String] {
        var kept: [String] = []
        var room = recordLimit
        for word in argv {
            room -= word.utf8.count + 1
            guard room >= 0 else {
                let bytes = argv[kept.count...].reduce(0) { $0 + $1.utf8.count + 1 }
                return kept + ["\(cutMark)\(bytes)\(cutUnit)"]
            }
            kept.append(word)
        }
        return kept
    }

    /// Whether a process with these words is one that was recorded by those.
    public static func areWords(
        _ words: some Collection<String>, ofRecorded argv: some Collection<String>
    )
        -> Bool
    {
        guard let last = argv.map({ $0 }).last, last.hasPrefix(cutMark), last.hasSuffix(cutUnit)
        else {
            return words.elementsEqual(argv)
        }
        let kept = argv.dropLast()
        return words.count > kept.count && words.starts(with: kept)
    }
}
