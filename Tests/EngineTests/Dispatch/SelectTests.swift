@testable import Engine
import Testing

/// Which notice asks what of which pair.
@Suite struct SelectTests {
    static let file = """
        pairs:
          - pair: red
            acquire:
              match:
                - carp: 1@vlan50 MASTER
                - carp: 2@vlan60 MASTER
                - interface: carp0 LINK_UP
              run: take.yaml
              only-if: [flag: red]
            release:
              run: give.yaml
              match:
                - hast: split-brain disk0
                - hast: disconnect disk0
                - drbd: quorum r0 no
          - pair: blue
            set: {x: y}
            acquire:
              signal: up
              match:
                - keepalived: INSTANCE VI_1 MASTER
                - keepalived: GROUP "G 1" MASTER
              run: take.yaml
              only-if: [flag: blue]
            release:
              run: give.yaml
        """

    static let cases: [(Notice, [String])] = [
        (.named("master"), ["red acquire"]), (.named("up"), ["blue acquire"]),
        (.named("slave"), ["red release", "blue release"]), (.named("x"), []),
        (.carp(vhid: 1, interface: "vlan50", state: "MASTER"), ["red acquire"]),
        (.carp(vhid: 2, interface: "vlan60", state: "MASTER"), ["red acquire"]),
        (.carp(vhid: 1, interface: "vlan50", state: "BACKUP"), ["red release"]),
        (.carp(vhid: 2, interface: "vlan60", state: "INIT"), ["red release"]),
        (.carp(vhid: 1, interface: "vlan50", state: "WHATEVER"), ["red release"]),
        (.carp(vhid: 1, interface: "vlan50", state: "MASTER_X"), ["red release"]),
        (.carp(vhid: 1, interface: "vlan60", state: "MASTER"), []),
        (.carp(vhid: 3, interface: "vlan50", state: "BACKUP"), []),
        (.interface(name: "carp0", type: "LINK_UP"), ["red acquire"]),
        (.interface(name: "carp0", type: "LINK_DOWN"), ["red release"]),
        (.interface(name: "carp0", type: "DETACH"), ["red release"]),
        (.interface(name: "carp0", type: "WHATEVER"), ["red release"]),
        (.interface(name: "carp0", type: "ADDR_ADD"), []),
        (.interface(name: "carp1", type: "LINK_DOWN"), []),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "MASTER"), ["blue acquire"]),
        (.keepalived(kind: "GROUP", name: "G 1", state: "MASTER"), ["blue acquire"]),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "FAULT"), ["blue release"]),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "STOP"), ["blue release"]),
        (.keepalived(kind: "GROUP", name: "G 1", state: "DELETED"), ["blue release"]),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "STRANGE"), ["blue release"]),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "MASTER_PRIORITY"), []),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "MASTER_RX_LOWER_PRI"), []),
        (.keepalived(kind: "INSTANCE", name: "VI_1", state: "BACKUP_PRIORITY"), []),
        (.keepalived(kind: "GROUP", name: "VI_1", state: "BACKUP"), []),
        (.hast(event: "split-brain", resource: "disk0", roles: []), ["red release"]),
        (.hast(event: "disconnect", resource: "disk0", roles: []), ["red release"]),
        (.hast(event: "split-brain", resource: "disk1", roles: []), []),
        (.hast(event: "connect", resource: "disk0", roles: []), []),
        (.hast(event: "role", resource: "disk0", roles: ["primary", "secondary"]), []),
        (.drbd(event: "quorum", resource: "r0", state: "no"), ["red release"]),
        (.drbd(event: "role", resource: "r0", state: "Secondary"), []),
    ]

    static func signals() throws -> Signals {
        let loaded = Signals.load(
            "signals.yaml", catalog: TestCatalog.catalog, platform: .freebsd
        ) { $0 == "signals.yaml" ? .success(Array(file.utf8)) : nil }
        return try #require(
            loaded.signals, "\(DiagnosticText.render(loaded.diagnostics, sources: loaded.sources))")
    }

    @Test(arguments: cases) func `a notice selects`(_ notice: Notice, _ wanted: [String]) throws {
        let found = try Self.signals().select(notice)
        #expect(found.map { "\($0.pair.name) \($0.direction.rawValue)" } == wanted)
    }

    @Test func `a plan finds its pairs`() throws {
        let signals = try Self.signals()
        #expect(signals.pairs(running: "./take.yaml").map(\.name) == ["red", "blue"])
        #expect(signals.pairs(running: "other.yaml").isEmpty)
        #expect(signals.pair(named: "blue")?.settings.map(\.text) == ["y"])
        #expect(signals.pair(named: "green") == nil)
    }

    @Test func `pauses grow and stop growing`() {
        let retry = Signals.Backoff(
            attempts: 3, delay: .seconds(1), backoff: 3, atMost: .seconds(5))
        #expect((1...4).map { retry.delay(after: $0) } == [1, 3, 5, 5].map { .seconds($0) })
        #expect(retry.delay(after: .max) == .seconds(5))
        let even = Signals.Backoff(attempts: 3, delay: .seconds(1), backoff: 1, atMost: .seconds(5))
        #expect(even.delay(after: .max) == .seconds(1))
    }

    /// It is read at each signal: a file as large as a site's stays far below 20 ms.
    @Test func `a load is cheap`() throws {
        let clock = ContinuousClock()
        let fastest = try (0..<5).map { _ in try clock.measure { _ = try Self.signals() } }.min()
        #expect(try #require(fastest) < .milliseconds(20))
    }
}
