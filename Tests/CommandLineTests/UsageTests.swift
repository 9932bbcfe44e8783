import Foundation
import Testing

/// Usage: help, exit codes, and what goes where.
@Suite struct UsageTests {
    static let commands = [
        "run", "preview", "validate", "test", "verify", "explain", "steps", "on", "status",
        "history", "show", "hold", "unhold", "switch", "approve", "recover", "watch", "install",
        "version",
    ]

    @Test(arguments: commands)
    func `each command explains itself`(_ command: String) throws {
        let outcome = try Program.run("help", command)
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("USAGE: failover \(command)"))
        #expect(outcome.output.contains("OVERVIEW: "))
        #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `the top explains exit codes and completions`() throws {
        let outcome = try Program.run("--help")
        #expect(outcome.code == 0)
        for text in ["EXIT CODES", "130", "--generate-completion-script"] + Self.commands {
            #expect(outcome.output.contains(text), "\(text)")
        }
    }

    @Test(arguments: [
        ["walk"], ["help", "walk"], ["help", "run", "fast"], ["run"], ["run", "--speed"],
        ["validate"], ["steps", "set-rol"],
        ["explain", "no-steady-rol"], ["explain", "a", "b"],
        ["run", "plans/become-master.yaml", "--fast"],
        ["run", "plans/become-master.yaml", "--assume", "carp=master"],
        ["run", "plans/become-master.yaml", "--fault", "zpool import: hangs"],
        ["run", "plans/become-master.yaml", "--seed", "1"],
        ["run", "plans/become-master.yaml", "--simulate", "--seed", "one"],
        ["run", "plans/become-master.yaml", "--simulate", "--dry-run", "--seed", "1"],
        ["test", "--record", "--json"], ["test", "--record", "--seeds", "2"],
        ["test", "--seeds", "-1"], ["test", "--seeds", "many"],
        ["test", "--plans", "plans", "plans"],
        ["run", "plans/become-master.yaml", "--set", "pool"],
        ["run", "plans/become-master.yaml", "--set", "=tank"],
        ["validate", "plans/become-master.yaml", "--platform", "plan9"],
        ["run", "a.yaml", "b.yaml"],
    ])
    func `bad usage is 64 and says so on standard error`(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Error: "))
        let usage = outcome.errors.split(separator: "\n").drop { !$0.hasPrefix("Usage: ") }
        #expect(usage.allSatisfy { $0.count <= 80 })
    }

    @Test func `a near miss is pointed out`() throws {
        for (word, help) in [
            ("stauts", "did you mean `failover status`?"), ("a.yaml", "`failover run a.yaml`"),
            ("walk", "`failover --help`"),
        ] {
            #expect(try Program.run(word).errors.contains(help))
            #expect(try Program.run("help", word).errors.contains(help))
        }
        #expect(try Program.run("steps", "set-rol").errors.contains("did you mean set-role?"))
        let explained = try Program.run("explain", "no-steady-rol")
        #expect(explained.errors.contains("did you mean `no-steady-role`?"))
    }

    @Test func `an example of the help is one line of a terminal`() throws {
        var count = 0
        for command in Self.commands {
            let narrow = try Program.run("help", command)
            let wide = try Program.start(["help", command], environment: ["COLUMNS": "300"]).end()
            let examples = wide.lines.filter { $0.hasPrefix("  failover ") }
            for example in examples { #expect(narrow.lines.contains(example)) }
            count += wide.lines.count { $0.count > 80 }
        }
        #expect(count > 0, "the help takes the width that it is given")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions are there for each shell`(_ shell: String) throws {
        let outcome = try Program.run("--generate-completion-script", shell)
        #expect(outcome.code == 0)
        for command in Self.commands { #expect(outcome.output.contains(command)) }
    }

    @Test func `the version is that of the changelog`() throws {
        let outcome = try Program.run("version")
        #expect(outcome.code == 0)
        #expect(outcome.errors.isEmpty)
        let version = try #require(outcome.output.split(whereSeparator: \.isWhitespace).last)
        let changes = try String(
            contentsOf: Program.root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        #expect(changes.contains("## \(version)"))
        #expect(try Program.run("--version").output == outcome.output)
    }

    @Test(arguments: [["version"], ["steps"], ["steps", "carp"], ["explain"]])
    func `JSON is JSON`(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments + ["--json"])
        #expect(outcome.code == 0)
        #expect(!outcome.lines.isEmpty)
        for line in outcome.lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }

    @Test func `a kind is shown with its fields and an example`() throws {
        let outcome = try Program.run("steps", "zpool-import")
        #expect(outcome.code == 0)
        for text in ["zpool-import:", "fields:", "timeout:", "undone:", "example:", "force"] {
            #expect(outcome.output.contains(text), "\(text)")
        }
    }

    @Test func `the reference page is up to date`() throws {
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/reference.md"), encoding: .utf8)
        let outcome = try Program.run("steps", "--markdown")
        #expect(outcome.output == page, "run: ./failover steps --markdown > docs/reference.md")
    }

    @Test func `the page of the warnings is up to date`() throws {
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/lint.md"), encoding: .utf8)
        let outcome = try Program.run("explain", "--markdown")
        #expect(outcome.output == page, "run: ./failover explain --markdown > docs/lint.md")
    }

    @Test func `each warning can be looked up`() throws {
        let list = try Program.run("explain")
        #expect(list.code == 0 && list.errors.isEmpty)
        let codes = list.lines.filter { $0.hasPrefix("  ") }.map { line in
            line.dropFirst(2).prefix { $0 != " " }
        }
        #expect(codes.count >= 13)
        for code in codes {
            let page = try Program.run("explain", String(code))
            #expect(page.code == 0)
            for text in [code, "how it goes wrong:", "how to mend it:", "example:"] {
                #expect(page.output.contains(text), "\(code): \(text)")
            }
            #expect(page.lines.allSatisfy { $0.count <= 80 })
        }
    }
}
