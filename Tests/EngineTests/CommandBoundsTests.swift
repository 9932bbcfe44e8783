import Foundation
import Testing

@testable import Engine

/// A command that is longer than any that a system starts is cut where it is shown and kept.
@Suite struct CommandBoundsTests {
    private static let huge =
        ["echo"] + Array(repeating: String(repeating: "x", count: 999), count: 9999)

    @Test func `a line shows its beginning and how long it is`() {
        let line = Command(.tool(Self.huge)).line
        #expect(line.hasPrefix("echo xxx") && line.hasSuffix("… (cut: 9999005 bytes in all)"))
        #expect(line.utf8.count < Command.lineLimit + 100)
        #expect(Command(.tool([String(repeating: "'", count: 99_999)])).line.utf8.count < 20_000)
        #expect(Command(.log(String(repeating: "x", count: 99_999))).line.utf8.count < 5000)
        #expect(Command(.tool(["a", "b c"])).line == "a 'b c'")
    }

    @Test func `a record keeps what fits, and is read back`() throws {
        let form = CommandForm(Command(.tool(Self.huge)))
        let data = try JSONEncoder().encode(form)
        #expect(data.count < Command.recordLimit + 2000)
        let read = try JSONDecoder().decode(CommandForm.self, from: data).command
        guard case .tool(let argv) = read.action else { throw CancellationError() }
        #expect(argv.first == "echo" && argv.last?.hasSuffix(" bytes more") == true)
        #expect(Command.areWords(Self.huge, ofRecorded: argv))
        #expect(!Command.areWords(["cat"] + Self.huge.dropFirst(), ofRecorded: argv))
        #expect(!Command.areWords(argv.dropLast(), ofRecorded: argv))
        #expect(Command.areWords(["a", "b"], ofRecorded: ["a", "b"]))
        #expect(!Command.areWords(["a", "b", "c"], ofRecorded: ["a", "b"]))
    }
}
