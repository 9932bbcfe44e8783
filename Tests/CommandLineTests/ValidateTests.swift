import Foundation
import Testing

/// What `failover validate` says of several files, and of files that are no plans.
@Suite struct ValidateTests {
    private static let master = """
        plan: a
        direction: acquire
        counterpart: b.yaml
        steps: [lgo: x]

        """
    private static let slave = """
        plan: b
        direction: release
        counterpart: a.yaml
        if-stuck: park
        steps: [{log: x, tiemout: 1s}]

        """

    @Test func `a fault of two plans of a pair is told once`() throws {
        let scratch = try Scratch()
        let plans = [
            try scratch.file("a.yaml", Self.master), try scratch.file("b.yaml", Self.slave),
        ]
        let outcome = try Program.run(["validate"] + plans.map(\.path))
        #expect(outcome.code == 65)
        for fault in ["no step is named `lgo`", "`tiemout` cannot stand"] {
            #expect(outcome.errors.components(separatedBy: fault).count == 2, "\(fault)")
        }
        #expect(outcome.errors.contains("b.yaml: not valid, by faults that are told above"))
    }

    @Test func `advice can be copied`() throws {
        let scratch = try Scratch()
        let advice = [
            "when: {file: /x, state: absent}": "{file: {path: /x, state: absent}}",
            "guard: {file: /x, pool: tank}": "each as an item of the list under `guard`",
            "undo: {execute: touch /tmp/x}": "[touch, /tmp/x]",
        ]
        for (text, help) in advice.sorted(by: { $0.key < $1.key }) {
            let plan = "plan: a\nsteps:\n  - log: a\n    \(text)\n"
            let outcome = try Program.run("validate", scratch.file("plan.yaml", plan).path)
            #expect(outcome.errors.contains(help), "\(text)")
        }
    }

    @Test func `a site and a world are called so`() throws {
        let outcome = try Program.run(
            "validate", "plans/site.yaml", "plans/worlds/dead-peer.yaml")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("this is a site"))
        #expect(outcome.errors.contains("this is a world"))
        #expect(!outcome.errors.contains("unknown-key"))
    }

    @Test func `one bad setting is one fault that shows it`() throws {
        for setting in ["vhid=300", "disks=disk 0"] {
            let outcome = try Program.run(
                "validate", "plans/become-master.yaml", "--set", setting)
            #expect(outcome.code == 65)
            #expect(outcome.errors.contains("1 error"))
            let name = setting.prefix { $0 != "=" }
            #expect(outcome.errors.contains("--set \(name)="))
        }
        let list = try Program.run(
            "validate", "plans/become-master.yaml", "--set", "disks=[disk0, disk1]")
        #expect(list.code == 0)
        let none = try Program.run("validate", "plans/become-master.yaml", "--set", "disks=")
        #expect(none.code == 65)
    }

    @Test(arguments: ["for-each", "retry", "when", "point-of-no-return", "parallel", "attempts"])
    func `a word of the language is explained`(_ word: String) throws {
        let outcome = try Program.run("steps", word)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("docs/language.md"))
        #expect(try Program.run("steps", word, "--json").lines.count == 1)
    }
}
