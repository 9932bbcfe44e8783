import Engine

/// The parts of an input as the answers of a host.
struct FactAnswers {
    static let processes = "processes"
    static let ports = "ports"

    private let input: Input
    /// Every tool prints nothing and exits with this code.
    private let silent: Int32?

    init(_ input: Input, silencedWith code: Int32? = nil) {
        self.input = input
        silent = code
    }

    func answers(to queries: [Query]) -> Answers { Answers(queries, queries.map(answer)) }

    /// Whatever the tools printed.
    var outputs: [Output] {
        input.parts.dropFirst().compactMap { part in
            if case .output(let output) = Self.answer(part.bytes) { output } else { nil }
        }
    }

    private func answer(to query: Query) -> Answer {
        switch query {
        case .command(let look): output(of: look.argv)
        case .userCommand(let look): output(of: look.argv)
        case .processes: processes
        case .port: .port(input.text(Self.ports).contains("open") ? .open : .refused)
        case .path: .path(input.parts.count % 2 == 0 ? .absent : .characterDevice)
        case .text(let path): .text(input[path])
        }
    }

    private var processes: Answer {
        guard let bytes = input[Self.processes] else { return .missing(why: "not recorded") }
        let rows = bytes.split(separator: 0x0A).compactMap { row -> ProcessEntry? in
            let words = row.split(separator: 0x20, maxSplits: 1)
            let title = words.count > 1 ? String(decoding: words[1], as: UTF8.self) : ""
            // Titles are anybody's; the numbers are the kernel's.
            guard let first = words.first, let pid = Int32(String(decoding: first, as: UTF8.self)),
                pid > 0
            else { return nil }
            // So is who it is; root's and a user's, children of the daemon and of others.
            let origin = ProcessEntry.Origin(
                program: String(title.prefix { $0 != " " && $0 != ":" }), user: UInt32(pid % 3),
                parent: pid % 5, started: UInt64(pid))
            return ProcessEntry(pid: pid, title: title, origin: pid % 7 == 0 ? nil : origin)
        }
        return .processes(rows)
    }

    private func output(of argv: [String]) -> Answer {
        if let silent { return .output(Output(.exited(silent))) }
        let bytes = input[argv.joined(separator: " ")]
        // A look of which nothing is recorded is answered by something else that was printed.
        return Self.answer(bytes ?? input.parts.last?.bytes ?? [])
    }

    /// Reads `exit 0`, then the output, then what follows a line `stderr:`.
    private static func answer(_ bytes: [UInt8]) -> Answer {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
        let words = String(decoding: bytes[..<end], as: UTF8.self)
            .split(separator: " ", maxSplits: 1).map(String.init)
        let rest = Array(bytes[end...].dropFirst())
        let (output, error) = streams(rest)
        let number = words.count > 1 ? Int32(words[1]) ?? 0 : 0
        // The host's own words, which are of its making, and short.
        let why = printable(String((words.count > 1 ? words[1] : "?").unicodeScalars.prefix(100)))
        switch words.first {
        case "missing": return .missing(why: why)
        case "signal": return .output(Output(.signalled(number), output: output, error: error))
        case "not-started": return .output(Output(.notStarted(why)))
        case "unavailable": return .output(Output(.unavailable(why)))
        default: return .output(Output(.exited(number), output: output, error: error))
        }
    }

    private static func streams(_ bytes: [UInt8]) -> ([UInt8], [UInt8]) {
        let mark = Array("stderr:\n".utf8)
        guard bytes.count >= mark.count else { return (bytes, []) }
        for start in 0...(bytes.count - mark.count)
        where bytes[start] == mark[0] && bytes[start..<start + mark.count].elementsEqual(mark) {
            return (Array(bytes[..<start]), Array(bytes[(start + mark.count)...]))
        }
        return (bytes, [])
    }
}
