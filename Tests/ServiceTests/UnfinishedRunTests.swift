import Foundation
import LocalHost
import Steps
import Testing

@testable import Engine
@testable import Service

/// Which runs are looked at before another begins: those that are not known to be over.
@Suite struct UnfinishedRunTests {
    private static let ended =
        #"{"at":9,"ending":"done","fact":"ended","reason":"","#
        + #""remaining":[],"warnings":[]}"#
    private static let running = #"{"at":1,"fact":"step-began","node":1,"way":"forward"}"#

    /// A pair's store in a folder of its own, which is gone after the test.
    private final class Store {
        let root = NSTemporaryDirectory() + "failover-tests-" + UUID().uuidString
        var folders: StateFolders { StateFolders(state: root + "/state", runtime: root + "/run") }
        var note: RecoveryNote { RecoveryNote("default", in: folders) }
        var runs: [String] { JournalShelf("default", in: folders).runs() }

        init() throws {
            let manager = FileManager.default
            for folder in [folders.runs(of: "default"), folders.runtime(of: "default")] {
                try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: root) }

        /// A journal of a plan, with these lines under its heading.
        func journal(_ run: String, _ lines: String...) throws {
            let loaded = PlanLoader.load("p", catalog: .builtin, platform: .freebsd) { path in
                path == "p" ? .success(Array("plan: p\nsteps: [log: a]\n".utf8)) : nil
            }
            let sealed = SealedPlan(
                try #require(loaded.plan), path: "p", site: nil, settings: [],
                sources: loaded.sources)
            let heading = JournalHeading(
                sealed, run: RunName(), boot: BootID.current, pair: "default", signal: nil)
            try write(run, JSONLines().line(heading) + lines.map { $0 + "\n" }.joined())
        }

        func write(_ run: String, _ text: String) throws {
            let path = JournalShelf("default", in: folders).path(of: run)
            try Data(text.utf8).write(to: URL(filePath: path))
        }

        /// What is found unfinished before a run begins.
        func unfinished() -> [String] {
            var site = Site()
            site.stateFolder = folders.state
            site.runtimeFolder = folders.runtime
            return Recoverer("default", site: site, catalog: .builtin, syslog: nil)
                .unfinished(of: runs)
        }
    }

    @Test func `the oldest comes first, whatever its journal holds`() throws {
        let store = try Store()
        try store.write("1", "no journal\n")
        try store.journal("2", Self.running, Self.ended)
        try store.journal("3", Self.running)
        try store.write("4", "")
        #expect(store.unfinished() == ["1", "3", "4"])
    }

    @Test func `what has ended is noted, but for the newest, and not read again`() throws {
        let store = try Store()
        try store.journal("1", Self.ended)
        try store.journal("2", Self.running)
        try store.journal("3", Self.ended)
        #expect(store.unfinished() == ["2"])
        #expect(store.note.closed == ["1"])
        // Were they read, these would be unfinished.
        for run in ["1", "3"] { try store.journal(run, Self.running) }
        #expect(store.unfinished() == ["2", "3"])
    }

    @Test func `what cannot be read now is looked at again`() throws {
        let store = try Store()
        let path = JournalShelf("default", in: store.folders).path(of: "1")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try store.journal("2", Self.ended)
        #expect(store.unfinished() == [])
        #expect(store.note.closed == [])
        try FileManager.default.removeItem(atPath: path)
        try store.journal("1", Self.running)
        #expect(store.unfinished() == ["1"])
    }

    @Test func `what is known to be over is over, also where its journal does not say so`() throws {
        let store = try Store()
        try store.journal("1", Self.running)
        store.note.add("1", .lossy)
        #expect(store.unfinished() == ["1"])
        store.note.add("1", .closed)
        #expect(store.unfinished() == [])
        #expect(store.note.count(.lossy, of: "1") == 1)
    }
}
