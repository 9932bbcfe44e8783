import Foundation
import Testing

/// An engine that somebody has stopped, and one that cannot begin.
@Suite struct StoppedTests {
    private let pair: PlainPair

    init() throws {
        pair = try PlainPair()
        try pair.file(
            "slow.yaml", "plan: slow\nsteps:\n  - wait-for-file: \(pair.folder)/never\n")
    }

    @Test func `it is told by all who are asked and by who waits`() throws {
        let program = try Program.start(["run", pair.plan("slow"), "--pair", "p"])
        let pid = program.process.processIdentifier
        defer { kill(pid, SIGKILL) }
        program.wait(for: "wait    ")
        #expect(try pair.failover("status").code == 0)
        #expect(kill(pid, SIGSTOP) == 0)
        let words = "stopped (pid \(pid)); continue it with kill -CONT \(pid)"
        #expect(pair.wait { (try? pair.failover("status").output.contains(words)) == true })
        let status = try pair.failover("status")
        #expect(status.code == 2, "\(status)")
        let json = try pair.failover("status", "--json")
        #expect(json.output.contains(#""holder-stopped":true"#), "\(json)")
        #expect(json.output.contains(#""standing":"left""#), "\(json)")
        let second = try Program.run("run", pair.plan("slow"), "--pair", "p")
        #expect(second.code == 75, "\(second)")
        #expect(second.errors.contains(words), "\(second)")
        let waiting = try pair.start(["on", "slave", "--wait"])
        waiting.wait(for: words)
        waiting.send(SIGINT, after: words)
        #expect(waiting.end().errors.contains(words))
        #expect(kill(pid, SIGCONT) == 0)
        program.send(SIGINT, after: "wait    ")
        #expect(try pair.failover("status").output.contains("STOPPED") == false)
    }

    @Test func `too few descriptors are told, and nothing begins`() throws {
        for words in ["status", "--help", "run \(pair.plan("up"))"] {
            let outcome = try Program.start(
                ["-c", "ulimit -n 16; exec '\(Program.binary.path)' \(words)"],
                binary: URL(filePath: "/bin/sh")
            ).end()
            #expect(outcome.code == 70, "\(outcome)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains("`ulimit -n`"), "\(outcome)")
        }
        #expect(!pair.has("up"))
    }

    @Test func `without signals there is the pair that a person runs`() throws {
        try FileManager.default.removeItem(atPath: pair.folder + "/signals.yaml")
        for words in [["status"], ["history"], ["recover"]] {
            let outcome = try pair.failover(words)
            #expect(outcome.code == 0, "\(outcome)")
        }
        let nothing = try pair.failover("show")
        #expect(nothing.code == 0 && nothing.errors.contains("there are no runs yet"))
        #expect(try Program.run("run", pair.plan("up")).code == 0)
        let status = try pair.failover("status")
        #expect(status.code == 0 && status.output.contains("pair default"), "\(status)")
        #expect(status.output.contains("last run  up, begun "), "\(status)")
        #expect(status.output.contains("no signals.yaml says when this node is master"))
        #expect(try pair.failover("show").output.contains("up: done"))
        #expect(try pair.failover("on", "master").code == 65)
        let typo = try Program.run("status", "--plans", pair.folder + "/plams")
        #expect(typo.code == 64 && typo.errors.contains("there is no folder"), "\(typo)")
    }
}
