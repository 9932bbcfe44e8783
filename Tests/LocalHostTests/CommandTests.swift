import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// How commands end, and what they get from us.
    @Suite struct CommandTests {
        struct Script: Sendable, CustomTestStringConvertible {
            let name: String
            let text: String
            let expected: Output
            var testDescription: String { name }

            init(
                _ name: String,
                _ text: String,
                _ status: Output.Status,
                output: String = "",
                error: String = ""
            ) {
                self.name = name
                self.text = text
                expected = Output(status, output: Array(output.utf8), error: Array(error.utf8))
            }
        }

        static let scripts = [
            Script("says nothing", "exit 0", .exited(0)),
            Script("fails", "exit 3", .exited(3)),
            Script("exits with 255", "exit 255", .exited(255)),
            Script("is killed", "kill -9 $$", .signalled(9)),
            Script("is ended", "kill -15 $$", .signalled(15)),
            Script("prints", "echo out", .exited(0), output: "out\n"),
            Script(
                "prints both",
                "echo out; echo err >&2; exit 1",
                .exited(1),
                output: "out\n",
                error: "err\n"
            ),
            Script("prints no text", "printf '\\377\\000\\012'", .exited(0), output: "")
                .printing([255, 0, 10]),
            Script("closes its output first", "exec >&- 2>&-; sleep 0.1; exit 4", .exited(4)),
            Script("reads its input", "cat; echo end", .exited(0), output: "end\n"),
            Script("stands in the root folder", "pwd", .exited(0), output: "/\n"),
            Script("opens its terminal", "true </dev/tty", .exited(2)).printingAnyError(),
        ]

        @Test(arguments: scripts) func ends(_ script: Script) throws {
            let scratch = try Scratch()
            try scratch.tool("tool", script.text)
            let output = try scratch.host().output(of: .tool("tool"))
            #expect(output.status == script.expected.status)
            #expect(output.standardOutput == script.expected.standardOutput)
            if script.expected.standardError != Array("*".utf8) {
                #expect(output.standardError == script.expected.standardError)
            }
        }

        @Test func argumentsAreNotReadByAShell() throws {
            let scratch = try Scratch()
            try scratch.tool("show", "for word; do printf '[%s]' \"$word\"; done")
            let words = ["", "a b", "$HOME", "*", "'", "\"", "-f", "line\nbreak", "ü"]
            let output = try scratch.host().output(of: Command(.tool(["show"] + words)))
            let shown = words.map { "[\($0)]" }.joined()
            #expect(String(decoding: output.standardOutput, as: UTF8.self) == shown)
        }

        @Test func nothingIsInheritedButAFixedEnvironment() throws {
            let scratch = try Scratch()
            let output = try scratch.host().output(of: .tool("/usr/bin/env"))
            let path = ([scratch.folder] + LocalHost.usualPath).joined(separator: ":")
            let lines = String(decoding: output.standardOutput, as: UTF8.self)
                .split(separator: "\n").sorted()
            #expect(lines == ["HOME=/", "LC_ALL=C", "PATH=\(path)"])
        }

        @Test func noDescriptorIsInherited() throws {
            let leak = dup(1)
            defer { close(leak) }
            let output = try LocalHost(syslog: nil).output(of: .tool("ls", "/dev/fd/"))
            // The fourth is the folder that ls itself has open.
            #expect(String(decoding: output.standardOutput, as: UTF8.self) == "0\n1\n2\n3\n")
        }

        @Test func aChildLeadsItsOwnSession() throws {
            let host = LocalHost(syslog: nil)
            let output = try host.output(
                of: .tool("/bin/sh", "-c", "echo $$; exec ps -o pid=,pgid=,sid= -p $$")
            )
            let numbers = Set(
                String(decoding: output.standardOutput, as: UTF8.self)
                    .split(whereSeparator: \.isWhitespace)
            )
            #expect(output.succeeded)
            #expect(numbers.count == 1)
        }

        @Test func aHundredMegabytesAreNoTrouble() throws {
            let script = "echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo last"
            let output = try LocalHost(syslog: nil).output(of: .tool("/bin/sh", "-c", script))
            let text = String(decoding: output.standardOutput, as: UTF8.self)
            #expect(output.succeeded)
            #expect(text.hasPrefix("first\nxxxx"))
            #expect(text.hasSuffix("xxxxlast\n"))
            // All of it but a head and a tail of 32 KiB.
            #expect(text.contains("\n[\(100_000_011 - 65_536) bytes left out]\n"))
            #expect(text.utf8.count < 66_000)
        }

        @Test(arguments: [65_535, 65_536, 65_537, 98_304, 300_000])
        func whatIsLeftOutIsCounted(_ count: Int) throws {
            let output = try LocalHost(syslog: nil).output(
                of: .tool("/usr/bin/head", "-c", "\(count)", "/dev/zero")
            )
            let noted = Array("\n[\(count - 65_536) bytes left out]\n".utf8)
            let zeros = [UInt8](repeating: 0, count: 32_768)
            let whole = [UInt8](repeating: 0, count: count)
            #expect(
                output.standardOutput == (count > 65_536 ? zeros + noted + zeros : whole)
            )
        }

        @Test(arguments: ["sleep 300", "yes", "sleep 300 2>/dev/null"])
        func aGrandchildThatKeepsThePipeHoldsNothingUp(_ grandchild: String) throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            let script = "echo $$; \(grandchild) & echo $! >&2; exit 5"
            let tool = Command.tool("/bin/sh", "-c", script)
            host.perform(.execute(WorkID(1), tool, until: host.after(patience)))
            // One that writes on into the closed pipe has died of it, or is about to.
            let output: Output
            let event = try #require(host.news())
            switch event.input {
            case .finished(WorkID(1), .left(_, let said)), .finished(WorkID(1), .ended(let said)):
                output = said
            default: throw Unexpected(event.input)
            }
            #expect(output.status == .exited(5))
            #expect(host.now - start < .seconds(10))
            let left = try #require(
                Int32(String(decoding: output.standardError, as: UTF8.self).dropLast())
            )
            kill(left, SIGKILL)
        }

        @Test func twoHundredAtOnce() throws {
            let host = LocalHost(syslog: nil)
            for number in 1...200 {
                let command = Command.tool("/bin/sh", "-c", "sleep 0.2; echo \(number)")
                host.perform(.execute(WorkID(number), command, until: host.after(patience)))
            }
            var printed: [Int: String] = [:]
            for event in host.allEvents() {
                guard case .finished(let id, .ended(let output)) = event.input else {
                    throw Unexpected(event.input)
                }
                printed[id.number] = String(decoding: output.standardOutput, as: UTF8.self)
            }
            #expect(printed.count == 200)
            for (number, text) in printed { #expect(text == "\(number)\n") }
        }

        @Test func whatIsTooMuchAtOnceWaitsForItsTurn() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            host.mostAtOnce = 3
            try scratch.tool("turn", "echo begin >>$0.log; sleep 0.02; echo end >>$0.log")
            for number in 1...12 {
                host.perform(.execute(WorkID(number), .tool("turn"), until: host.after(patience)))
            }
            let words = host.allEvents().map(\.word)
            #expect(words.sorted() == (1...12).map { "ended \($0) exit 0" }.sorted())
            var running = 0
            for line in scratch.lines("turn.log") {
                running += line == "begin" ? 1 : -1
                #expect((0...3).contains(running))
            }
        }

        @Test func whoseTurnDoesNotComeIsNotStarted() throws {
            let host = LocalHost(syslog: nil)
            host.mostAtOnce = 1
            host.perform(.execute(WorkID(1), .tool("sleep", "300"), until: host.after(patience)))
            host.perform(
                .execute(WorkID(2), .tool("true"), until: host.after(.milliseconds(50))))
            host.perform(.execute(WorkID(3), .tool("true"), until: host.after(patience)))
            host.perform(.cancel(WorkID(3)))
            #expect(host.news()?.word == "ended 3 it was ended before its turn came")
            #expect(host.news()?.word.hasPrefix("ended 2 1 tools were running") == true)
            host.perform(.cancel(WorkID(1)))
            #expect(host.allEvents().map(\.word) == ["gave up 1", "gone 1"])
        }

        @Test func nothingIsLeftBehind() throws {
            let host = LocalHost(syslog: nil)
            let before = try openDescriptors()
            var pids: [Int32] = []
            for _ in 0..<40 {
                for number in 1...50 {
                    let command = Command.tool("/bin/sh", "-c", "echo $$")
                    host.perform(.execute(WorkID(number), command, until: host.after(patience)))
                }
                for event in host.allEvents() {
                    guard case .finished(_, .ended(let output)) = event.input else {
                        throw Unexpected(event.input)
                    }
                    pids.append(try pid(in: output))
                }
            }
            #expect(pids.count == 2000)
            // Other tests of this process may have some files open; not a thousand.
            #expect(try openDescriptors() < before + 100)
            #expect(pids.filter { waitpid($0, nil, WNOHANG) == 0 } == [])
            #expect(pids.suffix(50).filter(exists) == [])
        }

        private func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/dev/fd/").count
        }

        @Test func aLogLineAlwaysSucceeds() throws {
            let host = LocalHost(syslog: nil)
            #expect(try host.output(of: Command(.log("a line"))) == Output(.exited(0)))
        }
    }
}

extension LocalHostTests.CommandTests.Script {
    func printing(_ bytes: [UInt8]) -> Self {
        Self(name: name, text: text, expected: Output(expected.status, output: bytes))
    }

    func printingAnyError() -> Self {
        Self(
            name: name,
            text: text,
            expected: Output(expected.status, error: Array("*".utf8))
        )
    }

    private init(name: String, text: String, expected: Output) {
        self.name = name
        self.text = text
        self.expected = expected
    }
}
