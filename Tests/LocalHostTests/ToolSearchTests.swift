import CSystem
import Engine
import Foundation
import LocalHost
import Testing

extension LocalHostTests {
    /// Which tool is started, and what is said when none can be.
    @Suite struct ToolSearchTests {
        @Test func theFirstFolderWins() throws {
            let first = try Scratch()
            let second = try Scratch()
            try first.file("tool", "not executable")
            try second.tool("tool", "echo second")
            let host = LocalHost(path: [first.folder, second.folder], syslog: nil)
            let output = try host.output(of: .tool("tool"))
            #expect(output.standardOutput == Array("second\n".utf8))
        }

        @Test func anAbsolutePathNeedsNoSearch() throws {
            let scratch = try Scratch()
            let path = try scratch.tool("tool", "exit 7")
            let host = LocalHost(path: ["/nowhere"], syslog: nil)
            #expect(try host.output(of: .tool(path)).status == .exited(7))
        }

        struct Fault: Sendable, CustomTestStringConvertible {
            let argv: [String]
            let message: String
            var testDescription: String { message }
        }

        /// `FOLDER` stands for the folder of the tools.
        static let faults = [
            Fault(argv: ["hastctl"], message: "hastctl is not installed: not in FOLDER:/nowhere"),
            Fault(argv: ["plain"], message: "FOLDER/plain is not executable"),
            Fault(argv: ["FOLDER/plain"], message: "FOLDER/plain is not executable"),
            Fault(argv: ["folder"], message: "folder is not installed: not in FOLDER:/nowhere"),
            Fault(argv: ["FOLDER/folder"], message: "FOLDER/folder is not executable"),
            Fault(argv: ["FOLDER/none"], message: "FOLDER/none is not installed"),
            Fault(
                argv: ["orphan"],
                message: "FOLDER/orphan was not started: "
                    + "the interpreter in its first line is not installed"
            ),
            Fault(
                argv: ["text"],
                message: "FOLDER/text is not a program: has a script no #! line?"
            ),
            Fault(
                argv: ["./tool"],
                message: "`./tool` is neither the name of a tool nor an absolute path"
            ),
            Fault(
                argv: [""],
                message: "`` is neither the name of a tool nor an absolute path"
            ),
            Fault(argv: [], message: "no tool is named"),
            Fault(
                argv: ["tool", "a\0b"],
                message: "an argument of tool holds a NUL, which none can"
            ),
            Fault(
                argv: ["tool", String(repeating: "x", count: 4_000_000)],
                message: "FOLDER/tool was not started: its arguments are too long"
            ),
        ]

        @Test(arguments: faults) func whatCannotBeStartedSaysWhy(_ fault: Fault) throws {
            let scratch = try Scratch()
            try scratch.tool("tool", "exit 0")
            try scratch.file("plain", "#!/bin/sh\n")
            try scratch.program("orphan", "#!/no/such/shell\n")
            try scratch.program("text", "some text\n")
            try FileManager.default.createDirectory(
                atPath: scratch.path("folder"),
                withIntermediateDirectories: false
            )
            func here(_ text: String) -> String {
                text.replacingOccurrences(of: "FOLDER", with: scratch.folder)
            }
            let host = LocalHost(path: [scratch.folder, "/nowhere"], syslog: nil)
            let output = try host.output(of: Command(.tool(fault.argv.map(here))))
            #expect(output == Output(.unavailable(here(fault.message))))
        }

        /// What is done to a folder `a` with a tool `tool` in it, and how the message begins.
        struct Opening: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let place: String
            let mode: mode_t
            var owner: uid_t = 0
            var group: gid_t = 0
            /// With `FOLDER` for the folder of the test; nil: nothing is wrong.
            let message: String?
        }

        private static let isRoot = geteuid() == 0

