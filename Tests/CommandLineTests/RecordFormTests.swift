import Foundation
import Testing

@testable import Engine

/// The JSON form of records is public: it is held by goldens, each way.
@Suite struct RecordFormTests {
    private static let golden = Program.root.appending(path: "Tests/Goldens/records.jsonl")

    private static let node = NodeID(4)
    private static let work = WorkID(17)
    private static let tool = Command.tool("hastctl", "role", "primary", "disk0")

    private static let facts: [Fact] = [
        .began(settled: .seconds(3)),
        .phase(.requiring), .phase(.forward), .phase(.committed), .phase(.checking),
        .phase(.draining("a guard is broken")), .phase(.rollingBack), .phase(.counterpart),
        .phase(.ifFailed), .phase(.fencing),
        .required(0, .holds, .seen),
        .required(1, .doesNot("is backup"), .assumed("this node is master")),
        .stepBegan(node, .forward),
        .looked(node, .forward, .opening, .doesNot("role is \"secondary\""), .seen),
        .looked(node, .back, .goal, .unknown("hastctl does not answer"), .after(work)),
        .looked(node, .forward, .when, .never("no such pool"), .unknowable("not imported yet")),
        .looked(node, .forward, .guard, .holds, .given("carp=master")),
        .looked(node, .forward, .final, .holds, .seen),
        .intent(
            node, .forward, attempt: 2,
            [
                tool, Command(.log("a line")), Command(.ask("sure?", unattended: .refuse)),
                Command(.fenceSelf),
            ]),
        .commandBegan(node, .forward, work, tool),
        .processStarted(node, work, ProcessIdentity(pid: 812, started: 4_711_000)),
        .resumed(.forward), .resumed(.back), .resumed(.counterpart),
        .commandEnded(node, .forward, work, Output(.exited(1), error: Array("no\n".utf8))),
        .commandEnded(node, .back, work, Output(.signalled(9), output: [0xff, 0x00])),
        .commandEnded(node, .forward, work, Output(.unavailable("hastctl is not installed"))),
        .commandEnded(node, .forward, work, Output(.notStarted("no process is to be had"))),
        .commandGivenUp(node, .forward, work, tool, pid: 812),
        .commandGivenUp(node, .forward, work, tool, pid: nil),
        .commandLeft(node, .back, work, pid: 812),
        .commandGone(node, work),
        .retrying(node, .forward, attempt: 1, after: .milliseconds(1500), why: "exit 1"),
        .stepEnded(node, .forward, .done(.seen)), .stepEnded(node, .forward, .already),
        .stepEnded(node, .forward, .notWanted("pool tank is imported")),
        .stepEnded(node, .forward, .failed(why: "not so in time", lastSeen: "role is init")),
        .stepEnded(node, .forward, .cut), .stepEnded(node, .back, .undone),
        .stepEnded(node, .back, .nothingToUndo),
        .stepEnded(node, .back, .noInverse("waiting changes nothing")),
        .stepEnded(node, .back, .parked("what rests on it is in doubt")),
        .guardBroken(node, .doesNot("is backup")),
        .superseded(by: "become-slave"), .interrupted, .warned("replicas may have diverged"),
        .ended(
            Ending(
                .stuck, reason: "a command is in doubt", warnings: ["one"], remaining: ["reboot"],
                handOver: "become-slave")),
        .ended(Ending(.done, reason: "")),
        .ended(Ending(.stuck, reason: "ctld did not start", isCommitted: true)),
    ]

    private static let records = facts.enumerated().map { index, fact in
        Record(at: Instant(nanoseconds: Int64(index) * 250_000_000), fact)
    }

    private func line(_ record: Record) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self)
    }

    @Test func `records are written as they always were`() throws {
        let text = try Self.records.map { try line($0) + "\n" }.joined()
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: Self.golden)
        }
        #expect(text == String(decoding: try Data(contentsOf: Self.golden), as: UTF8.self))
    }

    @Test(arguments: records.indices)
    func `what was written is read back`(_ index: Int) throws {
        let text = try line(Self.records[index])
        let read = try JSONDecoder().decode(Record.self, from: Data(text.utf8))
        #expect(try line(read) == text)
        #expect("\(read)" == "\(Self.records[index])")
    }

    @Test func `every fact has its sample`() throws {
        let names = try Self.records.map { record in
            let object = try JSONDecoder().decode(NameOnly.self, from: Data(line(record).utf8))
            return object.fact
        }
        for name in FactName.allCases { #expect(names.contains(name), "\(name)") }
    }

    @Test func `every fact and every key stands on the page of the records`() throws {
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/records.md"), encoding: .utf8)
        for name in FactName.allCases { #expect(page.contains("`\(name.rawValue)`"), "\(name)") }
        let text = try Self.records.map { try line($0) }.joined()
        for key in Set(text.matches(of: /"([a-z-]+)":/).map { String($0.1) }) {
            #expect(page.contains("`\(key)`"), "\(key)")
        }
    }

    private struct NameOnly: Decodable { let fact: FactName }

    @Test(arguments: [
        "{}", #"{"at":1}"#, #"{"at":1,"fact":"dreamt"}"#,
        #"{"at":1,"fact":"step-began","node":1,"way":"up"}"#,
        #"{"at":9223372036854775807,"fact":"interrupted"}"#, #"{"at":-1,"fact":"interrupted"}"#,
        #"{"at":1,"fact":"intent","node":1,"way":"back","attempt":1,"commands":[{}]}"#,
    ])
    func `what is no record is refused`(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Record.self, from: Data(text.utf8))
        }
    }
}
