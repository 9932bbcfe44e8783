import Foundation
import Testing

/// What `failover install` prints, and what it refuses.
@Suite struct InstallCommandTests {
    private static let program = ["--program", "/usr/local/sbin/failover"]

    private func install(_ words: String...) throws -> Program.Outcome {
        try Program.run(["install"] + words + Self.program)
    }

    @Test(arguments: ["devd", "rc.d", "hast", "keepalived", "systemd"])
    func `each system's files are printed on any`(_ kind: String) throws {
        let isLinux = ["keepalived", "systemd"].contains(kind)
        let (own, other) = isLinux ? ("linux", "freebsd") : ("freebsd", "linux")
        let plans = isLinux ? "plans/drbd" : "plans"
        let outcome = try install(kind, "--plans", plans)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(outcome.output.contains("/usr/local/sbin/failover "))
        let named = try install(kind, "--plans", plans, "--platform", own)
        #expect(named.output == outcome.output)
        let wrong = try install(kind, "--plans", plans, "--platform", other)
        #expect(wrong.code == 64 && wrong.output.isEmpty, "\(wrong)")
        #expect(wrong.errors.contains("is for \(own); for \(other) there is"), "\(wrong)")
    }

    /// Whatever this host is: it is the files and the plans that do not go together.
    @Test(arguments: [("devd", "plans/drbd"), ("keepalived", "plans")])
    func `plans of another system than the file's are told as that`(
        _ kind: String, _ plans: String
    ) throws {
        let outcome = try install(kind, "--plans", plans)
        let other = kind == "devd" ? "linux" : "freebsd"
        #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains("are for \(other), for which there is"), "\(outcome)")
        #expect(!outcome.errors.contains("this is"), "\(outcome)")
    }

    @Test func `what no signal would call is refused`() throws {
        let scratch = try Scratch()
        let folder = scratch.folder.path
        try scratch.file("site.yaml", "parameters: {interface: eth1}\n")
        for name in ["become-master.yaml", "become-slave.yaml"] {
            let plan = Program.root.appending(path: "plans/drbd/\(name)")
            try scratch.file(name, String(contentsOf: plan, encoding: .utf8))
        }
        try scratch.file(
            "signals.yaml",
            """
            acquire:
              match: [keepalived: INSTANCE VI_1 MASTER]
              run: become-master.yaml
              only-if: [file: /var/run/master]
            release: {run: become-slave.yaml}

            """)
        #expect(try install("keepalived", "--plans", folder).code == 0)
        let outcome = try install("devd", "--plans", folder)
        #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains("no address that CARP moves"), "\(outcome)")
    }

    /// On the wrong host nothing is told but that.
    @Test(arguments: ["plans/become-master.yaml", "plans/signals.yaml"])
    func `plans of another system are told as that`(_ path: String) throws {
        let outcome =
            path.hasSuffix("signals.yaml")
            ? try Program.run("on", "master", "--plans", "plans", "--platform", "linux")
            : try Program.run("run", path, "--platform", "linux")
        #expect(outcome.code == 65, "\(outcome)")
        #expect(outcome.errors.contains("the plans are for freebsd, and this is linux"))
        #expect(outcome.errors.hasSuffix("1 error\n"), "\(outcome)")
    }

    @Test(arguments: [
        ("plans/become-master.yaml", "platform: linux", "the world is of linux"),
        ("plans/become-master.yaml", "drbd: 9", "the world is of linux"),
        ("plans/drbd/become-master.yaml", "carp: master", "the world is of freebsd"),
        ("plans/drbd/become-master.yaml", "platform: freebsd", "the world is of freebsd"),
        ("plans/become-master.yaml", "pool: other", "`pool` of the world is other"),
        ("plans/become-master.yaml", "disks: [a, b]", "`disks` of the world is `a`, `b`"),
        ("plans/drbd/become-master.yaml", "interface: em0", "`interface` of the world is em0"),
    ])
    func `a world without what the plan asks for is told as that`(
        _ plan: String, _ line: String, _ words: String
    ) throws {
        let scratch = try Scratch()
        let world = try scratch.file("world.yaml", line + "\n").path
        let outcome = try Program.run("run", plan, "--fast", "--world", world)
        #expect(outcome.code == 65, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome)")
        #expect(outcome.errors.hasSuffix("1 error\n"), "\(outcome)")
    }
}
