import CSystem
import Engine
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Journals on disks that take nothing more.
    @Suite struct FullDiskTests {
        /// A small file system in a scratch folder; nil where none can be mounted.
        private func disk(_ scratch: Scratch, _ options: String) throws -> String? {
            let folder = scratch.path("disk")
            #expect(mkdir(folder, 0o700) == 0)
            let mount = Command.tool("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder)
            if try LocalHost(syslog: nil).output(of: mount).succeeded { return folder }
            print("not run: no file system can be mounted here")
            return nil
        }

        private func unmount(_ folder: String) throws {
            let unmount = Command.tool("umount", "-l", folder)
            #expect(try LocalHost(syslog: nil).output(of: unmount).succeeded)
        }

        @Test func aFullDiskIsToldOnceAndNoLineIsTorn() throws {
            let scratch = try Scratch()
            guard let folder = try disk(scratch, "size=64k") else { return }
            defer { try? unmount(folder) }
            let path = folder + "/run.jsonl"
            let ballast = try #require(Descriptor(system_create(folder + "/full", O_RDWR, 0o600)))
            #expect(ballast.writeAll([UInt8](repeating: 1, count: 20_000)))
            let writer = JournalWriter(path: path)
            let line = Array((String(repeating: "x", count: 998) + "\n").utf8)
            var faults: [String] = []
            for _ in 0..<100 { faults += writer.append(line, sync: true).map { [$0.why] } ?? [] }
            #expect(
                faults == [
                    "the journal \(path) cannot be written: no space left on device; the failover "
                        + "goes on, but cannot be resumed after a crash"
                ])
            #expect(!writer.isLeftBehind)
            let lines = scratch.lines("disk/run.jsonl")
            #expect(lines.count > 10 && lines.count < 60)
            #expect(lines.allSatisfy { $0.count == 998 })
            // With room again, the next line stands behind a mark.
            #expect(ftruncate(ballast.number, 0) == 0)
            #expect(writer.append(Array("end\n".utf8), sync: true) == nil)
            let after = scratch.lines("disk/run.jsonl")
            #expect(after == lines + [#"{"fact":"gap"}"#, "end"])
            writer.close()
        }

        @Test func aReadOnlyDiskIsToldOnce() throws {
            let scratch = try Scratch()
            guard let folder = try disk(scratch, "ro,size=64k") else { return }
            defer { try? unmount(folder) }
            let writer = JournalWriter(path: folder + "/run.jsonl")
            let faults = (0..<10).compactMap { _ in writer.append(Array("x".utf8), sync: true) }
            #expect(
                faults.map { $0.why.contains("cannot be opened: read-only file system") } == [true])
            #expect(faults.first?.help?.hasPrefix("mount ") == true)
            let folders = StateFolders(state: folder + "/state", runtime: scratch.path("run"))
            #expect(
                folders.prepare("tank").map { $0.why.hasSuffix("read-only file system") } == [true])
        }
    }
}
