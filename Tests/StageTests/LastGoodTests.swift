import Foundation
import Testing

/// What goes on while a file of the installation is at fault.
@Suite struct LastGoodTests {
    /// A file, words of it, and the slip in their place.
    struct Slip: CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        var testDescription: String { "\(file): \(new)" }
    }

    static let slips = [
        Slip(file: "signals.yaml", old: "acquire:", new: "aquire:"),
        Slip(file: "signals.yaml", old: "acquire:", new: "acquire: ["),
        Slip(file: "site.yaml", old: "level: debug", new: "level: chatty"),
        Slip(file: "become-master.yaml", old: "- set-role:", new: "- set-rule:"),
        Slip(file: "become-master.yaml", old: "steps:", new: "steps: ["),
    ]

    @Test(arguments: slips)
    func `a release, a hold and a look go on, and nothing is taken over`(_ slip: Slip) throws {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        #expect(pair.isMaster)
        try Self.make(slip, in: pair)
        let isOfPlan = slip.file.hasPrefix("become-")
        #expect(try pair.failover("status").code == (isOfPlan ? 0 : 65))
        #expect(try pair.failover("history").code == 0)
        try Self.expectReleaseAlone(pair, telling: "\(slip.file) is at fault")
    }

    @Test func `a release plan that is at fault runs as it was`() throws {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        try Self.make(
            Slip(file: "become-slave.yaml", old: "- zpool-export", new: "- zpool-exprt"), in: pair)
        let release = try pair.failover("on", "slave", "--wait")
        #expect(release.code == 0 && pair.isSlave, "\(release)")
        #expect(pair.stage.syslog.contains { $0.contains("the release runs by its text of") })
    }

    @Test(arguments: ["signals.yaml", "site.yaml"])
    func `a release goes on where others can write the signals or the settings`(_ file: String)
        throws
    {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("on", "master", "--wait").code == 0 && pair.waitForRest())
        #expect(chmod(pair.folder.appending(path: file).path, 0o666) == 0)
        try Self.expectReleaseAlone(pair, telling: "\(file) is at fault: it can be")
    }

    @Test func `a plan that others can write is not run, and a release goes by its kept text`()
        throws
    {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("on", "master", "--wait").code == 0 && pair.waitForRest())
        #expect(chmod(pair.plan("become-slave"), 0o666) == 0)
        #expect(chmod(pair.plan("become-master"), 0o666) == 0)
        let release = try pair.failover("on", "slave", "--wait")
        #expect(release.code == 0 && pair.isSlave, "\(release) \(pair.stage.syslog.suffix(9))")
        #expect(pair.stage.syslog.contains { $0.contains("the release runs by its text of") })
        let changes = pair.stage.changes
        #expect(try pair.failover("on", "master", "--wait").code != 0)
        #expect(pair.isSlave && pair.stage.changes == changes)
        let why = "become-master.yaml is at fault, and nothing runs by it: it can be written"
        #expect(pair.stage.syslog.contains { $0.contains(why) }, "\(pair.stage.syslog.suffix(5))")
    }

    @Test(arguments: [slips[0], slips[2], slips[3]])
    func `a person's release goes on as well`(_ slip: Slip) throws {
        let pair = try LivePair(.takingOver)
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        try Self.make(slip, in: pair)
        let run = try pair.startRun("become-slave")
        #expect(run.end().code == 0 && pair.isSlave)
        let back = try pair.startRun("become-master")
        #expect(back.end().code == 65 && pair.isSlave)
    }

    /// A hold and a release go on, and nothing is taken over.
    private static func expectReleaseAlone(_ pair: LivePair, telling text: String) throws {
        #expect(try pair.failover("hold", "a test").code == 0)
        #expect(try pair.failover("unhold").code == 0)
        let release = try pair.failover("on", "slave", "--wait")
        #expect(release.code == 0 && pair.isSlave, "\(release) \(pair.stage.syslog.suffix(9))")
        let changes = pair.stage.changes
        #expect(try pair.failover("on", "master", "--wait").code != 0)
        #expect(pair.isSlave && pair.stage.changes == changes)
        #expect(pair.stage.syslog.contains { $0.contains(text) })
    }

    private static func make(_ slip: Slip, in pair: LivePair) throws {
        let file = pair.folder.appending(path: slip.file)
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(slip.old))
        // The texts are kept when the worker leaves.
        #expect(pair.waitForRest())
        try Data(text.replacing(slip.old, with: slip.new).utf8).write(to: file)
    }
}
