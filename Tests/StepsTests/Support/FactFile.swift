import Engine
import Foundation
import Testing

/// One file under Tests/Facts: what tools printed in one situation, and what to make of it.
struct FactFile: CustomTestStringConvertible {
    /// A line under `expect:`.
    struct Expectation {
        let kind: String
        let value: String
        let outcome: String
    }

    let name: String
    private(set) var source: String?
    private(set) var platform = Platform.freebsd
    private(set) var expectations: [Expectation] = []
    private(set) var outputs: [(argv: String, answer: Answer)] = []
    private var processes: [ProcessEntry]?
    private var processesMissing: String?
    private var ports: [(host: String, port: Int, state: PortState)] = []
    private var files: [(path: String, answer: Answer)] = []
    private var kinds: [(path: String, kind: PathKind)] = []

    var testDescription: String { name }

    /// The files, in the order of their names.
    static let all: [FactFile] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Facts")
        let names = FileManager.default.enumerator(atPath: folder.path())?.allObjects ?? []
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".txt") }.sorted().map {
            guard let data = FileManager.default.contents(atPath: folder.appending(path: $0).path())
            else { preconditionFailure("\($0) cannot be read") }
            return FactFile($0, String(decoding: data, as: UTF8.self))
        }
    }()

    private init(_ name: String, _ text: String) {
        self.name = name
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            switch words.first ?? "" {
            case "#":
                if let place = line.wholeMatch(of: /# source: (.+)/)?.output.1 {
                    source = String(place)
                }
            case "platform": platform = Platform(rawValue: words[1]) ?? .freebsd
            case "$": outputs.append((words[1], Self.answer(&lines)))
            case "process", "foreign-process", "port", "missing-processes": row(words[0], words[1])
            case "file", "no-file", "missing-file": file(words[0], words[1], &lines)
            case "folder": kinds.append((words[1], .folder))
            case "no-path": kinds.append((words[1], .absent))
            case "expect:":
                expectations = lines.filter { !$0.isEmpty }.map(Self.expectation)
                return
            default: preconditionFailure("\(name): what is `\(line)`?")
            }
        }
    }

    private mutating func row(_ kind: String, _ rest: String) {
        let words = rest.split(separator: " ", maxSplits: kind.hasSuffix("process") ? 1 : 2).map(
            String.init
        )
        switch kind {
        case "process", "foreign-process":
            guard let pid = Int32(words[0]) else { preconditionFailure("\(rest) has no number") }
            let origin = origin(of: words[1], isForeign: kind != "process")
            processes =
                (processes ?? []) + [
                    ProcessEntry(pid: pid, title: words[1], origin: origin)
                ]
        case "port":
            guard let port = Int(words[1]), let state = PortState(rawValue: words[2]) else {
                preconditionFailure("\(rest) is no port")
            }
            ports.append((words[0], port, state))
        default: processesMissing = rest
        }
    }

    /// Root's, of the program that the title begins with; `hastd: …` is a child of hastd. A foreign
    /// one is a user's, of another program.
    private func origin(of title: String, isForeign: Bool) -> ProcessEntry.Origin {
        let first = title.prefix { $0 != " " }
        let name = first.hasSuffix(":") ? String(first.dropLast()) : String(first)
        let parent = processes?.first { $0.title == "/sbin/" + name && name != first }
        return ProcessEntry.Origin(
            program: isForeign ? "/usr/bin/perl" : name, user: isForeign ? 1001 : 0,
            parent: isForeign ? 1 : parent?.pid ?? 1, started: 0)
    }

    /// `file PATH` and its lines, each behind `| `; `no-file PATH`; `missing-file PATH WHY`.
    private mutating func file(
        _ kind: String, _ rest: String, _ lines: inout ArraySlice<Substring>
    ) {
        let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
        switch kind {
        case "no-file": files.append((words[0], .text(nil)))
        case "missing-file": files.append((words[0], .missing(why: words[1])))
        default:
            let body = lines.prefix { $0.hasPrefix("| ") }
            lines = lines[body.endIndex...]
            let bytes = body.flatMap { Array($0.dropFirst(2).utf8) + [UInt8(ascii: "\n")] }
            files.append((words[0], .text(bytes)))
        }
    }

    private static func answer(_ lines: inout ArraySlice<Substring>) -> Answer {
        let end = lines.popFirst()?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        precondition(end.count == 2, "a command lacks its end")
        let output = block("stdout:", &lines)
        let error = block("stderr:", &lines)
        switch end[0] {
        case "missing": return .missing(why: end[1])
        case "not-started": return .output(Output(.notStarted(end[1])))
        case "unavailable": return .output(Output(.unavailable(end[1])))
        default:
            guard let number = Int32(end[1]) else { preconditionFailure("\(end) is no end") }
            let status = end[0] == "exit" ? Output.Status.exited(number) : .signalled(number)
            return .output(Output(status, output: output, error: error))
        }
    }

    private static func block(_ title: String, _ lines: inout ArraySlice<Substring>) -> [UInt8] {
        guard lines.first == title[...] else { return [] }
        lines.removeFirst()
        let body = lines.prefix {
            !$0.hasPrefix("$ ") && $0 != "stdout:" && $0 != "stderr:" && $0 != "expect:"
        }
        lines = lines[body.endIndex...]
        return body.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
    }

    private static func expectation(_ line: Substring) -> Expectation {
        guard let found = line.wholeMatch(of: /(\S+) (.*) => (.+)/)?.output else {
            preconditionFailure("`\(line)` is no expectation")
        }
        return Expectation(
            kind: String(found.1),
            value: String(found.2),
            outcome: String(found.3)
        )
    }

    /// What the situation answers to these queries.
    func answers(to queries: [Query]) -> Answers { Answers(queries, queries.map(answer)) }

    private func answer(to query: Query) -> Answer {
        switch query {
        case .command(let look): output(of: look.argv)
        case .userCommand(let look): output(of: look.argv)
        case .processes:
            processes.map { .processes($0) } ?? .missing(why: processesMissing ?? "not recorded")
        case .port(let host, let port):
            ports.first { $0.host == host && $0.port == port }.map { .port($0.state) }
                ?? .missing(why: "not recorded")
        case .text(let path):
            files.first { $0.path == path }?.answer ?? .missing(why: "not recorded")
        case .path(let path):
            kinds.first { $0.path == path }.map { .path($0.kind) } ?? .missing(why: "not recorded")
        }
    }

    private func output(of argv: [String]) -> Answer {
        outputs.first { $0.argv == argv.joined(separator: " ") }?.answer
            ?? .missing(why: "not recorded")
    }
}
