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
    }
}
