import Foundation
import Testing

@testable import LocalHost

extension LocalHostTests {
    /// What a boot does to marks, where the system does not empty the folder.
    @Suite struct MarkFolderTests {
        private let scratch: Scratch
        private let folder: String

        init() throws {
            scratch = try Scratch()
            folder = scratch.path("failover/fresh")
        }

        private func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder + "/" + name)
        }

        @Test func aMarkCountsInItsBoot() {
            let marks = MarkFolder(folder, boot: "one")
            #expect(marks.set(folder + "/disk0") == nil)
            #expect(marks.set(folder + "/disk0") == nil)
            #expect(marks.has(folder + "/disk0") && !marks.has(folder + "/disk1"))
            #expect(MarkFolder(folder, boot: "one").sweep() == nil)
            #expect(exists("disk0"))
            #expect(marks.clear(folder + "/disk0") == nil)
            #expect(marks.clear(folder + "/disk0") == nil)
            #expect(!exists("disk0"))
        }

        /// A late hook takes away what it finds, but for a mark of the connection that there is.
        @Test func aMarkOfThisConnectionIsSpared() {
            let marks = MarkFolder(folder, boot: "one")
            let mark = folder + "/disk0"
            #expect(marks.clear(mark, sparing: "778.5") == nil)
            for (said, sparing, stays) in [
                ("778.5", "778.5", true), ("778.5", "778.6", false), ("778.5", nil, false),
                ("", "778.5", false), ("778.55", "778.5", false),
            ] {
                #expect(marks.set(mark, saying: said) == nil)
                #expect(marks.clear(mark, sparing: sparing) == nil)
                #expect(marks.has(mark) == stays, "\(said) \(sparing ?? "-")")
                #expect(StoreFile.names(in: folder, limit: 9)?.count == (stays ? 2 : 1))
            }
        }

        @Test func theNextBootKnowsNothing() {
            #expect(MarkFolder(folder, boot: "one").set(folder + "/disk0") == nil)
            #expect(MarkFolder(folder, boot: "one").set(folder + "/disk0@peer") == nil)
            #expect(MarkFolder(folder, boot: "two").sweep() == nil)
            #expect(!exists("disk0") && !exists("disk0@peer"))
        }

        @Test func aMarkThatIsSetFirstInABootIsTheOnlyOne() {
            #expect(MarkFolder(folder, boot: "one").set(folder + "/disk0") == nil)
            let marks = MarkFolder(folder, boot: "two")
            #expect(marks.set(folder + "/disk1") == nil)
            #expect(!exists("disk0") && exists("disk1"))
            #expect(marks.sweep() == nil)
            #expect(exists("disk1"))
        }

        /// The folder above is that of the locks, which must be closed to others.
        @Test func theFolderAboveIsClosed() throws {
            #expect(MarkFolder(folder, boot: "one").set(folder + "/disk0") == nil)
            let path = scratch.path("failover")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }

        /// What a person made by hand has no stamp, and is theirs.
        @Test func aFolderWithoutAStampIsLeft() throws {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try scratch.file("failover/fresh/disk0", "")
            #expect(MarkFolder(folder, boot: "two").sweep() == nil)
            #expect(exists("disk0"))
            #expect(MarkFolder(folder + "/nowhere", boot: "two").sweep() == nil)
        }

        @Test func whatCannotBeRemovedIsTold() throws {
            #expect(MarkFolder(folder, boot: "one").set(folder + "/disk0") == nil)
            try FileManager.default.createDirectory(
                atPath: folder + "/strange", withIntermediateDirectories: true)
            #expect(MarkFolder(folder, boot: "two").sweep() != nil)
            #expect(exists(".boot"), "the stamp still says that they are old")
        }
    }
}
