import ArgumentParser
import Testing

@testable import Simulation
@testable import failover

/// What `on` reads by itself is what the parser would have read.
@Suite struct SignalCallTests {
    private static let words = [
        "master", "slave", "", "help", "--", "-x", "--keepalived", "--hast", "--devd", "--plans",
        "--pair", "--wait", "--help", "!system=CARP subsystem=1@vlan50 type=MASTER", "/etc/plans",
        "--devd=x", "INSTANCE", "VI_1", "role", "disk0", "-", "--platform", "linux",
    ]

    /// Random lists of words, most of which are no call at all.
    @Test func `each plain call is read as the parser reads it`() throws {
        var dice = SplitMix64(seed: 7)
        var plain = 0
        for _ in 0..<20_000 {
            let list = (0..<Int(dice.next() % 6)).map { _ in
                Self.words[Int(dice.next() % UInt64(Self.words.count))]
            }
            guard let call = SignalCall(plain: list) else { continue }
            plain += 1
            let parsed = try OnCommand.parse(list)
            #expect(parsed.call == call, "\(list)")
        }
        #expect(plain > 1000)
    }

    @Test(arguments: [
        ["master"], ["master", "--plans", "/etc/plans"],
        ["--keepalived", "--", "INSTANCE", "VI_1", "MASTER", "100"],
        ["--plans", "/etc/plans", "--keepalived", "--", "-1", "--x"],
        ["--hast", "--", "role", "disk0", "init", "primary"], ["--devd", "!system=CARP"],
    ])
    func `what install prints and a person types is plain`(_ words: [String]) throws {
        #expect(try SignalCall(plain: words) == OnCommand.parse(words).call)
    }

    @Test(arguments: [
        [], ["master", "slave"], ["--devd"], ["--devd", "x", "master"], ["--wait", "master"],
        ["--hast", "--keepalived"], ["--help"], ["-x"], ["--plans", "a", "--plans", "b", "master"],
    ])
    func `all else is the parser's`(_ words: [String]) { #expect(SignalCall(plain: words) == nil) }
}