        static let openings = [
            Opening(testDescription: "as it should be", place: "a", mode: 0o755, message: nil),
            Opening(
                testDescription: "a folder for all", place: "a", mode: 0o777,
                message: "FOLDER/a can be written by everybody"),
            Opening(
                testDescription: "a sticky folder", place: "a", mode: 0o1777,
                message: "FOLDER/a is a folder in which everybody can put a tool"),
            Opening(
                testDescription: "a sticky folder of root's group", place: "a", mode: 0o1775,
                message: nil),
            Opening(
                testDescription: "a sticky folder of another group", place: "a", mode: 0o1775,
                group: 5, message: "FOLDER/a is a folder in which group 5 can put a tool"),
            Opening(
                testDescription: "another's folder", place: "a", mode: 0o755, owner: 65_534,
                message: "FOLDER/a is owned by uid 65534"),
            Opening(
                testDescription: "another's tool", place: "a/tool", mode: 0o755, owner: 65_534,
                message: "FOLDER/a/tool is owned by uid 65534"),
            Opening(
                testDescription: "a tool for all", place: "a/tool", mode: 0o757,
                message: "FOLDER/a/tool can be written by everybody"),
            Opening(
                testDescription: "the folder above", place: "", mode: 0o777,
                message: "FOLDER can be written by everybody"),
            Opening(testDescription: "a sticky one above", place: "", mode: 0o1777, message: nil),
        ]

        private func tree() throws -> Scratch {
            let scratch = try Scratch()
            #expect(mkdir(scratch.path("a"), 0o755) == 0)
            try scratch.tool("a/tool", "echo \"$PATH\"")
            return scratch
        }

        @Test(.enabled(if: isRoot, "only root can give files away"), arguments: openings)
        func whatOthersCouldHaveChangedIsNotStarted(_ opening: Opening) throws {
            let scratch = try tree()
            let place = opening.place.isEmpty ? scratch.folder : scratch.path(opening.place)
            #expect(
                chown(place, opening.owner, opening.group) == 0 && chmod(place, opening.mode) == 0)
            let folder = scratch.path("a")
            for (path, tool) in [(folder, "tool"), ("/nowhere", folder + "/tool")] {
                let host = LocalHost(path: [path, "/bin"], syslog: nil)
                let output = try host.output(of: .tool(tool))
                guard let message = opening.message else {
                    #expect(output.succeeded)
                    continue
                }
                let text = message.replacingOccurrences(of: "FOLDER", with: scratch.folder)
                guard case .unavailable(let why) = output.status else {
                    Issue.record("\(tool) was started: \(output)")
                    continue
                }
                #expect(why.hasPrefix("\(tool) is not started: \(text)"), "\(why)")
                #expect(why.contains("mend it with: "))
                // Mended, it is started by the same host.
                #expect(chown(place, 0, 0) == 0 && chmod(place, 0o755) == 0)
                #expect(try host.output(of: .tool(tool)).succeeded)
                #expect(
                    chown(place, opening.owner, opening.group) == 0
                        && chmod(place, opening.mode) == 0)
            }
        }

        @Test(.enabled(if: isRoot, "only root can give files away"))
        func aLinkThatOthersCouldHaveChangedIsNotFollowed() throws {
            let scratch = try tree()
            #expect(symlink("a/tool", scratch.path("link")) == 0)
            let host = scratch.host()
            #expect(try host.output(of: .tool("link")).succeeded)
            #expect(lchown(scratch.path("link"), 65_534, 0) == 0)
            let again = try scratch.host().output(of: .tool("link"))
            #expect(again.status.description.contains("chown -h root \(scratch.path("link"))"))
            #expect(lchown(scratch.path("link"), 0, 0) == 0)
            #expect(chmod(scratch.path("a"), 0o777) == 0)
            let target = try scratch.host().output(of: .tool("link"))
            #expect(target.status.description.contains("chmod go-w \(scratch.path("a"))"))
        }

        /// What a tool starts itself is not found where others could have put it.
        @Test(.enabled(if: isRoot, "only root can give files away"))
        func thePathOfAToolHasNoFolderOfOthers() throws {
            let scratch = try tree()
            #expect(mkdir(scratch.path("open"), 0o755) == 0)
            #expect(chmod(scratch.path("open"), 0o777) == 0)
            let path = [scratch.path("open"), scratch.path("a"), "/tmp", "/bin"]
            let output = try LocalHost(path: path, syslog: nil).output(of: .tool("tool"))
            #expect(output.standardOutput == Array("\(scratch.path("a")):/bin\n".utf8))
        }
    }
}
