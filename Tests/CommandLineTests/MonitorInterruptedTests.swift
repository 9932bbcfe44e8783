import Foundation
import Testing

/// Somebody comes, stops a process or changes a file in the middle of what follows.
@Suite struct MonitorInterruptedTests {
    @Test func `a hold during the last look leaves the address where it is`() throws {
        let watched = try WatchedPair("{command: [D/probe], for: 0s, then: release}", yields: true)
        defer { watched.end() }
        let pair = watched.pair
        try waitForLastLook(of: watched)
        #expect(try pair.failover("hold", "a disk is replaced").code == 0)
        try watched.lose("halt")
        #expect(pair.wait { watched.isFree("release") })
        #expect(!pair.has("yielded") && pair.has("up") && watched.told("given up") == 0)
        #expect(try pair.failover("unhold").code == 0)
        #expect(pair.wait { !pair.has("up") }, "\(pair.text("told"))")
        #expect(pair.has("yielded"))
    }

    @Test func `one who is stopped in the last look is told, and replaced`() throws {
        let watched = try WatchedPair("{command: [D/probe], for: 0s, then: release}", yields: true)
        defer { watched.end() }
        let pair = watched.pair
        try waitForLastLook(of: watched)
        let giver = try #require(watched.holder("lock"))
        #expect(kill(giver, SIGSTOP) == 0)
        let text = "what gives the pair up"
        watched.waitFor("\(text) is stopped (pid \(giver)); continue it with kill -CONT \(giver)")
        watched.waitFor("\(text) stayed stopped (pid \(giver))")
        try watched.lose("halt")
        #expect(pair.wait { !pair.has("up") }, "\(pair.text("told"))")
    }

    @Test func `a plan that is stopped is told, and what it began is ended`() throws {
        let watched = try WatchedPair("{file: D/a, for: 0s, then: {run: first.yaml}}")
        defer { watched.end() }
        let pair = watched.pair
        try watched.plan("first", "wait-for-file: D/go")
        try watched.lose("a")
        #expect(pair.wait { pair.journals.count == 2 })
        let runner = try #require(watched.holder("lock"))
        #expect(kill(runner, SIGSTOP) == 0)
        let text = "the plan that mends what is not so"
        watched.waitFor("\(text) is stopped (pid \(runner))")
        watched.waitFor("\(text) stayed stopped (pid \(runner))")
        try pair.file("go", "")
        #expect(pair.wait { watched.isFree("lock") && watched.holder("lock") != runner })
        #expect(pair.has("up"))
    }

    @Test func `one who is killed while it yields is followed by another`() throws {
        let watched = try WatchedPair("{file: D/a, for: 0s, then: release}", yields: true)
        defer { watched.end() }
        let pair = watched.pair
        try pair.file("halt", "")
        try watched.lose("a")
        try killWhoYields(watched)
        try watched.lose("halt")
        #expect(pair.wait { !pair.has("up") }, "\(pair.text("told"))")
        #expect(pair.has("yielded") && watched.told("not given up") == 0)
    }

    @Test func `what is never done is tried a few times`() throws {
        let watched = try WatchedPair("{file: D/a, for: 0s, then: release}", yields: true)
        defer { watched.end() }
        try watched.pair.file("halt", "")
        try watched.lose("a")
        for _ in 0..<3 { try killWhoYields(watched) }
        watched.waitFor("not given up, since that was begun 3 times and did not come to its end")
        #expect(watched.pair.has("up") && watched.told("given up: not so") == 3)
        try watched.lose("halt")
    }

    @Test func `a plan whose signals are at fault when it falls due runs once they are mended`()
        throws
    {
        let watched = try WatchedPair("{command: [D/probe], for: 0s, then: {run: first.yaml}}")
        defer { watched.end() }
        let pair = watched.pair
        try watched.plan("first", "execute: [rm, D/broken]")
        try pair.file("halt", "")
        #expect(pair.wait { pair.has("halted") })
        try pair.file("broken", "")
        let signals = pair.text("signals.yaml")
        try pair.file("signals.yaml", signals + "pears: []\n")
        try watched.lose("halt")
        watched.waitFor("signals.yaml is at fault, and nothing runs by it")
        try pair.file("signals.yaml", signals)
        #expect(pair.wait { !pair.has("broken") }, "\(pair.text("told"))")
        watched.waitFor("holds again: ")
        #expect(pair.journals.count == 2)
    }

    @Test func `what signals say anew is watched while something else is waited for`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 1h}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        let pair = watched.pair
        try watched.lose("a")
        try watched.waitForRounds()
        try pair.file(
            "signals.yaml",
            pair.text("signals.yaml") + "      - {file: \(pair.folder)/b, for: 0s}\n")
        try watched.lose("b")
        watched.waitFor("not so: D/b is present")
    }

    /// Breaks what is watched, and waits until the last look before the giving up halts.
    private func waitForLastLook(of watched: WatchedPair) throws {
        let pair = watched.pair
        try pair.file("halt-later", "")
        try pair.file("broken", "")
        let isSo = pair.wait {
            pair.has("halted") && pair.text("run/p/lock").contains("what giving up")
        }
        #expect(isSo, "\(pair.text("told"))")
    }

    /// Kills the process that gives the pair up, as soon as the address is being yielded.
    private func killWhoYields(_ watched: WatchedPair) throws {
        #expect(watched.pair.wait { watched.pair.has("halted") }, "\(watched.pair.text("told"))")
        try watched.lose("halted")
        kill(try #require(watched.holder("lock")), SIGKILL)
    }
}
