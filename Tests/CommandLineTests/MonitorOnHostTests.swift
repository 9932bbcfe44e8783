import Foundation
import Testing

/// A pair that is served and watched, on a host whose tools are scripts: what holds is a file, and
/// what is told lies in a file, too.
private struct WatchedPair {
    let pair: PlainPair
    private let watcher: Program

    /// `probe` fails once `broken` is there, after as many seconds as `slow` says; the peer, when
    /// it is asked, makes that of `later`.
    private static let script = #"""
        #!/bin/sh
        D=$(cd "$(dirname "$0")" && pwd)
        case $0 in
        *notify) echo "$*" >>"$D/told" ;;
        *peer)
            echo '{"fact":"status","pair":"p","master":"does-not","running":false}'
            [ ! -e "$D/later" ] || mv "$D/later" "$D/slow" ;;
        *probe)
            [ ! -e "$D/slow" ] || sleep "$(cat "$D/slow")"
            [ ! -e "$D/broken" ] ;;
        esac
        """#

    /// One that watches these items, a line each, in which `D/` is its folder; `a`, `b` and `c` are
    /// there.
    init(_ items: String, site: String = "") throws {
        pair = try PlainPair(site: "notify: [notify]\nask-peer: [peer]\n" + site)
        let folder = pair.folder
        let lines = items.replacing("D/", with: folder + "/").split(separator: "\n")
        let watch = "\n    watch:\n" + lines.map { "      - \($0)\n" }.joined()
        try pair.file("signals.yaml", pair.text("signals.yaml") + watch)
        try pair.file("script", Self.script)
        let install = "for t in notify peer probe; do /usr/bin/install -m 755 script $t; done"
        let made = try Program.start(
            ["-c", "cd '\(folder)' && \(install)"], binary: URL(filePath: "/bin/sh")
        ).end()
        #expect(made.code == 0, "\(made.errors)")
        for name in ["a", "b", "c"] { try pair.file(name, "") }
        watcher = try pair.start(["watch", "--review-every", "200ms"])
        let pair = pair
        #expect(pair.wait { pair.text("run/p/last").contains(" serving\n") })
    }

    /// How often a text was told.
    func told(_ text: String) -> Int {
        pair.text("told").split(separator: "\n").count {
            $0.contains(text.replacing("D/", with: pair.folder + "/"))
        }
    }

    /// Waits until a text was told.
    func waitFor(_ text: String) {
        #expect(pair.wait { told(text) > 0 }, "\(text): \(pair.text("told"))")
    }

    func lose(_ name: String) throws {
        try FileManager.default.removeItem(atPath: pair.folder + "/" + name)
    }

    /// Waits until two rounds more have found what is new: `c` is watched, and goes and comes.
    func waitForRounds() throws {
        for _ in 0..<2 {
            let before = told("again: D/c is present")
            try lose("c")
            #expect(pair.wait { told("not so: D/c is present") > before }, "\(pair.text("told"))")
            try pair.file("c", "")
            #expect(pair.wait { told("again: D/c is present") > before }, "\(pair.text("told"))")
        }
    }

    /// A plan of one step.
    func plan(_ name: String, _ step: String) throws {
        let step = step.replacing("D/", with: pair.folder + "/")
        try pair.file("\(name).yaml", "plan: \(name)\nsteps:\n  - \(step)\n")
    }

    /// The process that looks; nil when there is none.
    var looker: Int32? {
        let words = pair.text("run/p/monitor").split(separator: "\n").first?.split(separator: " ")
        return words?.last.flatMap { Int32($0) }
    }

    func end() {
        watcher.process.terminate()
        #expect(watcher.end().code == 0)
    }
}

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

    @Test func `what may be broken for long holds up no other`() throws {
        let watched = try WatchedPair(
            """
            {file: D/a, for: 1h}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        try watched.lose("a")
        try watched.waitForRounds()
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
        let watched = try WatchedPair(
            """
            {file: D/a, for: 1h}
            {file: D/c, for: 0s}
            """)
        defer { watched.end() }
        try watched.lose("a")
        try watched.waitForRounds()
        let looker = try #require(watched.looker)
        #expect(kill(looker, SIGSTOP) == 0)
        let text = "what looks whether all is well"
        watched.waitFor("\(text) is stopped (pid \(looker)); continue it with kill -CONT \(looker)")
        watched.waitFor("\(text) stayed stopped (pid \(looker))")
        try watched.waitForRounds()
        #expect(watched.looker != looker)
    }
}
