import Engine
import Testing

@testable import failover

/// What starts a worker, or a round of looks, is what it reads.
@Suite struct WorkerCallTests {
    private static let full = [
        "worker", "--plans", "/etc/my plans", "--pair", "default", "--platform", "freebsd",
        "--wanted",
        "release", "--with-lock",
    ]

    @Test func `the words of a call are read back`() throws {
        let call = try #require(WorkerCall(Self.full))
        #expect(call.folder == "/etc/my plans")
        #expect(call.pair == "default")
        #expect(call.platform == .freebsd)
        #expect(call.wanted == .release)
        #expect(call.hasLock)
        #expect(call.words == Self.full)
        #expect(call.duty == .worker)
        let words = ["monitor"] + Self.full.dropFirst().prefix(6)
        let plain = try #require(WorkerCall(words))
        #expect(plain.wanted == nil && !plain.hasLock && plain.duty == .monitor)
        #expect(plain.words == words)
    }

    @Test(arguments: [
        [], ["worker"], ["worker", "--help"], ["worker", "--plans", "/etc/plans"],
        ["worker"] + full.dropFirst(3), Array(full.prefix(5)), Array(full.prefix(6)) + ["plan9"],
        full + ["--wanted"], full + ["more"], ["watcher"] + full.dropFirst(),
        Array(full.dropFirst()),
    ])
    func `other words are no call`(_ words: [String]) { #expect(WorkerCall(words) == nil) }
}
