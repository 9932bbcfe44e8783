import Engine
import Testing

@testable import failover

/// What starts a worker is what the worker reads.
@Suite struct WorkerCallTests {
    private static let full = [
        "--plans", "/etc/my plans", "--pair", "default", "--platform", "freebsd", "--wanted",
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
        let plain = try #require(WorkerCall(Self.full.prefix(6)))
        #expect(plain.wanted == nil && !plain.hasLock)
        #expect(plain.words == Array(Self.full.prefix(6)))
    }

    @Test(arguments: [
        [], ["--help"], ["--plans"], ["--plans", "/etc/plans"], Array(full.dropFirst(2)),
        Array(full.prefix(4)), Array(full.prefix(5)) + ["plan9"], full + ["--wanted"],
        full + ["more"],
    ])
    func `other words are no call`(_ words: [String]) { #expect(WorkerCall(words) == nil) }
}
