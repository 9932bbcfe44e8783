/// The usage that the parser makes of a command is one line, however many options there are.
enum UsageLine {
    private static let columns = 80

    /// The text with its usage folded between the options, the rest as it is.
    static func folded(in text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { isUsage($0) ? fold($0) : String($0) }.joined(separator: "\n")
    }

    private static func isUsage(_ line: Substring) -> Bool {
        line.count > columns && line.lowercased().hasPrefix("usage: ")
    }

    private static func fold(_ line: Substring) -> String {
        let margin = String(repeating: " ", count: "usage: ".count)
        var lines = [""]
        for part in parts(of: line) {
            let isFirst = lines[lines.count - 1].isEmpty
            if !isFirst, lines[lines.count - 1].count + 1 + part.count > columns {
                lines.append(margin + part)
            } else {
                lines[lines.count - 1] += isFirst ? part : " " + part
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The words of a line; what stands in brackets is one.
    private static func parts(of line: Substring) -> [Substring] {
        var depth = 0
        return line.split { character in
            switch character {
            case "[", "<": depth += 1
            case "]", ">": depth -= 1
            default: break
            }
            return character == " " && depth == 0
        }
    }
}
