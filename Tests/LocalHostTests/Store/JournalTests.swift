import CSystem
import Engine
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Journals: the process that writes them, and how they are read.
    @Suite struct JournalTests {
        private func text(_ path: String) throws -> String {
            String(decoding: try JournalFolder.read(path).get(), as: UTF8.self)
        }

        @Test func linesAreInTheFileInOrder() throws {
            let scratch = try Scratch()
            let path = scratch.path("run.jsonl")
            let writer = JournalWriter(path: path)
            for number in 0..<1000 {
                #expect(writer.append(Array("line \(number)".utf8), sync: number % 100 == 0) == nil)
            }
            #expect(writer.close() == nil)
            #expect(writer.lost == 0 && !writer.isLeftBehind)
            #expect(try text(path) == (0..<1000).map { "line \($0)\n" }.joined())
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        }

        @Test func whatWasHandedOverIsWrittenWithoutAClose() throws {
            let scratch = try Scratch()
            do {
                let writer = JournalWriter(path: scratch.path("run.jsonl"))
                for number in 0..<1000 {
                    #expect(writer.append(Array("line \(number)".utf8), sync: false) == nil)
                }
            }
            #expect(try awaited { scratch.lines("run.jsonl").count == 1000 })
        }

        @Test func aSyncedLineIsThereAtOnce() throws {
            let scratch = try Scratch()
            let path = scratch.path("run.jsonl")
            let writer = JournalWriter(path: path)
            #expect(writer.append(Array("one\n".utf8), sync: true) == nil)
            #expect(scratch.lines("run.jsonl") == ["one"])
            writer.close()
        }

        @Test func aLineLongerThanTheChannelGoesThrough() throws {
            let scratch = try Scratch()
            let path = scratch.path("run.jsonl")
            let writer = JournalWriter(path: path)
            let long = Array(repeating: UInt8(ascii: "x"), count: 5 << 20)
            #expect(writer.append(long, sync: true) == nil)
            #expect(writer.append(Array("end".utf8), sync: true) == nil)
            #expect(try JournalFolder.read(path).get() == long + Array("\nend\n".utf8))
            let tooLong = Array(repeating: UInt8(ascii: "x"), count: JournalWriter.lineLimit)
            #expect(writer.append(tooLong, sync: true)?.why.contains("too long") == true)
            #expect(writer.append(Array("after".utf8), sync: true) == nil)
            #expect(scratch.lines("run.jsonl").suffix(2) == [#"{"fact":"gap"}"#, "after"])
        }

        @Test func noJournalGrowsBeyondWhatIsReadBack() throws {
            let scratch = try Scratch()
            let path = scratch.path("run.jsonl")
            let writer = JournalWriter(path: path)
            let line = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
            var faults: [StoreFault] = []
            for _ in 0..<20 { faults += writer.append(line, sync: true).map { [$0] } ?? [] }
            #expect(faults.count == 1 && faults[0].why.contains("is full"))
            let last = writer.append(Array("end".utf8), sync: true, isLast: true)
            #expect(last == nil)
            writer.close()
            let bytes = try JournalFolder.read(path).get()
            #expect(bytes.suffix(4) == Array("end\n".utf8))
            #expect(bytes.count > JournalFolder.sizeLimit - JournalWriter.reserve - line.count)
            let resumed = JournalWriter(path: path, resuming: true, size: bytes.count)
            #expect(resumed.append(line, sync: true)?.why.contains("is full") == true)
        }

        @Test(arguments: [
            ("000017-20261122T031500.123Z-4711", 17), ("20261122T031500.123Z-4711", 0), ("29", 0),
            ("1000000-a.jsonl", 1_000_000), ("", 0), ("-", 0), ("9999999999999999-a", 0),
            ("+7-a", 0), ("٣-a", 0),
        ])
        func runsAreNumbered(_ name: String, _ number: Int) {
            #expect(JournalFolder.number(of: name) == number)
        }

        @Test func resumingCutsATornLineOff() throws {
            let scratch = try Scratch()
            let tails = [
                "", "one\n", "one\ntorn", "torn", "one\n" + String(repeating: "x", count: 9000),
            ]
            for (index, tail) in tails.enumerated() {
                let path = try scratch.file("\(index).jsonl", tail)
                let writer = JournalWriter(path: path, resuming: true)
                #expect(writer.append(Array("two\n".utf8), sync: true) == nil)
                let kept = tail.hasPrefix("one\n") ? "one\n" : ""
                #expect(try text(path) == kept + "two\n")
            }
        }

        /// A stopped process is as deaf as one whose disk hangs.
        @Test func aWriterThatHangsIsLeftBehind() throws {
            let scratch = try Scratch()
            let path = scratch.path("run.jsonl")
            let writer = JournalWriter(path: path)
            #expect(writer.append(Array("one\n".utf8), sync: true) == nil)
            kill(writer.writer, SIGSTOP)
            let start = MonotonicClock.now
            let fault = writer.append(Array("two\n".utf8), sync: true)
            let first = MonotonicClock.now - start
            #expect(fault?.why.contains("does not answer within 250 ms") == true)
            #expect(
                fault?.why.hasSuffix("the failover goes on, but cannot be resumed after a crash")
                    == true)
            #expect(
                first >= JournalWriter.patience
                    && first < JournalWriter.patience + .milliseconds(250))
            let next = MonotonicClock.now
            var faults: [StoreFault] = []
            let line = Array(String(repeating: "x", count: 999).utf8)
            for _ in 0..<10_000 { faults += writer.append(line, sync: true).map { [$0] } ?? [] }
            #expect(MonotonicClock.now - next < .seconds(5))
            #expect(faults.count == 1 && faults.first?.why.contains("not written as fast") == true)
            #expect(writer.isLeftBehind && writer.lost > 1000)
            let closing = MonotonicClock.now
            writer.close()
            #expect(MonotonicClock.now - closing < .milliseconds(250))
            kill(writer.writer, SIGCONT)
            // What it was sent is written all the same.
            let wholeLines = try awaited { scratch.lines("run.jsonl").count > 100 }
            #expect(wholeLines)
            #expect(scratch.lines("run.jsonl").prefix(2) == ["one", "two"])
        }

        @Test func aWriterThatIsKilledIsToldOnce() throws {
            let scratch = try Scratch()
            let writer = JournalWriter(path: scratch.path("run.jsonl"))
            #expect(writer.append(Array("one\n".utf8), sync: true) == nil)
            kill(writer.writer, SIGKILL)
            let faults = (0..<10).compactMap { _ in writer.append(Array("two\n".utf8), sync: true) }
            #expect(faults.map { $0.why.contains("its process has ended") } == [true])
            #expect(writer.lost >= 9)
        }

        @Test func theWriterIsDeafToWhatEndsARun() throws {
            let scratch = try Scratch()
            let writer = JournalWriter(path: scratch.path("run.jsonl"))
            #expect(writer.append(Array("one\n".utf8), sync: true) == nil)
            for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { kill(writer.writer, signal) }
            #expect(writer.append(Array("two\n".utf8), sync: true) == nil)
            #expect(getpgid(writer.writer) == writer.writer)
            let descriptors = StoreFile.names(in: "/proc/\(writer.writer)/fd", limit: 100) ?? []
            #expect(descriptors.sorted() == ["0", "1", "2", "3", "4"])
        }

        @Test(arguments: ["missing", "there", "link", "relative"])
        func whatCannotBeOpenedIsToldOnce(_ kind: String) throws {
            let scratch = try Scratch()
            var path = scratch.path("run.jsonl")
            switch kind {
            case "missing": path = scratch.path("none/run.jsonl")
            case "there": try scratch.file("run.jsonl", "")
            case "link": #expect(symlink(scratch.path("x"), path) == 0)
            default: path = "run.jsonl"
            }
            let writer = JournalWriter(path: path)
            let faults = (0..<5).compactMap { _ in writer.append(Array("one".utf8), sync: true) }
            #expect(faults.count == 1, "\(faults)")
            let what = kind == "relative" ? "has no process to write it: " : "cannot be opened: "
            #expect(faults.first?.why.contains(what) == true)
            let late = writer.close()
            #expect(late == nil)
        }

        @Test func whatDoesNotComeBackIsLeftBehind() throws {
            let scratch = try Scratch()
            let path = try scratch.file("run.jsonl", "one\n")
            let locked = try #require(Descriptor(system_open(path, O_RDWR)))
            #expect(system_lock(locked.number, 0) == 0)
            // A reader that waits for a lock is as away as one whose disk hangs.
            let start = MonotonicClock.now
            let reader = DiskReader(
                path: path, limit: 9, patience: .milliseconds(50), lockPatience: patience)
            #expect(reader.file() == .failure(.silent))
            #expect(MonotonicClock.now - start < .seconds(5))
            // A writer that is alive is read behind its back after a while, or at once.
            #expect(try text(path) == "one\n")
            #expect(try JournalFolder.read(path, waiting: false).get().count == 4)
        }

        @Test func journalsAreListedAndPruned() throws {
            let scratch = try Scratch()
            for number in 10..<30 { try scratch.file("\(number).jsonl", "x") }
            try scratch.file("other", "")
            #expect(JournalFolder.runs(in: scratch.folder).first == scratch.path("29.jsonl"))
            #expect(JournalFolder.runs(in: scratch.path("none")) == [])
            let entries = try JournalFolder.entries(in: scratch.folder).get()
            #expect(entries.count == 20 && entries[0].name == "29.jsonl" && entries[0].size == 1)
            #expect(entries.allSatisfy { $0.changed > 1_600_000_000 })
            let old = entries.dropFirst(5).map(\.name)
            #expect(JournalFolder.remove(old, in: scratch.folder) == nil)
            let pruned = try awaited { JournalFolder.runs(in: scratch.folder).count == 5 }
            #expect(pruned)
            #expect(JournalFolder.runs(in: scratch.folder).last == scratch.path("25.jsonl"))
            #expect(StoreFile.names(in: scratch.folder, limit: 100)?.count == 6)
        }

        @Test func whatIsNoJournalIsNotRead() throws {
            let scratch = try Scratch()
            #expect(mkfifo(scratch.path("fifo"), 0o600) == 0)
            #expect(symlink("/etc/passwd", scratch.path("link")) == 0)
            for name in ["fifo", "link", "none", "."] {
                #expect(throws: StoreFault.self) {
                    try JournalFolder.read(scratch.path(name)).get()
                }
            }
            let path = scratch.path("long.jsonl")
            let long = try #require(Descriptor(system_create(path, O_RDWR, 0o600)))
            #expect(ftruncate(long.number, off_t(JournalFolder.sizeLimit + 1)) == 0)
            #expect(throws: StoreFault.self) { try JournalFolder.read(path).get() }
            #expect(ftruncate(long.number, off_t(JournalFolder.sizeLimit)) == 0)
            #expect(try JournalFolder.read(path).get().count == JournalFolder.sizeLimit)
        }
    }
}

/// Whether something becomes so before patience is over.
func awaited(_ isSo: () throws -> Bool) throws -> Bool {
    let end = MonotonicClock.now + patience
    while MonotonicClock.now < end {
        if try isSo() { return true }
        usleep(5000)
    }
    return false
}
