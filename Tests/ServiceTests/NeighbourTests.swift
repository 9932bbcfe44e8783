import Engine
import Foundation
import LocalHost
import Steps
import Testing

@testable import Service

/// A worker of one of two pairs that take the same things: it takes nothing over, and gives up.
@Suite struct NeighbourTests {
    private static let shipped = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "plans")

    @Test func `what is another pair's is given up, and not taken over`() throws {
        let site = try Site("pool: red, disks: [a]", "pool: blue, disks: [b, a]")
        let installation = try site.installation()
        for pair in installation.signals.pairs {
            let other = pair.name == "red" ? "blue" : "red"
            guard case .failure(let fault) = installation.planToRun(.acquire, of: pair) else {
                Issue.record("the pair \(pair.name) is taken over")
                continue
            }
            #expect(fault.why == "resource a belongs to the pair `\(other)` already")
            #expect(fault.path == installation.folder + "/signals.yaml")
            guard case .success = installation.planToRun(.release, of: pair) else {
                Issue.record("the pair \(pair.name) is not given up")
                continue
            }
        }
    }

    @Test func `pairs that share nothing are taken over`() throws {
        let site = try Site("pool: red, disks: [a]", "pool: blue, disks: [b]")
        let installation = try site.installation()
        for pair in installation.signals.pairs {
            guard case .success = installation.planToRun(.acquire, of: pair) else {
                Issue.record("the pair \(pair.name) is not taken over")
                continue
            }
        }
    }

    /// The shipped plans for two pairs that differ in their address and in these settings.
    private final class Site {
        private let folder = FileManager.default.temporaryDirectory
            .appending(path: "failover-tests-" + UUID().uuidString)

        init(_ red: String, _ blue: String) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in ["become-master.yaml", "become-slave.yaml", "site.yaml"] {
                try FileManager.default.copyItem(
                    at: shipped.appending(path: name), to: folder.appending(path: name))
            }
            let text = "pairs:\n" + Self.pair("red", 1, red) + Self.pair("blue", 2, blue)
            try Data(text.utf8).write(to: folder.appending(path: Signals.fileName))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func installation() throws -> Installation {
            let loaded = Signals.load(
                folder.path + "/" + Signals.fileName, catalog: .builtin, platform: .freebsd,
                read: FileReader.read)
            return try #require(
                Installation(
                    folder: folder.path, loaded, catalog: .builtin, platform: .freebsd))
        }

        private static func pair(_ name: String, _ vhid: Int, _ settings: String) -> String {
            """
              - pair: \(name)
                set: {vhid: \(vhid), if-export-fails: park, \(settings)}
                acquire:
                  match: [carp: '${vhid}@${interface} MASTER']
                  run: become-master.yaml
                  only-if:
                    - carp: {interface: '${interface}', vhid: '${vhid}', state: master}
                release: {run: become-slave.yaml}

            """
        }
    }
}
