import Foundation
import Testing

/// The service, which may be started anew at any time, and is alone.
@Suite struct WatchTests {
    private let pair: PlainPair

    /// A pair whose address is looked at by a script that counts its looks.
    init() throws {
        pair = try PlainPair()
        let folder = pair.folder
        try pair.file(
            "script", "#!/bin/sh\necho look >>\(folder)/looks\ntest -e \(folder)/master\n")
        let made = try Program.start(
            ["-m", "755", "\(folder)/script", "\(folder)/look"],
            binary: URL(filePath: "/usr/bin/install")
        ).end()
        #expect(made.code == 0)
        let signals = pair.text("signals.yaml")
        let rule = "only-if: [file: \(folder)/master]"
        #expect(signals.contains(rule))
        try pair.file(
            "signals.yaml", signals.replacing(rule, with: "only-if: [command: [\(folder)/look]]"))
    }

    private func watch() throws -> Program { try pair.start(["watch", "--review-every", "200ms"]) }

    private var looks: Int { pair.text("looks").count { $0 == "\n" } }

    /// Waits until the address was looked at anew, and more than once.
    private func waitForLooks() -> Bool {
        let before = looks
        return pair.wait { looks > before + 2 }
    }

    private func end(_ program: Program) {
        program.process.terminate()
        #expect(program.end().code == 0)
    }

    @Test func `started anew it changes nothing, and goes on to follow what changes`() throws {
        let first = try watch()
        #expect(pair.wait { pair.has("up") })
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(!pair.has("up"))
        end(first)
        let second = try watch()
        #expect(waitForLooks())
        #expect(!pair.has("up"), "a person has released it")
        try FileManager.default.removeItem(atPath: pair.folder + "/master")
        #expect(waitForLooks())
        try pair.file("master", "")
        #expect(pair.wait { pair.has("up") }, "the address has changed since")
        end(second)
        let runs = try pair.failover("history").lines
        #expect(runs.count == 3, "\(runs)")
    }

    @Test func `all pairs have the one service`() throws {
        let one = try pair.failover("watch", "--pair", "p")
        #expect(one.code == 64 && one.errors.contains("--pair"), "\(one)")
    }

    @Test func `a second one says who watches, and leaves`() throws {
        let first = try watch()
        #expect(pair.wait { pair.has("up") })
        let second = try pair.failover("watch")
        #expect(second.code == 75, "\(second)")
        let pid = first.process.processIdentifier
        #expect(second.errors.contains("pair p is watched already, by pid \(pid), since 2"))
        end(first)
        let third = try watch()
        #expect(waitForLooks())
        end(third)
    }
}
