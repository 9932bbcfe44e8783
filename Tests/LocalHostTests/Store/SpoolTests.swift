import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// What is kept of a pair in the runtime folder.
    @Suite struct SpoolTests {
        static func folders(_ scratch: Scratch) -> StateFolders {
            let folders = StateFolders(
                state: scratch.path("state"), runtime: scratch.path("run/failover"))
            #expect(folders.prepare("tank") == [])
            return folders
        }

        private func text(_ spool: WantedSpool) -> String? {
            spool.newest().map { String(decoding: $0.bytes, as: UTF8.self) }
        }

        @Test func theNewestCountsUntilItIsFulfilled() throws {
            let scratch = try Scratch()
            let spool = WantedSpool("tank", in: Self.folders(scratch))
            #expect(spool.newest() == nil)
            #expect(spool.put(Array("b".utf8), at: Instant(nanoseconds: 200)) == nil)
            #expect(spool.put(Array("a".utf8), at: Instant(nanoseconds: 100)) == nil)
            #expect(text(spool) == "b")
            let serial = try #require(spool.newest()?.serial)
            #expect(spool.put(Array("c".utf8), at: Instant(nanoseconds: 1000)) == nil)
            // The older one is fulfilled; what is newer counts on.
            spool.clear(through: serial)
            #expect(text(spool) == "c")
            spool.clear(through: try #require(spool.newest()?.serial))
            #expect(spool.newest() == nil)
            // A record that comes late is older than what was fulfilled.
            #expect(spool.put(Array("d".utf8), at: Instant(nanoseconds: 999)) == nil)
            #expect(spool.newest() == nil)
            #expect(spool.put(Array("e".utf8), at: Instant(nanoseconds: 1001)) == nil)
            #expect(text(spool) == "e")
        }

        @Test func recordsOfOneInstantAreAllKept() throws {
            let scratch = try Scratch()
            let spool = WantedSpool("tank", in: Self.folders(scratch))
            for word in ["a", "b"] {
                #expect(spool.put(Array(word.utf8), at: Instant(nanoseconds: 5)) == nil)
            }
            #expect(text(spool) == "b")
        }

        @Test func anotherBootsRecordsAreVoid() throws {
            let scratch = try Scratch()
            let folders = Self.folders(scratch)
            let old = WantedSpool("tank", in: folders, boot: "0123456789abcdef")
            #expect(old.put(Array("old".utf8), at: .never) == nil)
            let new = WantedSpool("tank", in: folders, boot: "fedcba9876543210")
            #expect(new.newest() == nil)
            #expect(StoreFile.names(in: folders.runtime(of: "tank") + "/wanted", limit: 9) == [])
            #expect(old.newest() == nil)
        }

        @Test func aDraftOfTheDeadIsRemoved() throws {
            let scratch = try Scratch()
            let folders = Self.folders(scratch)
            let spool = WantedSpool("tank", in: folders)
            #expect(spool.put([], at: .zero) == nil)
            let wanted = folders.runtime(of: "tank") + "/wanted"
            #expect(StoreFile.write("\(wanted)/.draft-\(getpid())-1", []) == nil)
            #expect(StoreFile.write("\(wanted)/.draft-999999999-1", []) == nil)
            #expect(StoreFile.write("\(wanted)/anything", []) == nil)
            _ = spool.newest()
            #expect(StoreFile.names(in: wanted, limit: 9)?.count == 2)
        }

        @Test func manyPutWhileOneClears() throws {
            let scratch = try Scratch()
            let folders = Self.folders(scratch)
            let group = DispatchGroup()
            for writer in 0..<8 {
                DispatchQueue.global().async(group: group) {
                    let spool = WantedSpool("tank", in: folders)
                    for number in 0..<500 {
                        let fault = spool.put(
                            Array("\(writer) \(number)".utf8), at: MonotonicClock.now)
                        #expect(fault == nil)
                    }
                }
            }
            let spool = WantedSpool("tank", in: folders)
            var last = ""
            var seen = 0
            while group.wait(timeout: .now()) == .timedOut {
                guard let (serial, bytes) = spool.newest() else { continue }
                #expect(serial > last, "\(last) came before")
                #expect(!bytes.isEmpty)
                last = serial
                seen += 1
                spool.clear(through: serial)
            }
            #expect(seen > 10)
            #expect(spool.put(Array("end".utf8), at: MonotonicClock.now) == nil)
            #expect(text(spool) == "end")
            let names = StoreFile.names(in: folders.runtime(of: "tank") + "/wanted", limit: 99)
            #expect(names?.count == 1)
        }

        @Test func aRecordIsShortAndAFolderMayBeMissing() throws {
            let scratch = try Scratch()
            let folders = Self.folders(scratch)
            let long = [UInt8](repeating: 1, count: WantedSpool.sizeLimit + 1)
            let spool = WantedSpool("tank", in: folders)
            #expect(spool.put(long, at: .zero)?.why.contains("too long") == true)
            let other = WantedSpool("none", in: folders)
            let fault = try #require(other.put([], at: .zero))
            #expect(fault.why.contains("no such file or directory"))
            #expect(fault.help?.hasPrefix("mkdir -p -m 700 ") == true)
            #expect(other.newest() == nil)
            other.clear(through: "x")
        }

        @Test func aHoldIsSetReadAndCleared() throws {
            let scratch = try Scratch()
            let folders = Self.folders(scratch)
            #expect(Hold.read("tank", in: folders) == nil)
            #expect(Hold.clear("tank", in: folders) == nil)
            #expect(Hold.set("tank", in: folders, by: "ann\n", reason: "new disks") == nil)
            let hold = try #require(Hold.read("tank", in: folders))
            #expect(hold.who == "ann " && hold.reason == "new disks" && hold.since > 0)
            #expect(Hold.clear("tank", in: folders) == nil)
            #expect(Hold.read("tank", in: folders) == nil)
            // What cannot be read holds.
            #expect(mkdir(folders.runtime(of: "tank") + "/hold", 0o700) == 0)
            #expect(Hold.read("tank", in: folders) != nil)
        }
    }
}
