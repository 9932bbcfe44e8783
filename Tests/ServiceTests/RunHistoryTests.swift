import Foundation
import Testing

@testable import Engine
@testable import LocalHost
@testable import Service

/// What is told and kept of many runs.
@Suite struct RunHistoryTests {
    private static func run(_ number: Int) -> String { RunName(number: number).text }

    @Test func `attempts that came to the same end are one line`() throws {
        let store = try Store()
        let reasons = ["a", "a", "b", "b", "b", "a"]
        for (index, reason) in reasons.enumerated() {
            try store.journal(Self.run(index + 1), Store.ended("refused", reason))
        }
        try store.journal(Self.run(7), Store.ended())
        try store.journal(Self.run(8), Store.ended())
        let entries = RunHistory(store.shelf, of: store.runs, last: 20).entries
        #expect(entries.map(\.count) == [1, 1, 1, 3, 2])
        #expect(entries.map { JournalFolder.number(of: $0.run) } == [8, 7, 6, 5, 2])
        #expect(entries.map { JournalFolder.number(of: $0.first) } == [8, 7, 6, 3, 1])
        let few = RunHistory(store.shelf, of: store.runs, last: 4).entries
        #expect(few.map(\.count) == [1, 1, 1, 3])
    }

    @Test func `those whose journals are gone are counted`() throws {
        let store = try Store()
        try store.journal(Self.run(3), Store.ended("stuck", "x"))
        try store.journal(Self.run(16), Store.ended("stuck", "x"))
        let entries = RunHistory(store.shelf, of: store.runs, last: 1).entries
        #expect(entries.map(\.count) == [14])
    }

    @Test func `of a series the first and the last are kept`() throws {
        let store = try Store()
        let ends: [(Ending.Kind, String)] = [
            (.refused, "a"), (.refused, "a"), (.refused, "a"), (.refused, "a"), (.refused, "b"),
            (.done, ""), (.done, ""), (.done, ""), (.refused, "b"),
        ]
        let removed = ends.enumerated().map { index, end in
            let kind = Series.Kind(plan: "p", signal: nil, Ending(end.0, reason: end.1))
            return Series.note("\(index)", kind, of: "default", in: store.folders)
        }
        #expect(removed == [nil, nil, "1", "2", nil, nil, nil, nil, nil])
        for name in ["1", "2", "3"] { try store.journal(name, Store.ended()) }
        #expect(store.shelf.tidy(besides: "2") == nil)
        let end = Date.now + 20
        while Date.now < end, store.runs.count == 3 { usleep(5000) }
        #expect(store.runs == ["3", "1"])
    }

    @Test func `journals go by their number, their size and their age, the newest never`() {
        var limits = JournalShelf.Limits()
        limits.count = 4
        limits.bytes = 100
        limits.age = 50
        limits.least = 2
        func beyond(_ entries: [(Int, Int64)]) -> [Int] {
            let all = entries.enumerated().map {
                JournalFolder.Entry(name: "\($0)", size: $1.0, changed: $1.1)
            }
            return JournalShelf.beyond(limits, all, at: 1000).compactMap { Int($0.name) }
        }
        #expect(beyond(Array(repeating: (1, 999), count: 6)) == [4, 5])
        #expect(beyond([(500, 999), (1, 999)]) == [1])
        #expect(beyond([(50, 999), (50, 999), (1, 999)]) == [2])
        #expect(beyond([(1, 0), (1, 0), (1, 0), (1, 950)]) == [2])
        #expect(beyond([]) == [])
    }

    @Test func `an ending is kept so that it is read back, whatever is in it`() throws {
        let store = try Store()
        let line = String(repeating: "\"x", count: 500)
        let ending = Ending(
            .stuck, reason: String(repeating: "r", count: 1 << 20), warnings: [line],
            remaining: Array(repeating: line, count: 20_000))
        LastEnding.note(ending, of: .acquire, run: "1", pair: "default", in: store.folders)
        let noted = try #require(LastEnding("default", in: store.folders))
        #expect(noted.lastRun.leavings == .part && noted.ending.warnings == [line])
        #expect(noted.ending.remaining.last?.hasSuffix("too long to be kept") == true)
        let journal = Journal(path: store.shelf.path(of: "1")) { _ in }
        journal.take(Record(at: .zero, .ended(ending)))
        journal.close()
        let size = try Data(contentsOf: URL(filePath: store.shelf.path(of: "1"))).count
        #expect(size < JournalWriter.reserve)
    }
}
