import Foundation
import Testing

/// What `failover watch` sees of a pair that is served here, and what follows.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct MonitorTests {
    /// A node that serves, as the watcher has taken it over, with what it watches.
    private func serving(_ watch: String, _ edits: [(String, String)] = []) throws -> (
        LivePair, Started
    ) {
        let pair = try LivePair(.serving, edits: edits)
        let signals = pair.folder.appending(path: "signals.yaml")
        let text = try String(contentsOf: signals, encoding: .utf8) + watch
        try Data(text.utf8).write(to: signals)
        let watcher = try pair.start(
            "watch", "--devd-socket", pair.folder.path + "/no-devd", "--review-every", "200ms")
        #expect(pair.wait { pair.journals.count == 1 } && pair.waitForRest())
        #expect(pair.isMaster, "\(pair.stage.state) \(watcher.errors)")
        return (pair, watcher)
    }

    private func told(_ pair: LivePair, _ text: String) -> Int {
        pair.stage.syslog.count { $0.contains(text) }
    }

    @Test func `a service that died is told once, and that it serves again`() throws {
        let (pair, watcher) = try serving("watch: [{goals: , for: 200ms}]\n")
        try pair.stage.happen("{service-dies: nfsd}")
        let isTold = pair.wait { told(pair, "while it serves, not so: NFS is served") > 0 }
        #expect(isTold, "\(pair.stage.syslog) \(watcher.errors)")
        let status = try pair.failover("status")
        #expect(status.code == 2 && status.output.contains("watched   not so: NFS is served"))
        Thread.sleep(forTimeInterval: 1)
        #expect(told(pair, "not so: NFS is served") == 1, "\(pair.stage.syslog)")
        try pair.stage.happen("{service-starts: nfsd}")
        #expect(pair.wait { told(pair, "while it serves, holds again: NFS is served") == 1 })
        #expect(try pair.failover("status").code == 0)
        #expect(pair.isMaster && pair.journals.count == 1 && watcher.isRunning)
    }

    @Test func `a pair is given up to a peer that can take it`() throws {
        let (pair, watcher) = try serving("watch: [{service: nfsd, for: 200ms, then: release}]\n")
        try pair.stage.happen("{service-dies: nfsd}")
        #expect(pair.wait { pair.isSlave }, "\(pair.stage.syslog) \(watcher.errors)")
        #expect(pair.waitForRest())
        #expect(told(pair, "given up: not so: service nfsd is running") == 1)
        #expect(told(pair, "what is watched wants slave") == 1)
        #expect(pair.stage.damage.isEmpty)
    }

    @Test func `a plan of the site's own runs once`() throws {
        let pair = try serving(
            "watch: [{service: nfsd, for: 200ms, then: {run: restart.yaml}}]\n")
        let plan = """
            plan: restart
            direction: acquire
            counterpart: become-slave.yaml
            steps:
              - start-service: {name: nfsd, steady-for: 100ms}

            """
        try Data(plan.utf8).write(to: pair.0.folder.appending(path: "restart.yaml"))
        try pair.0.stage.happen("{service-dies: nfsd}")
        #expect(
            pair.0.wait { told(pair.0, "holds again: service nfsd is running") > 0 },
            "\(pair.0.stage.syslog) \(pair.1.errors)")
        #expect(pair.0.journals.count == 2 && pair.0.isMaster)
        #expect(try pair.0.failover("status").code == 0)
    }

    @Test func `nothing is looked at of what is given up, or on hold`() throws {
        let (pair, watcher) = try serving("watch: [{goals: , for: 0s}]\n")
        #expect(try pair.failover("hold", "nfsd is replaced").code == 0)
        try pair.stage.happen("{service-dies: nfsd}")
        Thread.sleep(forTimeInterval: 1)
        #expect(told(pair, "while it serves") == 0, "\(pair.stage.syslog)")
        #expect(try pair.failover("unhold").code == 0)
        #expect(pair.wait { told(pair, "while it serves, not so: NFS is served") == 1 })
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        Thread.sleep(forTimeInterval: 1)
        #expect(told(pair, "while it serves") == 1, "\(pair.stage.syslog)")
        #expect(try pair.failover("status").code == 0 && watcher.isRunning)
    }
}
