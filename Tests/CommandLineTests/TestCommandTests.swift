import Foundation
import Testing

/// `failover test`, and the faults of a simulated run, through the built program.
@Suite struct TestCommandTests {
    @Test(arguments: [["plans"], ["plans/cases"], ["plans/"], ["--plans", "plans"]])
    func `the shipped cases pass`(_ arguments: [String]) throws {
        let outcome = try Program.run(["test"] + arguments)
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let last = try #require(outcome.lines.last)
        #expect(last == "\(outcome.lines.count - 1) passed, 0 failed")
        #expect(outcome.lines.dropLast().allSatisfy { $0.hasPrefix("ok      ") })
    }

    @Test func `a case that differs is 1, and one that cannot be read 65`() throws {
        let differs = "Tests/Cases/test-not-exactly/case.yaml"
        let scratch = try Scratch()
        let plan = Program.root.appending(path: "plans/become-slave.yaml").path
        let text = try String(contentsOf: Program.root.appending(path: differs), encoding: .utf8)
        let file = try scratch.file(
            "differs.yaml", text.replacingOccurrences(of: "become-slave.yaml", with: plan))
        let outcome = try Program.run("test", "plans/cases/give-up.yaml", file.path)
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("FAILED  differs "))
        #expect(outcome.output.contains("  ! "))
        #expect(outcome.lines.last == "1 passed, 1 failed")
        let other = try Program.run("test", file.path, "plans/site.yaml", "--json")
        #expect(other.code == 65)
        let objects = try other.lines.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        #expect(objects.first??["passed"] as? Bool == false)
        #expect((objects.first??["differences"] as? [Any])?.isEmpty == false)
        #expect(objects.last??["failed"] as? Int == 1 && objects.last??["invalid"] as? Int == 1)
    }

    @Test func `a seed at which a case does not hold is named`() throws {
        let scratch = try Scratch()
        let plan = Program.root.appending(path: "plans/become-slave.yaml").path
        let file = try scratch.file(
            "order.yaml",
            """
            plan: \(plan)
            set: {disks: [a, b, c], if-export-fails: park}
            expect:
              ending: done
              sequence: [hastctl role a, hastctl role b, hastctl role c]
            """)
        #expect(try Program.run("test", file.path).code == 0)
        let outcome = try Program.run("test", file.path, "--seeds", "50")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("with seed "))
        #expect(try Program.run("test", "plans", "--seeds", "5").code == 0)
    }

    @Test(arguments: ["Tests", "nowhere", "nowhere/"])
    func `nothing to test is a fault`(_ path: String) throws {
        let outcome = try Program.run("test", path)
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains(path))
        #expect(outcome.output.isEmpty)
    }

    @Test func `what is recorded is printed, and no file is changed`() throws {
        let scratch = try Scratch()
        let plan = Program.root.appending(path: "plans/become-slave.yaml").path
        let text = "plan: \(plan)\nset: {disks: [a], if-export-fails: park}\n"
        let file = try scratch.file("new.yaml", text)
        #expect(try Program.run("test", file.path).code == 65)
        let outcome = try Program.run("test", file.path, "--record")
        #expect(outcome.code == 0)
        #expect(scratch.text("new.yaml") == text)
        try scratch.file("new.yaml", text + outcome.output)
        #expect(try Program.run("test", file.path).code == 0)
    }

    @Test func `a fault strikes a simulated run`() throws {
        let run = ["run", "plans/become-master.yaml", "--simulate", "--fast"]
        let outcome = try Program.run(run + ["--fault", "zpool import: fails-before"])
        #expect(outcome.code == 1)
        #expect(!outcome.errors.contains("no-strike"))
        let two = ["--fault", "zpol import: hangs", "--fault", "peer-dies after 1h"]
        let missed = try Program.run(run + two + ["--json"])
        #expect(missed.code == 0)
        #expect(missed.errors.contains("did you mean `zpool`?"))
        #expect(missed.errors.contains("`peer-dies after 1h` never came"))
        #expect(missed.lines.last?.contains(#""fact":"ended""#) == true)
        let malformed = try Program.run(run + ["--fault", "zpool import: hang"])
        #expect(malformed.code == 64)
        #expect(malformed.errors.contains("did you mean `hangs`?"))
        #expect(malformed.errors.contains("it never ends and does nothing"))
    }

    @Test func `equal seeds give equal runs`() throws {
        let run = ["run", "plans/become-master.yaml", "--simulate", "--fast", "--json", "--seed"]
        let outcomes = try ["1", "1", "2"].map { seed in
            try Program.run(run + [seed]).lines.dropFirst()
        }
        #expect(outcomes[0] == outcomes[1])
        #expect(outcomes[0] != outcomes[2])
    }
}
