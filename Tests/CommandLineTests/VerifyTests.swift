import Foundation
import Testing

/// `failover verify` as a person calls it, on plans that are bad on purpose.
@Suite struct VerifyTests {
    private static let plans = "Tests/Goldens/verify/bad-plans"
    private static let goldens = Program.root.appending(path: "Tests/Goldens/verify")

    private func compare(_ text: String, with name: String) throws {
        let golden = Self.goldens.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        #expect(text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test func `bad plans are told as they always were`() throws {
        let outcome = try Program.run("verify", Self.plans, "--quick")
        #expect(outcome.code == 1)
        #expect(outcome.lines.allSatisfy { $0.count <= 100 || $0.contains("--story") })
        try compare(outcome.output, with: "bad-plans.txt")
    }

    @Test func `the same stands in JSON, line by line`() throws {
        let outcome = try Program.run(
            "verify", Self.plans, "--quick", "--scenario", "switchover", "--scenario",
            "service-cut",
            "--json")
        #expect(outcome.code == 1)
        let lines = outcome.lines.filter { !$0.contains("\"severity\"") }
        try compare(lines.joined(separator: "\n") + "\n", with: "bad-plans.jsonl")
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/records.md"), encoding: .utf8)
        let keys = Set(lines.joined().matches(of: /"([a-z-]+)":/).map { String($0.1) })
        for key in keys { #expect(page.contains("`\(key)`"), "\(key)") }
    }

    @Test func `one story is told in full, and fails for as long as it ends badly`() throws {
        let outcome = try Program.run("verify", Self.plans, "--story", "switchover")
        #expect(outcome.code == 1)
        try compare(outcome.output, with: "switchover.txt")
        let sound = try Program.run("verify", "plans", "--story", "switchover")
        #expect(sound.code == 0)
        #expect(sound.output.contains("it ends well"))
        let json = try Program.run("verify", Self.plans, "--story", "switchover", "--json")
        #expect(json.code == 1)
        #expect(json.output.contains("\"breach\":\"demoted-under-pool\""))
    }

    /// The fourth story of this seed ends badly.
    @Test func `a story made shorter keeps what it takes`() throws {
        let outcome = try Program.run(
            "verify", "plans", "--quick", "--assume", "no-partition", "--stories", "4", "--seed",
            "60")
        #expect(outcome.code == 2)
        #expect(outcome.output.contains("--story 'hold b26:power-cut-after'"))
    }

    @Test func `each way to end badly has a command that plays it again`() throws {
        let outcome = try Program.run("verify", Self.plans, "--quick", "--scenario", "switchover")
        let line = try #require(outcome.lines.first { $0.contains("play it again: ") })
        let words = line.components(separatedBy: "failover ")[1]
        let again = try Program.start(
            ["-c", "\(Program.binary.path) \(words)"], binary: URL(filePath: "/bin/sh")
        ).end()
        #expect(again.code == 1)
        #expect(again.output.contains("it ends BADLY"))
    }

    @Test func `what a story takes for granted decides the exit code`() throws {
        let safe = ["verify", "plans", "--quick", "--scenario", "switchover"]
        let plain = try Program.run(safe)
        #expect(plain.code == 0)
        #expect(plain.output.contains("1 scenario, without a mishap, all end well"))
        #expect(plain.output.contains("disks (10)"))
        let assumed = try Program.run(safe + ["--assume", "no-partition"])
        #expect(assumed.code == 2)
        #expect(assumed.output.contains("a node that does not answer is down"))
    }

    @Test(arguments: [
        (["--assume", "luck"], "no-partition  a node that does not answer is down"),
        (["--scenario", "x"], "master-dies"),
        (["--scenario", "service-cut", "--assume", "no-partition"], "nothing is left to play"),
        (["--for", "soon"], "write for example 30s, 10m or 2h"),
        (["--for", "0s"], "write for example 30s, 10m or 2h"),
        (["--stories", "0"], "from 1"),
        (["--seed", "1"], "--stories"),
        (["--quick", "--long"], "say one"),
        (["--story", "switchover", "--html", "x.html"], "--story plays one story"),
        (["--story", "switchover", "--quick"], "--story plays one story"),
        (["--story", "nonsense"], "one of switchover"),
        (
            ["--story", "both-cut", "--assume", "no-partition"],
            "both-cut cannot happen where no-partition is taken for granted"
        ),
        (["--story", "switchover b0:hangs"], "does not say where and what"),
        (["--story", "switchover b1:sings"], "none of the mishaps"),
        (["--pair", "other"], "it has `default`"),
    ])
    func `bad usage is 64 and says what there is`(_ words: [String], _ told: String) throws {
        let outcome = try Program.run(["verify", Self.plans] + words)
        #expect(outcome.code == 64)
        #expect(outcome.output.isEmpty)
        let errors = outcome.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let wanted = told.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(errors.contains(wanted), "\(outcome.errors)")
    }

    @Test func `no plans, or those of another system, are refused`() throws {
        let none = try Program.run("verify", "Tests/Goldens/verify/none")
        #expect(none.code == 65)
        let other = try Program.run("verify", "plans", "--platform", "linux")
        #expect(other.code == 65)
        #expect(other.errors.contains("the plans are for freebsd, and this is linux"))
    }

    @Test func `a Linux pair is safe if its DRBD fences, and not without`() throws {
        let words = ["verify", "plans/drbd", "--quick", "--assume", "no-partition"]
        let fenced = try Program.run(words + ["--assume", "fencing"])
        #expect(fenced.code == 2)
        #expect(fenced.output.contains("all end well"))
        #expect(fenced.output.contains("drbd.conf has `fencing` and a `fence-peer`"))
        let bare = try Program.run(words)
        #expect(bare.code == 1)
        try compare(bare.output, with: "drbd-without-fencing.txt")
    }

    @Test(arguments: ["plans", "plans/drbd"])
    func `who returns is followed until nothing is to come`(_ folder: String) throws {
        let outcome = try Program.run("verify", folder, "--story", "master-returns")
        #expect(outcome.code == 0)
        let parts = outcome.output.components(separatedBy: "the machine is up")
        #expect(parts.count == 2)
        #expect(parts.last?.contains("become-slave: done") == true)
    }

    @Test func `HAST needs no fencing, and is as it is with it`() throws {
        let words = ["verify", "plans", "--quick", "--assume", "no-partition", "--json"]
        let plain = try Program.run(words)
        let fenced = try Program.run(words + ["--assume", "fencing"])
        #expect(plain.code == 2 && fenced.code == 2)
        let isScenario = { (line: Substring) in line.contains("\"fact\":\"scenario\"") }
        let stories = plain.lines.filter(isScenario)
        #expect(stories.count > 10)
        #expect(stories == fenced.lines.filter(isScenario))
    }

    @Test func `a name that the simulated pair has not is refused with its place`() throws {
        let folder = try copy { name, text in
            name == "become-slave.yaml"
                ? text.replacing(
                    "zpool-export: {pool: '${pool}'", with: "zpool-export: {pool: other")
                : text
        }
        let outcome = try Program.run("verify", folder.folder.path, "--quick")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains("relies on the pool other"))
        #expect(outcome.errors.contains("become-slave.yaml:16"))
    }

