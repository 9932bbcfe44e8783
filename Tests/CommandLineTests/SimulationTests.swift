import Foundation
import Testing

@testable import Engine

/// The shipped plans on simulated pairs, through the built program.
@Suite struct SimulationTests {
    private static let worlds: [String] = {
        let folder = Program.root.appending(path: "plans/worlds").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "plans/worlds/\($0)" }
    }()
    private static let plans = ["plans/become-master.yaml", "plans/become-slave.yaml"]

    @Test(arguments: plans)
    func `a plan is done on the pair it is made for`(_ plan: String) throws {
        let outcome = try Program.run("run", plan, "--simulate", "--fast")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("(simulated): done"))
        #expect(!outcome.errors.isEmpty)
        #expect(!(outcome.output + outcome.errors).contains("\u{1B}"))
    }

    @Test(arguments: plans, worlds)
    func `a plan comes to a true end in every world`(_ plan: String, _ world: String) throws {
        let outcome = try Program.run("run", plan, "--world", world, "--fast", "--json")
        let last = try #require(outcome.lines.last)
        let record = try JSONDecoder().decode(Record.self, from: Data(last.utf8))
        guard case .ended(let ending) = record.fact else {
            Issue.record("the last record is not the ending: \(last)")
            return
        }
        #expect(outcome.code == ending.kind.exitCode)
        #expect(outcome.errors.isEmpty)
    }

    @Test func `the records are JSON lines, a heading first`() throws {
        let outcome = try Program.run("run", Self.plans[0], "--simulate", "--fast", "--json")
        #expect(outcome.code == 0)
        let heading = try #require(outcome.lines.first)
        let object = try JSONSerialization.jsonObject(with: Data(heading.utf8)) as? [String: Any]
        #expect(object?["fact"] as? String == "plan")
        #expect(object?["plan"] as? String == "become-master")
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let time = try style.parse(#require(object?["time"] as? String))
        #expect(abs(time.timeIntervalSinceNow) < 60)
        let records = try outcome.lines.dropFirst().map {
            try JSONDecoder().decode(Record.self, from: Data($0.utf8))
        }
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test func `equal worlds give equal records`() throws {
        let arguments = ["run", Self.plans[0], "--simulate", "--fast", "--json"]
        // The heading has the wall clock in it.
        let (one, other) = try (Program.run(arguments), Program.run(arguments))
        #expect(one.lines.count > 1 && one.lines.dropFirst() == other.lines.dropFirst())
    }

    @Test(arguments: plans)
    func `a preview tells the changes and makes none`(_ plan: String) throws {
        let preview = try Program.run("preview", plan, "--simulate")
        #expect(preview.code == 0)
        #expect(preview.errors.isEmpty)
        for text in ["nothing was changed", "hastctl role", "limits:", "[seen"] {
            #expect(preview.output.contains(text), "\(text)")
        }
        let dry = try Program.run("run", plan, "--dry-run", "--simulate")
        #expect(dry.output == preview.output)
    }

    @Test func `a world that is not there is a fault of the input`() throws {
        let outcome = try Program.run("run", Self.plans[0], "--world", "nowhere.yaml", "--fast")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("nowhere.yaml"))
    }
}
