import Foundation
import Testing

/// A preview of the built program over a host of recording scripts: it changes nothing.
@Suite struct PreviewOnHostTests {
    /// The ways to ask for a preview.
    static let ways = [["preview"], ["run", "--dry-run"], ["preview", "--json"]]

    @Test(arguments: ways, ["become-master.yaml", "become-slave.yaml"])
    func `only what is on the read-only list is started`(_ way: [String], _ plan: String) throws {
        let tools = try FakeTools()
        _ = try tools.copyPlans()
        let outcome = try FakeTools.run(way + ["\(tools.folder)/\(plan)"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(tools.changes == [])
        let master: Set = [
            "hastctl", "zpool", "sysctl", "zfs", "service", "ctladm", "ifconfig", "route",
            "mount",
        ]
        let asked = Set(tools.started.map { String($0.prefix { $0 != " " }) })
        #expect(plan == "become-master.yaml" ? asked == master : asked.count >= 3, "\(asked)")
    }

    @Test func `on a host that serves, the release is previewed and not made`() throws {
        let tools = try FakeTools()
        _ = try tools.copyPlans()
        for (name, value) in [
            ("pool", "ONLINE"), ("mounted", "yes"), ("role.disk0", "primary"),
            ("role.disk1", "primary"), ("service.nfsd", "running"), ("service.ctld", "running"),
        ] {
            try tools.scratch.file("state." + name, value + "\n")
        }
        let outcome = try FakeTools.run("preview", tools.folder + "/become-slave.yaml")
        #expect(outcome.code == 0)
        for command in [
            "service ctld onestop", "service nfsd onestop", "zpool export -f tank",
            "hastctl role secondary disk0", "hastctl role secondary disk1",
        ] {
            #expect(outcome.output.contains(command), "\(command)")
        }
        #expect(tools.changes == [])
        #expect(tools.state("pool") == "ONLINE")
        #expect(tools.state("role.disk0") == "primary")
    }

    @Test(arguments: ways)
    func `a run that would be refused is foreseen`(_ way: [String]) throws {
        let tools = try FakeTools()
        let plan = try tools.copyPlans()
        try tools.scratch.file("state.carp", "BACKUP vhid 1 advbase 1 advskew 100\n")
        let outcome = try FakeTools.run(way + [plan])
        #expect(outcome.code == 4)
        #expect(way.contains("--json") || outcome.output.contains("would be refused (4): address"))
        let given = try FakeTools.run(way + [plan, "--assume", "carp=master"])
        #expect(given.code == 0)
        #expect(tools.changes == [])
    }

    @Test func `what cannot be known is summed up, and what follows a failure is told`() throws {
        let tools = try FakeTools()
        let plan = try tools.copyPlans()
        for tool in ["hastctl", "zpool"] {
            try FileManager.default.removeItem(atPath: "\(tools.folder)/\(tool)")
        }
        let outcome = try FakeTools.run("preview", plan)
        #expect(outcome.code == 0)
        for text in [
            "5 steps cannot be known: not installed: hastctl, zpool", "zpool export",
            "hastctl role secondary disk1", "after that, `if-failed`:",
            "ifconfig vlan50 vhid 1 advskew 254 state backup", "a run now would end (0): done",
        ] {
            #expect(outcome.output.contains(text), "\(text)")
        }
        let json = try FakeTools.run("preview", plan, "--json")
        let last = try JSONDecoder().decode(
            Outlook.self, from: Data(#require(json.lines.last).utf8))
        #expect(last.fact == "outlook" && last.exit == 0 && last.unknown.count == 5)
        #expect(last.undo.contains { $0.commands == ["hastctl role secondary disk1"] })
        #expect(
            last.ifFailed.map(\.commands) == [["ifconfig vlan50 vhid 1 advskew 254 state backup"]])
    }

    private struct Outlook: Decodable {
        struct Gap: Decodable { let why: String }
        struct Repair: Decodable { let commands: [String] }
        enum CodingKeys: String, CodingKey {
            case fact, exit, unknown, undo
            case ifFailed = "if-failed"
        }
        let fact: String
        let exit: Int32
        let unknown: [Gap]
        let undo: [Repair]
        let ifFailed: [Repair]
    }

    private static let looks = """
        plan: looks
        require:
          - command: {command: [look, harmless], output-contains: looked, changes-nothing: true}
          - command: {command: [look, unknown], output-contains: looked}
        steps:
          - execute: {command: [FOLDER/change, first], check: {file: /nowhere}}
          - execute: {command: [change, second]}
          - execute: {command: [logger, third]}
            when: {command: {command: [FOLDER/look, decides], changes-nothing: true}}
          - ask: Is this a preview?
          - log: a line that is not logged
          - delay: 5m

        """

    @Test(arguments: ways)
    func `of a plan's own commands only harmless looks are started`(_ way: [String]) throws {
        let tools = try FakeTools()
        let text = Self.looks.replacing("FOLDER", with: tools.folder)
        let plan = try tools.scratch.file("looks.yaml", text).path
        let outcome = try FakeTools.run(way + [plan])
        #expect(Set(tools.started) == ["look harmless", "look decides"])
        #expect(tools.state("changed") == "")
        #expect(outcome.output.contains("change second"))
    }

    @Test func `a look that hangs holds no preview up and does not outlive it`() throws {
        let tools = try FakeTools()
        let plan = try tools.copyPlans()
        try tools.mishap(#""zpool list "*) echo $$ >>"$here/left"; exec /bin/sleep 300 ;;"#)
        let outcome = try FakeTools.run("preview", plan)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("does not answer"))
        #expect(tools.changes == [])
        #expect(!tools.left.isEmpty)
        for pid in tools.left { #expect(endsSoon(pid)) }
    }
}

/// Whether a process is gone, or is before long.
func endsSoon(_ pid: Int32) -> Bool {
    for _ in 0..<200 {
        // One that nobody has waited for is as good as gone.
        let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
        if kill(pid, 0) != 0 || String(decoding: status, as: UTF8.self).contains(") Z ") {
            return true
        }
        Thread.sleep(forTimeInterval: 0.02)
    }
    return false
}
