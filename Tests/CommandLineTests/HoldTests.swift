import Foundation
import Testing

/// Holds that a person sets, and what is told of them; a notification that takes its time.
@Suite struct HoldTests {
    @Test func `a hold tells what it replaces, and all who run something tell of it`() throws {
        let pair = try PlainPair()
        #expect(try pair.failover("hold", "--acquires", "first").errors.isEmpty)
        let second = try pair.failover("hold", "second")
        #expect(second.code == 0, "\(second)")
        #expect(second.errors.contains("this replaces the hold for first (somebody, since 2"))
        let third = try pair.failover("hold", "--acquires", "third")
        let weaker = "this WEAKER hold replaces the hold for second (somebody, since 2"
        #expect(third.code == 0 && third.errors.contains(weaker), "\(third)")
        #expect(try pair.failover("hold", "second").code == 0)
        for words in [["switch", "--hold"], ["switch"]] {
            let outcome = try pair.failover(words)
            #expect(outcome.code == 4, "\(words): \(outcome)")
            #expect(outcome.errors.contains("second (somebody, since 2"), "\(outcome)")
        }
        let status = try pair.failover("status").output
        #expect(status.contains("signals are recorded and not acted on: second (somebody, since 2"))
        let run = try Program.run("run", pair.plan("up"))
        #expect(run.code == 0, "\(run)")
        #expect(run.errors.contains("pair p is on hold: second (somebody, since 2"), "\(run)")
        let signal = try pair.failover("on", "slave")
        #expect(signal.errors.contains("slave is recorded, and done after `failover unhold`"))
        #expect(try pair.failover("unhold").code == 0)
        #expect(pair.wait { !pair.has("up") })
    }

    /// It goes on for as long as the test wants, and the release does not wait for it.
    @Test func `a notification delays nothing`() throws {
        let pair = try PlainPair(site: "")
        let folder = pair.folder
        let script = """
            #!/bin/sh
            until [ -e \(folder)/go ]; do sleep 0.05; done; echo "$@" >>\(folder)/notified
            """
        try pair.file("script", script)
        let made = try Program.start(
            ["-m", "755", "\(folder)/script", "\(folder)/notify"],
            binary: URL(filePath: "/usr/bin/install")
        ).end()
        #expect(made.code == 0)
        try pair.file("site.yaml", pair.text("site.yaml") + "notify: [notify, team]\n")
        let plan = pair.text("up.yaml")
        try pair.file("up.yaml", plan.replacing("[touch,", with: "[false,"))
        let run = try Program.run("run", pair.plan("up"))
        #expect(run.code == 1, "\(run)")
        let slave = try pair.failover("on", "slave", "--wait")
        #expect(slave.code == 0, "\(slave)")
        #expect(!pair.has("notified"))
        try pair.file("go", "")
        #expect(pair.wait { pair.text("notified").hasPrefix("team up on pair p: FAILED") })
    }
}
