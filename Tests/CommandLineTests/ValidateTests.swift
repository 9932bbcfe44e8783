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

    @Test func `signals are read with both plans`() throws {
        let sound = try Program.run("validate", "plans/signals.yaml")
        #expect(sound.code == 0)
        #expect(sound.output == "plans/signals.yaml: valid (1 pair: default)\n")
        let json = try Program.run("validate", "plans/signals.yaml", "--json")
        #expect(json.lines.count == 1 && json.output.contains("\"acquire\":\"plans/become-master"))
        let set = try Program.run("validate", "plans/signals.yaml", "--set", "pool=x")
        #expect(set.code == 64)
        let run = try Program.run("run", "plans/signals.yaml", "--dry-run")
        #expect(run.code == 65 && run.errors.contains("these are signals"))
    }

    /// A file of another name is known by its keys; faults of a plan are told once for both pairs.
    @Test func `signals tell the faults of their plans`() throws {
        let scratch = try Scratch()
        let pair = """
              - pair: NAME
                set: {x: NAME}
                acquire: {run: a.yaml, only-if: [file: /x]}
                release: {run: b.yaml}

            """
        let text =
            "pairs:\n"
            + ["red", "blue"].map {
                pair.replacingOccurrences(of: "NAME", with: $0)
            }.joined()
        _ = try scratch.file("a.yaml", Self.master + "parameters: {x: a}\n")
        _ = try scratch.file("b.yaml", Self.slave)
        let outcome = try Program.run("validate", scratch.file("some.yaml", text).path)
        #expect(outcome.code == 65 && outcome.output.isEmpty)
        for fault in ["no step is named `lgo`", "`tiemout` cannot stand"] {
            #expect(outcome.errors.components(separatedBy: fault).count == 2, "\(fault)")
        }
        let swapped = try scratch.file(
            "signals.yaml", "acquire: {run: b.yaml}\nrelease: {run: a.yaml, within: 1s}\n")
        let broken = try Program.run("validate", swapped.path, "--json")
        #expect(broken.code == 65 && broken.lines.count == 2)
        #expect(broken.output.contains("one signal proves nothing"))
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
