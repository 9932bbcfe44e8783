import Engine
import Foundation
import Testing

/// The readers of what comes in, held against what was recorded (`Tests/Facts`): each line, and
/// what is taken of it.
@Suite struct NoticeFactsTests {
    /// A file of lines, and who reads them.
    enum Recording: String, CaseIterable, Sendable {
        case fifo = "keepalived/fifo"
        case notify = "keepalived/notify"
        case events = "drbdsetup/events2"
        case devd = "devd/carp"
        case hook = "hastctl/hook"

        func read(_ line: String) -> Result<Notice?, Refusal> {
            switch self {
            case .fifo: Notice.fifo(line: line + "\n")
            case .notify:
                Notice.keepalived(arguments: line.split(separator: " ").map(String.init))
            case .events: Notice.drbd(line: line + "\n")
            case .devd: Notice.devd(line: line + "\n")
            case .hook: Notice.hast(arguments: line.split(separator: " ").map(String.init))
            }
        }

        func lines() throws -> [Substring] {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Facts/\(rawValue).lines")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        }
    }

    @Test(arguments: Recording.allCases) func `each line is taken for what it is`(
        _ recording: Recording
    ) throws {
        let lines = try recording.lines()
        #expect(lines.first?.hasPrefix("# source: ") == true)
        let facts = lines.filter { !$0.hasPrefix("#") }
        #expect(facts.count > 3)
        for fact in facts {
            let parts = fact.components(separatedBy: " => ")
            try #require(parts.count == 2, "\(fact)")
            switch recording.read(parts[0]) {
            case .success(let notice): #expect((notice?.text ?? "nothing") == parts[1], "\(fact)")
            case .failure(let refusal): Issue.record("\(fact): \(refusal.why)")
            }
        }
    }
}