    @Test func `a condition of the site's own is taken for granted, and told`() throws {
        let folder = try copy { name, text in
            guard name == "become-master.yaml" else { return text }
            return text.replacing(
                "steps:\n  - for",
                with: "  - command: {command: [/usr/local/bin/has-lease], exit-code: 1}\n"
                    + "  - file: {path: /etc/failover.off, state: absent}\n"
                    + "  - file: /etc/failover.on\nsteps:\n  - start-service: smbd\n  - for")
        }
        let outcome = try Program.run(
            "verify", folder.folder.path, "--quick", "--scenario", "master-dies")
        let text = outcome.lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        for what in [
            "/usr/local/bin/announce master", "/usr/local/bin/has-lease", "/etc/failover.off",
            "/etc/failover.on", "the service smbd",
        ] {
            #expect(text.contains(what), "\(what)")
        }
        #expect(
            text.contains("1 story of 1 scenario, without a mishap, all end well"),
            "\(outcome.output)")
    }

    @Test(arguments: [
        ("site.yaml", "/dev/drbd1]", "/dev/drbd1, /dev/drbd7]", "relies on the device /dev/drbd7"),
        (
            "become-master.yaml", "resource: '${resource}', role", "resource: r9, role",
            "resource r9"
        ),
        ("signals.yaml", "interface: '${interface}'", "interface: bond7", "the interface bond7"),
        (
            "become-master.yaml",
            "- keepalived:\n      interface: ${interface}\n      address: ${address}",
            "- carp:\n      interface: ${interface}\n      vhid: 1", "Linux has no CARP"
        ),
    ])
    func `what no Linux pair of these names has is refused`(
        _ file: String, _ old: String, _ new: String, _ told: String
    ) throws {
        let folder = try copy("plans/drbd") { name, text in
            name == file ? text.replacing(old, with: new) : text
        }
        let outcome = try Program.run("verify", folder.folder.path, "--quick")
        #expect(outcome.code == 65)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }

    @Test func `a Linux service and an instance of the site's own are played`() throws {
        let folder = try copy("plans/drbd") { name, text in
            switch name {
            case "signals.yaml": text.replacing("INSTANCE VI_1", with: "INSTANCE VI_DATA")
            case "become-master.yaml":
                text.replacing(
                    "      - start-nfs:", with: "      - start-service: smbd\n      - start-nfs:")
            case "become-slave.yaml":
                text.replacing(
                    "      - stop-nfs:", with: "      - stop-service: smbd\n      - stop-nfs:")
            default: text
            }
        }
        let outcome = try Program.run(
            "verify", folder.folder.path, "--quick", "--scenario", "switchover")
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("the service smbd"))
        let story = try Program.run(
            "verify", folder.folder.path, "--story", "switchover a999:hangs")
        #expect(story.output.contains("keepalived: VI_DATA is MASTER"))
        #expect(story.output.contains("smbd.service"))
        #expect(story.output.contains("a999:hangs strikes nothing"))
    }

    @Test func `warnings about a Linux plan are in the words of Linux`() throws {
        let cuts = [
            "    guard:\n      - keepalived: {interface: '${interface}', address: '${address}',"
                + " state: master}\n",
            "      - wait-for-role: {resource: '${resource}', peer: not-primary}\n"
                + "        timeout: 130s\n",
            "      steady-for: 3s\n", "  - replica: {resources: '${resources}', fresh: true}\n",
        ]
        let folder = try copy("plans/drbd") { name, text in
            guard name == "become-master.yaml" else { return text }
            let bare = cuts.reduce(text) { $0.replacing($1, with: "") }
            return bare.components(separatedBy: "if-failed:")[0]
        }
        let outcome = try Program.run("validate", folder.folder.path + "/become-master.yaml")
        for code in [
            "forced-import-without-guard", "promote-without-wait", "no-steady-role",
            "forced-import-without-replica", "no-yield-address",
        ] {
            #expect(outcome.errors.contains("[\(code)]"), "\(code)")
        }
        for word in ["carp", "vhid", "worker", "${disks}"] {
            #expect(!outcome.errors.contains(word), "\(word)")
        }
    }

    /// Such plans, changed.
    private func copy(
        _ plans: String = plans, _ change: (String, String) -> String
    ) throws -> Scratch {
        let scratch = try Scratch()
        let from = Program.root.appending(path: plans)
        for name in ["site.yaml", "signals.yaml", "become-master.yaml", "become-slave.yaml"] {
            let text = try String(contentsOf: from.appending(path: name), encoding: .utf8)
            try scratch.file(name, change(name, text))
        }
        return scratch
    }

    @Test(arguments: [
        ["--story", "master-returns b20:power-cut seed:7"],
        ["--quick", "--scenario", "hold", "--stories", "3", "--seed", "7"],
        ["--quick", "--scenario", "engine-crash", "--stories", "3", "--json"],
    ])
    func `two processes say the same, byte for byte`(_ words: [String]) throws {
        let one = try Program.run(["verify", "plans"] + words)
        let other = try Program.run(["verify", "plans"] + words)
        #expect(!one.output.isEmpty)
        #expect(one.output == other.output)
        #expect(one.code == other.code)
    }

    @Test func `what is drawn is told with its seed`() throws {
        let words = ["verify", Self.plans, "--quick", "--scenario", "hold", "--stories", "4"]
        let outcome = try Program.run(words + ["--seed", "42"])
        #expect(outcome.output.contains("4 stories of them at random, by the seed 42"))
        let timed = try Program.run(words + ["--for", "10ms", "--json"])
        #expect(timed.output.contains("\"seed\":1,"))
    }
}
