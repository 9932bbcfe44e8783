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
            try scratch.tool("tool", "printf '%s|' \"$@\" > '\(scratch.path("got"))'")
            let path = try scratch.file("token", text, mode: 0o600)
            let output = try scratch.host().output(of: command("tool", path))
            #expect(output.status == .exited(0))
            let got = try String(contentsOfFile: scratch.path("got"), encoding: .utf8)
            #expect(got == "--token|\(word)|end|")
        }

        @Test func whatAToolPrintsIsToldWithoutThem() throws {
            let scratch = try Scratch()
            try scratch.tool("tool", "echo \"token is $2\"; echo \"bad $2$2, $2\" >&2; exit 3")
            let path = try scratch.file("token", "hunter2\n", mode: 0o600)
            let output = try scratch.host().output(of: command("tool", path))
            #expect(output.status == .exited(3))
            #expect(output.standardOutput == Array("token is (secret)\n".utf8))
            #expect(output.standardError == Array("bad (secret)(secret), (secret)\n".utf8))
        }

        @Test func anotherToolIsToldWithoutThem() throws {
            let scratch = try Scratch()
            try scratch.tool("quiet", "exit 0")
            try scratch.tool("loud", "echo hunter2")
            let path = try scratch.file("token", "hunter2\n", mode: 0o600)
            let host = scratch.host()
            _ = try host.output(of: command("quiet", path))
            #expect(
                try host.output(of: .tool("loud")).standardOutput == Array("(secret)\n".utf8))
        }

        @Test func atACutAPartOfOneIsHidden() {
            var mask = SecretMask()
            mask.add("hunter2")
            mask.add("hunter2-long")
            let half = 32 * 1024
            var capture = Capture()
            let text =
                String(repeating: ".", count: half - 4) + "hunter2"
                + String(repeating: "-", count: 9)
                + "nter2" + String(repeating: ".", count: half - 5)
            Array(text.utf8).withUnsafeBytes { capture.append($0) }
            let shown = String(decoding: capture.bytes(hiding: mask), as: UTF8.self)
            #expect(shown.contains(".(secret)\n["))
            #expect(shown.contains("out]\n(secret)."))
            let words = Array("a hunter2-long, hunter2-short".utf8)
            #expect(mask.hiding(in: words) == Array("a (secret), (secret)-short".utf8))
        }

        @Test func theWordsOfAVerdictAreToldWithoutThem() {
            var mask = SecretMask()
            mask.add("hunter2")
            #expect(mask.hiding(in: .doesNot("7 is `x hunter2`")) == .doesNot("7 is `x (secret)`"))
            #expect(mask.hiding(in: Verdict.holds) == .holds)
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
