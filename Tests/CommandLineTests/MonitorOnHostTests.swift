import Foundation
import Testing

/// What is watched while a pair is served, and what follows.
@Suite struct MonitorOnHostTests {
    @Test func `a plan that finds somebody at work runs in a later round`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 0s, then: {run: first.yaml}}
            {file: D/b, for: 0s, then: {run: second.yaml}}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        try watched.plan("first", "wait-for-file: D/go")
        try watched.plan("second", "execute: [touch, D/b]")
        try watched.lose("a")
        let pair = watched.pair
        #expect(pair.wait { pair.journals.count == 2 })
        try watched.lose("b")
        // The news of others do not wait for it either.
        watched.waitFor("second does not run now, since pid ")
        watched.waitFor("(first, since not so: D/a is present")
        try watched.waitForRounds()
        #expect(watched.told("second does not run now") == 1 && !pair.has("b"))
        #expect(try pair.failover("status").code == 2)
        try pair.file("go", "")
        watched.waitFor("holds again: D/b is present")
        try watched.waitForRounds()
        #expect(pair.journals.count == 3, "each ran once")
    }

    @Test func `a plan at fault runs once it is mended`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 0s, then: {run: first.yaml}}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        try watched.pair.file("first.yaml", "plan: first\nstep: []\n")
        try watched.lose("a")
        watched.waitFor("first.yaml is at fault")
        try watched.waitForRounds()
        #expect(watched.told("first.yaml is at fault") == 1)
        try watched.plan("first", "execute: [touch, D/a]")
        watched.waitFor("holds again: D/a is present")
    }

    /// A pair of which `a` is broken, and waited for.
    private static func waiting() throws -> WatchedPair {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 1h}
            {file: D/c, for: 0s}
            """)
        try watched.lose("a")
        try watched.waitForRounds()
        return watched
    }

    @Test func `what may be broken for long holds up no other`() throws {
        let watched = try Self.waiting()
        defer { watched.end() }
        #expect(watched.told("D/a is present") == 0)
    }

    @Test func `what cannot be noted is done and told once`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 0s, then: {run: first.yaml}}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        try watched.plan("first", "execute: [touch, D/ran]")
        try watched.pair.file("run/p/broken/in-the-way", "")
        try watched.lose("a")
        #expect(watched.pair.wait { watched.pair.has("ran") }, "\(watched.pair.text("told"))")
        try watched.waitForRounds()
        #expect(watched.told("not so: D/a is present") == 1, "\(watched.pair.text("told"))")
        #expect(watched.told("cannot be noted") == 1)
        #expect(watched.pair.journals.count == 2)
    }

    @Test func `a pair is given up though nothing can be noted`() throws {
        let watched = try WatchedPair("{file: D/a, for: 0s, then: release}")
        defer { watched.end() }
        for name in ["broken", "given-up", "kept"] {
            try watched.pair.file("run/p/\(name)/in-the-way", "")
        }
        try watched.lose("a")
        #expect(watched.pair.wait { !watched.pair.has("up") }, "\(watched.pair.text("told"))")
        #expect(watched.told("given up: not so: D/a is present") == 1)
    }

    @Test func `a plan of the site's own gives way to the giving up`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 0s, then: {run: first.yaml}}
            {file: D/b, for: 0s, then: release}
            """)
        defer { watched.end() }
        try watched.plan("first", "wait-for-file: D/go")
        try watched.lose("a")
        #expect(watched.pair.wait { watched.pair.journals.count == 2 })
        try watched.lose("b")
        #expect(watched.pair.wait { !watched.pair.has("up") }, "\(watched.pair.text("told"))")
        #expect(watched.told("given up: not so: D/b is present") == 1)
    }

    @Test func `the last look before the giving up has as long as any`() throws {
        let watched = try WatchedPair("{command: [D/probe], for: 0s, then: release}")
        defer { watched.end() }
        try watched.pair.file("later", "17")
        try watched.pair.file("broken", "")
        #expect(watched.pair.wait { !watched.pair.has("up") }, "\(watched.pair.text("told"))")
        #expect(watched.told("given up: not so: ") == 1)
    }

    @Test func `a giving up that the last look does not decide is told once`() throws {
        let watched = try WatchedPair(
            """
            {command: [D/probe], for: 0s, then: release}
            {file: D/c, for: 0s}
            """, site: "look-timeout: 10s\n")
        defer { watched.end() }
        try watched.pair.file("later", "1000")
        try watched.pair.file("broken", "")
        watched.waitFor("not given up, since it cannot be told any more whether")
        try watched.waitForRounds()
        #expect(watched.pair.has("up") && watched.told("not given up") == 1)
    }

    @Test func `one who looks and is stopped is told, and replaced`() throws {
        let watched = try Self.waiting()
        defer { watched.end() }
        let looker = try #require(watched.looker)
        #expect(kill(looker, SIGSTOP) == 0)
        let text = "what looks whether all is well"
        watched.waitFor("\(text) is stopped (pid \(looker)); continue it with kill -CONT \(looker)")
        watched.waitFor("\(text) stayed stopped (pid \(looker))")
        try watched.waitForRounds()
        #expect(watched.looker != looker)
    }
}
