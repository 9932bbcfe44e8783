/// A file of Tests/Facts, taken apart: what was asked, and what each tool printed.
struct FactText {
    private var asks: [String] = []
    private var parts: [(String, String)] = []

    init(_ text: String) {
        var isExpected = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "expect:" {
                isExpected = true
            } else if isExpected {
                if let end = line.firstRange(of: " => ") {
                    asks.append(String(line[..<end.lowerBound]))
                }
            } else if line.hasPrefix("$ ") {
                parts.append((String(line.dropFirst(2)), ""))
            } else if line.hasPrefix("process ") {
                addRow(FactAnswers.processes, String(line.dropFirst(8)))
            } else if line.hasPrefix("port ") {
                addRow(FactAnswers.ports, String(line.dropFirst(5)))
            } else if line.hasPrefix("file ") {
                parts.append((String(line.dropFirst(5)), ""))
            } else if line.hasPrefix("| "), !parts.isEmpty {
                parts[parts.count - 1].1 += line.dropFirst(2) + "\n"
            } else if ["no-file ", "missing-file ", "folder ", "no-path "].contains(
                where: line.hasPrefix)
            {
                continue
            } else if !line.hasPrefix("# "), !parts.isEmpty, line != "stdout:" {
                parts[parts.count - 1].1 += line + "\n"
            }
        }
    }

    private mutating func addRow(_ part: String, _ row: String) {
        if let index = parts.firstIndex(where: { $0.0 == part }) {
            parts[index].1 += row + "\n"
        } else {
            parts.insert((part, row + "\n"), at: 0)
        }
    }

    /// The input: what is asked, then a part for each answer.
    func input(asks name: String) -> Input {
        Input([(name, asks.joined(separator: "\n"))] + parts)
    }
}
