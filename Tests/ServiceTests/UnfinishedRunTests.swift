import Foundation
import LocalHost
import Steps
import Testing

@testable import Engine
@testable import Service

/// Which runs are looked at before another begins: those that are not known to be over.
@Suite struct UnfinishedRunTests {
    private static let ended = Store.ended()
    private static let running = Store.running

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
