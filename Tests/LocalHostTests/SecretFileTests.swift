import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Secrets reach the tool, and nothing else.
    @Suite struct SecretFileTests {
        private func command(_ tool: String, _ path: String) -> Command {
            Command(
                .tool([tool, "--token", Command.mask, "end"]),
                secrets: [Command.Secret(word: 2, path: path)])
        }

        @Test(arguments: [
            ("hunter2\n", "hunter2"), ("hunter2", "hunter2"), ("a b'$x\n", "a b'$x"),
            (String(repeating: "x", count: 4096), String(repeating: "x", count: 4096)),
        ])
        func theToolGetsTheText(_ text: String, _ word: String) throws {
            let scratch = try Scratch()
            try scratch.tool("tool", "printf '%s|' \"$@\"")
            let path = try scratch.file("token", text, mode: 0o600)
            let output = try scratch.host().output(of: command("tool", path))
            #expect(output.status == .exited(0))
            #expect(output.standardOutput == Array("--token|\(word)|end|".utf8))
        }

        @Test(arguments: [
            ("", 0o600, "empty"), ("\n", 0o600, "empty"), ("a\u{0}b", 0o600, "one line"),
            ("a\nb\n", 0o600, "one line"),
            ("hunter2", 0o644, "chmod 600"), ("hunter2", 0o660, "chmod 600"),
            (String(repeating: "x", count: 4097), 0o600, "more than 4096"),
        ])
        func whatIsNoSecretStartsNothing(_ text: String, _ mode: Int, _ why: String) throws {
            let scratch = try Scratch()
            try scratch.tool("tool", "touch '\(scratch.path("started"))'")
            let path = try scratch.file("token", text, mode: mode)
            let output = try scratch.host().output(of: command("tool", path))
            guard case .unavailable(let said) = output.status else {
                Issue.record("\(output.status)")
                return
            }
            #expect(said.contains(why) && said.contains(path) && !said.contains("hunter2"))
            #expect(!FileManager.default.fileExists(atPath: scratch.path("started")))
        }

        @Test func aMissingFileOrAFolderIsTold() throws {
            let scratch = try Scratch()
            for path in [scratch.path("nowhere"), scratch.folder] {
                let output = try scratch.host().output(of: command("true", path))
                guard case .unavailable = output.status else {
                    Issue.record("\(output.status)")
                    continue
                }
            }
        }
    }
}
