import Foundation
import Testing

/// What `status`, `history`, `show` and `recover` say of journals, and exit with.
@Suite struct StatusTests {
    private let pair: PlainPair

    init() throws { pair = try PlainPair() }

    @Test func `an argv that no system starts is cut, and its journal read back`() throws {
        let words =
            "[echo, &a \(String(repeating: "x", count: 4000))"
            + String(repeating: ", *a", count: 900) + "]"
        let plan = try pair.file("huge.yaml", "plan: huge\nsteps:\n  - execute: \(words)\n")
        let run = try Program.run("run", plan, "--pair", "p")
        #expect(run.code == 1, "\(run.output.prefix(2000))")
        #expect(run.output.utf8.count + run.errors.utf8.count < 500_000)
        let journal = try #require(pair.journals.first)
        #expect(journal.hasPrefix("000001-"))
        #expect(pair.text("state/p/runs/\(journal)").utf8.count < 4 << 20)
        let status = try pair.failover("status")
        #expect(status.code == 1, "\(status)")
        #expect(status.output.contains("last run  huge, begun "), "\(status)")
        #expect(status.output.utf8.count < 100_000)
        #expect(try pair.failover("recover").output == "no run was left unfinished\n")
    }

    @Test func `a journal that cannot be told is named by all who are asked`() throws {
        #expect(try pair.failover("status").output.contains("last run  none yet"))
        #expect(try Program.run("run", pair.plan("up"), "--pair", "p").code == 0)
        #expect(try pair.failover("status").code == 0)
        try pair.file("state/p/runs/000002-20261122T031500.123Z-1.jsonl", "{\"fact\":\"run\"")
        let status = try pair.failover("status")
        #expect(status.code == 69, "\(status)")
        let why =
            "000002-20261122T031500.123Z-1: its journal cannot be told: its first line was cut"
        #expect(status.output.contains(why), "\(status)")
        #expect(!status.output.contains("done"))
        let json = try pair.failover("status", "--json")
        #expect(json.code == 69 && json.output.contains(#""standing":"untold""#), "\(json)")
        #expect(try pair.failover("show").code == 69)
        let history = try pair.failover("history")
        #expect(history.code == 0 && history.lines.count == 2, "\(history)")
        let recover = try pair.failover("recover")
        #expect(recover.code == 69, "\(recover)")
        #expect(recover.output.contains("left as it is"), "\(recover)")
        #expect(try pair.failover("recover").errors.contains("cannot be told"))
    }

    /// Without signals.yaml a person's runs are of the pair that he named.
    @Test func `a pair of which nothing is known is none`() throws {
        try FileManager.default.removeItem(atPath: pair.folder + "/signals.yaml")
        #expect(try Program.run("run", pair.plan("up"), "--pair", "mine").code == 0)
        for words in [["status"], ["history"], ["show"], ["recover"]] {
            #expect(try pair.failover(words + ["--pair", "mine"]).code == 0)
            let outcome = try pair.failover(words + ["--pair", "foo"])
            #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome)")
            #expect(outcome.errors.contains("there is no pair foo"), "\(outcome)")
        }
    }

    @Test func `a folder that is none is told by all who are asked`() throws {
        try pair.file("state", "")
        for words in [["status"], ["history"], ["show"], ["recover"]] {
            let outcome = try pair.failover(words)
            #expect(outcome.code == 69, "\(words): \(outcome)")
            #expect((outcome.output + outcome.errors).contains("cannot be told"), "\(outcome)")
        }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `who is not root is told that nothing can be told`() throws {
        #expect(try Program.run("run", pair.plan("up"), "--pair", "p").code == 0)
        #expect(chmod(pair.folder, 0o755) == 0)
        let setpriv = URL(filePath: "/usr/bin/setpriv")
        try #require(FileManager.default.isExecutableFile(atPath: setpriv.path))
        // The program may lie where only root comes.
        let copy = pair.folder + "/failover"
        try FileManager.default.copyItem(atPath: Program.binary.path, toPath: copy)
        #expect(chmod(copy, 0o755) == 0)
        let words = ["--reuid=65534", "--regid=65534", "--clear-groups", copy, "status"]
        let outcome = try Program.start(
            words + ["--plans", pair.folder], binary: setpriv
        ).end()
        #expect(outcome.code == 69, "\(outcome)")
        #expect(outcome.output.contains("cannot be told") && outcome.output.contains("as root"))
        #expect(!outcome.output.contains("on hold") && !outcome.output.contains("none yet"))
    }

    /// The rows of a page's table of exit codes, cell by cell.
    private static func codes(in page: String) throws -> [[String]] {
        let text = try String(
            contentsOf: Program.root.appending(path: page), encoding: .utf8)
        let table = try #require(
            text.firstMatch(of: /\| exit code \| ending[^\n]*\n\|[-|]*\n((?:\|[^\n]*\n?)+)/))
        return table.1.split(separator: "\n").map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The exit codes of endings stand in the help, the README and what an ending means.
    @Test func `the exit codes are listed the same everywhere`() throws {
        let help = try Program.run("--help").output
        let codes = try Self.codes(in: "docs/reference.md")
        #expect(
            codes.map(\.[0]) == [0, 1, 2, 3, 4, 5, 64, 65, 69, 70, 74, 75, 130].map(String.init))
        #expect(try Self.codes(in: "docs/guide.md") == codes)
        #expect(try Self.codes(in: "README.md") == codes.map { Array($0.prefix(2)) })
        for code in codes {
            #expect(
                help.contains(
                    "  \(code[0].padding(toLength: 5, withPad: " ", startingAt: 0))"
                        + "\(code[1])\n"), "\(code)")
        }
        let operations = try String(
            contentsOf: Program.root.appending(path: "docs/operations.md"), encoding: .utf8)
        let status = try Program.run("help", "status").output
        let standings = status.matches(of: /(?m)^  +(\d+)  +(\w[^\n]*)/).map {
            (String($0.1), String($0.2))
        }
        #expect(standings.map(\.0) == ["0", "1", "2", "3", "4", "65", "69"])
        for (code, text) in standings {
            let row = operations.split(separator: "\n").first { $0.hasPrefix("| \(code) | `") }
            #expect(row?.contains("| \(text)") == true, "\(code) \(text)")
        }
    }
}
