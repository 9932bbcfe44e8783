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
        #expect(outcome.output.contains("dead-peer.yaml: valid (a world)"))
        #expect(!outcome.errors.contains("unknown-key"))
    }

    @Test func `a folder is read with its cases and worlds`() throws {
        let outcome = try Program.run("validate", "plans")
        #expect(outcome.code == 0)
        for line in [
            "plans/signals.yaml: valid", "plans/become-slave.yaml: valid",
            "plans/cases/peer-died.yaml: valid (a case)",
            "plans/worlds/standby.yaml: valid (a world)",
        ] { #expect(outcome.output.contains(line)) }
        let scratch = try Scratch()
        try scratch.file("give-up.yaml", "plan: a\nexpect: {ending: dome}\n")
        try scratch.file("world.yaml", "pool: tank\nvhid: many\n")
        let faulty = try Program.run("validate", scratch.folder.path)
        #expect(faulty.code == 65)
        #expect(faulty.errors.contains("dome") && faulty.errors.contains("vhid"))
        let empty = try Scratch()
        #expect(try Program.run("validate", empty.folder.path).errors.contains("nothing was read"))
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

    private static let hasty = """
        plan: c
        timeout: 10s
        steps:
          - wait-for-device: /dev/hast/disk0

        """

    @Test func `a warning counts when it is said so`() throws {
        let scratch = try Scratch()
        let plan = try scratch.file("plan.yaml", Self.hasty).path
        let lenient = try Program.run("validate", plan)
        #expect(lenient.code == 0 && lenient.output.contains("plan.yaml: valid"))
        #expect(lenient.errors.contains("warning[limits-above-timeout]"))
        #expect(lenient.errors.contains("failover explain CODE"))
        let strict = try Program.run("validate", "--strict", plan)
        #expect(strict.code == 65 && strict.output.isEmpty)
        #expect(strict.errors.contains("plan.yaml: not valid, by faults that are told above"))
        let json = try Program.run("validate", "--strict", "--json", plan)
        #expect(json.code == 65 && json.lines.count == 1 && json.errors.isEmpty)
        #expect(json.output.contains("\"code\":\"limits-above-timeout\""))
        let meant = try scratch.file("meant.yaml", Self.hasty + "allow: [limits-above-timeout]\n")
        #expect(try Program.run("validate", "--strict", meant.path).code == 0)
        #expect(try Program.run("validate", "--strict", "plans/signals.yaml").code == 0)
    }

    @Test func `warnings of the plans of signals count, too`() throws {
        let scratch = try Scratch()
        _ = try scratch.file(
            "a.yaml", "plan: a\ndirection: acquire\ncounterpart: b.yaml\nsteps: [start-nfs]\n")
        _ = try scratch.file(
            "b.yaml",
            "plan: b\ndirection: release\ncounterpart: a.yaml\nif-stuck: park\n"
                + "steps: [log: x]\n")
        let signals = try scratch.file(
            "signals.yaml",
            "acquire: {run: a.yaml, only-if: [file: /x]}\nrelease: {run: b.yaml}\n"
        ).path
        let lenient = try Program.run("validate", signals)
        #expect(lenient.code == 0 && lenient.output.contains("valid (1 pair"))
        let strict = try Program.run("validate", "--strict", signals)
        #expect(strict.code == 65 && strict.output.isEmpty)
        for outcome in [lenient, strict] {
            let told = outcome.errors.components(separatedBy: "warning[counterpart-lacks-release]")
            #expect(told.count == 2)
        }
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
