import CSystem
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Access control lists, which say more than the mode.
    @Suite struct AccessListTests {
        /// The entries of a list, `TAG:NUMBER:PERMISSION`, and who may write by it.
        struct Case: CustomTestStringConvertible {
            let testDescription: String
            let entries: String
            var path = "a/b/plan.yaml"
            var group: gid_t = 0
            /// What the list gives the file's group, whatever the mode shows.
            var ofGroup = 4
            /// Who is said to write; nil for nobody.
            let writer: String?
        }

        /// What each list has, besides the group: the owner, all others.
        private static let usual = "user::6 other::4"

        static let cases: [Case] = [
            Case(testDescription: "a user", entries: "user:1000:6 mask::6", writer: "uid 1000"),
            Case(testDescription: "a group", entries: "group:50:6 mask::7", writer: "group 50"),
            Case(
                testDescription: "a user of a folder", entries: "user:1000:7 mask::7", path: "a",
                writer: "uid 1000"),
            Case(
                testDescription: "the second", entries: "user:7:4 user:8:2 mask::6",
                writer: "uid 8"),
            Case(
                testDescription: "root and its group", entries: "user:0:6 group:0:6 mask::6",
                writer: nil),
            Case(testDescription: "a mask without w", entries: "user:1000:6 mask::4", writer: nil),
            Case(testDescription: "who reads", entries: "user:1000:4 mask::6", writer: nil),
            Case(
                testDescription: "who reads beside a group that writes",
                entries: "user:1000:4 mask::6", group: 5, ofGroup: 6, writer: "group 5"),
            Case(
                testDescription: "root beside a group that reads", entries: "user:0:6 mask::6",
                group: 1000, writer: nil),
            Case(
                testDescription: "a group that the mask keeps from it",
                entries: "user:0:6 mask::4", group: 5, ofGroup: 6, writer: nil),
        ]

        private static let tags = [
            "user": 0x01, "user+": 0x02, "group": 0x04, "group+": 0x08, "mask": 0x10, "other": 0x20,
        ]

        /// A value of the attribute; the kernel wants its entries in the order of their tags.
        private static func value(
            _ entries: String, ofGroup: Int = 4, version: UInt8 = 2
        ) -> [UInt8] {
            let parts = "\(usual) group::\(ofGroup) \(entries)".split(separator: " ").map { entry in
                let words = entry.split(separator: ":", omittingEmptySubsequences: false)
                let tag = tags[words[1].isEmpty ? "\(words[0])" : "\(words[0])+"] ?? 0
                return (tag, UInt32(words[1]) ?? .max, UInt8(words[2]) ?? 0)
            }
            return [version, 0, 0, 0]
                + parts.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.flatMap { tag, id, permission in
                    [UInt8(tag), 0, permission, 0]
                        + withUnsafeBytes(of: id.littleEndian) { Array($0) }
                }
        }

        #if os(Linux)
            @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: cases)
            func whomAListLetsWrite(_ one: Case) throws {
                let scratch = try Scratch()
                #expect(mkdir(scratch.path("a"), 0o755) == 0)
                #expect(mkdir(scratch.path("a/b"), 0o755) == 0)
                let plan = try scratch.file("a/b/plan.yaml", "", mode: 0o644)
                let path = scratch.path(one.path)
                #expect(chown(path, 0, one.group) == 0)
                let value = Self.value(one.entries, ofGroup: one.ofGroup)
                let isSet = setxattr(path, "system.posix_acl_access", value, value.count, 0) == 0
                // Some file systems keep none.
                guard isSet || errno != EOPNOTSUPP else { return }
                #expect(isSet, "\(one): \(errno)")
                let faults = Trust.check([plan])
                let isNamed = one.writer.map { !$0.hasSuffix(" 5") } ?? false
                let what = one.writer.map {
                    "can be written by \($0)" + (isNamed ? ", whom its ACL names" : "")
                }
                #expect(faults.map(\.what) == (what.map { [$0] } ?? []))
                guard one.writer != nil else { return }
                #expect(faults.map(\.mend) == ["chmod go-w \(path)"])
                // What is told to mend it does so.
                #expect(chmod(path, 0o755) == 0)
                #expect(Trust.check([plan]) == [])
                #expect(Trust.checkTool(plan) == nil)
            }
        #endif

        @Test func whatIsNoListIsNotTakenForNone() {
            let whole = Self.value("user:1000:6 mask::6")
            #expect(AccessList.read(whole[...], for: 0) == .writer("uid 1000"))
            #expect(AccessList.read(whole[...], for: 1000) == .nobody)
            let unknown = AccessList.Reading.unreadable("its form is not known")
            for bytes: ArraySlice in [[], whole.dropLast(), whole.prefix(3)] {
                #expect(AccessList.read(bytes, for: 0) == unknown)
            }
            let newer = Self.value("user:1000:6 mask::6", version: 3)
            #expect(AccessList.read(newer[...], for: 0) == unknown)
        }
    }
}
