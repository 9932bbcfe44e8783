import Foundation
import Testing

@testable import Engine
@testable import LocalHost
@testable import Service

/// What `failover status` says of a pair, and exits with: the truth, or that it cannot be told.
@Suite struct PairStatusTests {
    private static let old = "000001-20261122T031500.123Z-1"
    private static let new = "000002-20261122T011500.123Z-2"

    /// The newest journal, and what a person and a monitor are told.
    private static let journals: [(text: String, why: String)] = [
        ("", "it is empty"), (#"{"fact":"run","version":1,"#, "was cut off"),
        ("no journal\n", "not that of a journal"),
        (#"{"engine":"9.0","fact":"run","version":9}"# + "\n", "a newer engine (9.0)"),
    ]

    @Test(arguments: journals)
    func `a journal that cannot be told is the last run`(_ text: String, _ why: String) throws {
        let store = try Store()
        try store.journal(Self.old, Store.ended())
        try store.write(Self.new, text)
        let status = store.status
        #expect(status.newest?.run == Self.new)
        #expect(status.newest?.file == nil && status.ending == nil)
        if case .failure(let fault) = status.newest?.journal { #expect(fault.text.contains(why)) }
        #expect(status.standing == .untold && status.standing.exitCode == 69)
    }

    @Test func `one that cannot be read is it, too`() throws {
        let store = try Store()
        try store.journal(Self.old, Store.ended())
        let path = store.shelf.path(of: Self.new)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(store.status.newest?.run == Self.new)
        #expect(store.status.standing == .untold)
    }

    @Test func `of one that is too long as much is told as can be`() throws {
        let store = try Store()
        try store.journal(Self.old, Store.ended())
        let line = String(repeating: " ", count: JournalFolder.sizeLimit)
        try store.write(Self.new, try Store.heading() + Store.running + "\n" + line)
        let status = store.status
        #expect(status.newest?.file?.heading.plan == "p")
        #expect(status.newest?.file?.isCut == true && !status.isRunning)
        #expect(status.standing == .untold)
        #expect(store.unfinished() == [Self.new])
    }

    @Test func `what was noted beside the lock tells what no journal does`() throws {
        let store = try Store()
        try store.write(Self.new, "")
        let ending = Ending(.stuck, reason: "why")
        LastEnding.note(ending, of: .release, run: Self.new, pair: "default", in: store.folders)
        #expect(store.status.standing == .stuck && store.status.ending?.reason == "why")
        let refused = Ending(.refused, reason: "at fault")
        LastEnding.note(refused, of: .acquire, run: nil, pair: "default", in: store.folders)
        #expect(store.status.unrecorded?.ending.reason == "at fault")
        #expect(store.status.standing == .untold, "the newest journal may be the newer one")
        try store.journal(Self.new, Store.running, Store.ended("stuck"))
        #expect(store.status.standing == .refused)
    }

    @Test func `a failure stays told while it is tried again`() throws {
        let store = try Store()
        try store.journal(Self.old, Store.ended("stuck"))
        let stuck = Ending(.stuck, reason: "why")
        LastEnding.note(stuck, of: .release, run: Self.old, pair: "default", in: store.folders)
        try store.journal(Self.new, Store.running)
        let lock = try PairLock.take("default", in: store.folders, for: "again").get()
        #expect(store.status.isRunning && store.status.ending == nil)
        #expect(store.status.standing == .stuck && store.status.before?.reason == "why")
        let done = Ending(.done, reason: "")
        LastEnding.note(done, of: .release, run: Self.new, pair: "default", in: store.folders)
        try store.journal(Self.new, Store.running, Store.ended())
        #expect(store.status.standing == .well && store.status.before == nil)
        lock.release()
    }

    @Test func `a clock that was wrong hides no run`() throws {
        let store = try Store()
        try store.journal("20991122T031500.123Z-1", Store.ended())
        try store.journal("000009-20981122T031500.123Z-1", Store.ended())
        try store.journal("000010-20261122T031500.123Z-1", Store.ended("stuck"))
        #expect(store.runs.map { $0.prefix(6) } == ["000010", "000009", "209911"])
        #expect(store.status.standing == .stuck)
    }

    @Test func `numbers go on, over a boot and over a million`() throws {
        let store = try Store()
        let folders = store.folders
        #expect(RunName.nextNumber(of: "default", in: folders) == 1)
        #expect(RunName.nextNumber(of: "default", in: folders) == 2)
        try FileManager.default.removeItem(atPath: folders.runtime(of: "default") + "/number")
        try store.journal("999999-20261122T031500.123Z-1", Store.ended())
        #expect(RunName.nextNumber(of: "default", in: folders) == 1_000_000)
        try store.journal(RunName(number: 1_000_000).text, Store.ended("stuck"))
        #expect(store.status.standing == .stuck)
        #expect(JournalFolder.number(of: store.runs[0]) == 1_000_000)
    }

    private static let endings: [(String, PairStatus.Standing, Int32)] = [
        ("done", .well, 0), ("superseded", .well, 0), ("interrupted", .well, 0),
        ("cut-off", .well, 0), ("refused", .refused, 4), ("rolled-back", .failed, 1),
        ("released", .failed, 1), ("left", .left, 2), ("stuck", .stuck, 3),
    ]

    @Test(arguments: endings)
    func `each ending has its code`(
        _ kind: String, _ standing: PairStatus.Standing, _ code: Int32
    ) throws {
        let store = try Store()
        try store.journal(Self.new, Store.ended(kind))
        #expect(store.status.standing == standing && standing.exitCode == code)
    }

    @Test func `an unfinished run is told, the newest and the older ones`() throws {
        let store = try Store()
        #expect(store.status.standing == .well)
        try store.journal(Self.old, Store.running)
        #expect(store.status.standing == .left && store.status.unfinished == [])
        try store.journal(Self.new, Store.ended())
        #expect(store.status.standing == .well && store.status.unfinished == [Self.old])
    }

    @Test func `that nobody is at work for what is wanted is told, but for a hold`() throws {
        let store = try Store()
        let at = MonotonicClock.now
        let record = WantedRecord(.acquire, signal: "master", source: "a test", at: at)
        let fault = WantedSpool("default", in: store.folders).put(record.bytes, at: at)
        #expect(fault == nil && store.status.isNeglected && store.status.standing == .left)
        #expect(Hold.set("default", in: store.folders, by: "anna", reason: "why", .acquires) == nil)
        #expect(!store.status.isNeglected && store.status.standing == .well)
        #expect(store.status.hold?.text.hasPrefix("why (anna, since 2") == true)
    }

    @Test(arguments: ["state", "run"])
    func `folders that cannot be used are told`(_ name: String) throws {
        let store = try Store()
        try store.journal(Self.new, Store.ended())
        let path = "\(store.root)/\(name)"
        #expect(store.status.obstacles.isEmpty)
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
        #expect(store.status.obstacles.map(\.why).contains { $0.contains("others can write") })
        #expect(store.status.standing == .untold)
        try manager.moveItem(atPath: path, toPath: path + ".old")
        #expect(store.status.obstacles.isEmpty, "what is missing is no obstacle")
        try manager.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
        #expect(store.status.standing == .untold)
        try manager.removeItem(atPath: path)
        try Data().write(to: URL(filePath: path))
        #expect(store.status.standing == .untold)
    }
}
