import CSystem
import Engine
import Foundation
import LocalHost
import Testing

extension LocalHostTests {
    /// The files of a plan.
    @Suite struct FileReaderTests {
        @Test(arguments: [0, 1, 70_000, 1_048_576]) func bytes(_ count: Int) throws {
            let scratch = try Scratch()
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
            try Data(bytes).write(to: URL(fileURLWithPath: scratch.path("plan.yaml")))
            #expect(try FileReader.read(scratch.path("plan.yaml"))?.get() == bytes)
        }

        @Test func aLargeFileIsReadUpToOneByteTooMany() throws {
            let scratch = try Scratch()
            try Data(count: 3_000_000).write(to: URL(fileURLWithPath: scratch.path("plan.yaml")))
            #expect(try FileReader.read(scratch.path("plan.yaml"))?.get().count == 1_048_577)
        }

        @Test(arguments: ["none.yaml", "file/none.yaml"]) func noFile(_ name: String) throws {
            let scratch = try Scratch()
            try scratch.file("file", "")
            #expect(FileReader.read(scratch.path(name)) == nil)
        }

        @Test(arguments: [
            ("folder", "is a folder"), ("fifo", "is not a regular file"),
            ("socket", "is not a regular file"), ("/dev/null", "is not a regular file"),
            ("circle", "is a symbolic link that leads in a circle"),
            ("dangling", "is a symbolic link to /nowhere/at/all, which is not there"),
            ("a\0b", "has a NUL in its name"),
        ])
        func faults(_ name: String, _ why: String) throws {
            let scratch = try Scratch()
            let manager = FileManager.default
            try manager.createDirectory(
                atPath: scratch.path("folder"),
                withIntermediateDirectories: false
            )
            try manager.createSymbolicLink(
                atPath: scratch.path("circle"),
                withDestinationPath: "circle"
            )
            try manager.createSymbolicLink(
                atPath: scratch.path("dangling"),
                withDestinationPath: "/nowhere/at/all"
            )
            mkfifo(scratch.path("fifo"), 0o600)
            _ = try scratch.socket("socket")
            let path = name.hasPrefix("/") ? name : scratch.path(name)
            guard case .failure(let fault)? = FileReader.read(path) else {
                Issue.record("it was read")
                return
            }
            #expect(fault.why == why)
        }

        @Test(.enabled(if: geteuid() != 0, "root may read everything"))
        func noPermission() throws {
            let scratch = try Scratch()
            try scratch.file("secret", "", mode: 0)
            guard case .failure(let fault)? = FileReader.read(scratch.path("secret")) else {
                Issue.record("it was read")
                return
            }
            #expect(fault.why == "cannot be read: permission denied")
        }
    }
}
