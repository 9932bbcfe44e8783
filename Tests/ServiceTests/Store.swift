import Foundation
import LocalHost
import Steps
import Testing

@testable import Engine
@testable import Service

/// A pair's store in a folder of its own, which is gone after the test.
final class Store {
    static let running = #"{"at":1,"fact":"step-began","node":1,"way":"forward"}"#

    /// The last line of a run.
    static func ended(_ kind: String = "done", _ reason: String = "", at time: Int = 9) -> String {
        #"{"at":\#(time),"ending":"\#(kind)","fact":"ended","reason":"\#(reason)","#
            + #""remaining":[],"warnings":[]}"#
    }

    let root = NSTemporaryDirectory() + "failover-tests-" + UUID().uuidString
    var folders: StateFolders { StateFolders(state: root + "/state", runtime: root + "/run") }
    var note: RecoveryNote { RecoveryNote("default", in: folders) }
    var shelf: JournalShelf { JournalShelf("default", in: folders) }
    var runs: [String] { shelf.runs() }
    var status: PairStatus { PairStatus("default", in: folders) }

    init() throws {
        let manager = FileManager.default
        for folder in [folders.runs(of: "default"), folders.runtime(of: "default")] {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A journal of a plan, with these lines under its heading.
    func journal(_ run: String, _ lines: String...) throws {
        try write(run, try Self.heading() + lines.map { $0 + "\n" }.joined())
    }

    /// The first line of a journal, with its end.
    static func heading() throws -> String {
        let loaded = PlanLoader.load("p", catalog: .builtin, platform: .freebsd) { path in
            path == "p" ? .success(Array("plan: p\nsteps: [log: a]\n".utf8)) : nil
        }
        let sealed = SealedPlan(
            try #require(loaded.plan), path: "p", site: nil, settings: [],
            sources: loaded.sources)
        return JSONLines().line(
            JournalHeading(
                sealed, run: RunName(), boot: BootID.current, pair: "default", signal: nil))
    }

    func write(_ run: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: shelf.path(of: run)))
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
