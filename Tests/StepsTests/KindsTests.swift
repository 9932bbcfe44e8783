import Engine
import Steps
import Testing

/// What single kinds say and refuse.
@Suite struct KindsTests {
    private func step(_ text: String) throws -> any Step {
        let (kind, value) = FlowReader.item("- " + text)
        return try #require(Catalog.builtin.readStep(kind, value).value)
    }

    @Test(arguments: [
        ("my pool", "holds a blank"), ("1234567", "is a number"), ("1tank", "begin with a letter"),
        ("tank/export", "what zpool refuses"), ("tänk", "what zpool refuses"),
        ("mirror0", "a word of zpool's own"), ("log", "a word of zpool's own"),
        (String(repeating: "a", count: 256), "255 bytes"),
    ]) func aPoolIsNotNamedAsZpoolRefuses(_ name: String, _ why: String) {
        for kind in ["zpool-import", "zpool-export", "load-keys", "zfs-mount", "zfs-unmount"] {
            let read = Catalog.builtin.readStep(
                kind, Node(.scalar(name, quoted: true), span: FlowReader.span))
            #expect(read.value == nil)
            #expect(read.diagnostics.contains { $0.message.contains(why) }, "\(read.diagnostics)")
        }
    }

    @Test func aUnitTakesNoOperand() {
        for kind in ["start-service", "stop-service"] {
            let (_, value) = FlowReader.item("- x: {name: web, operand: a, using: systemd}")
            let read = Catalog.builtin.readStep(kind, value)
            #expect(read.value == nil)
            #expect(read.diagnostics.contains { $0.help?.contains("web@a") == true })
        }
    }

    @Test(arguments: ["tank", "Tank_1", "a-b.c:d", "logs", "c0"])
    func aPoolIsNamedAsZpoolTakesIt(_ name: String) {
        let read = Catalog.builtin.readStep(
            "zfs-mount", Node(.scalar(name, quoted: true), span: FlowReader.span))
        #expect(read.value != nil, "\(read.diagnostics)")
    }

    @Test(arguments: [
        "zfs-mount: {pool: tank, must-mount: [export]}",
        "zfs-mount: {pool: tank, must-mount: [tanker/export]}",
        "zpool-import: {pool: tank, mount: false, must-mount: [tank/export]}",
        "load-keys: {pool: tank, must-load: [other/secret]}",
    ]) func whatMustBeIsOfThePool(_ text: String) {
        let (kind, value) = FlowReader.item("- " + text)
        let read = Catalog.builtin.readStep(kind, value)
        #expect(read.diagnostics.count == 1, "\(read.diagnostics)")
    }

    /// A step, its effect, and the commands of its inverse where nothing was seen.
    struct Row: CustomTestStringConvertible {
        let step: String
        let effect: Effect
        let undo: [String]?
        var testDescription: String { step }

        init(_ step: String, _ effect: Effect, undo: [String]? = nil) {
            self.step = step
            self.effect = effect
            self.undo = undo
        }
    }

    @Test(arguments: [
        Row(
            "set-role: {resource: disk0, role: primary}",
            .acquires,
            undo: ["hastctl role secondary disk0"]
        ),
        Row("set-role: {resource: disk0, role: secondary}", .releases),
        Row("set-role: {resource: disk0, role: init}", .releases),
        Row("zpool-import: tank", .acquires, undo: ["zpool export -f tank"]),
        Row("zpool-export: tank", .releases),
        Row("load-keys: tank", .acquires, undo: []),
        Row("zfs-mount: tank", .acquires, undo: ["zfs unmount -f tank"]),
        Row("zfs-unmount: tank", .releases),
        Row("start-iscsi:", .acquires, undo: ["service ctld onestop"]),
        Row("stop-iscsi:", .releases),
        Row(
            "start-nfs:",
            .acquires,
            undo: ["service nfsd onestop", "service mountd onestop"]
        ),
        Row("stop-nfs:", .releases),
        Row("start-service: smbd", .acquires, undo: ["service smbd onestop"]),
        Row("stop-service: smbd", .releases),
        Row(
            "claim-address: {interface: em0, vhid: 7}",
            .acquires,
            undo: ["ifconfig em0 vhid 7 advskew 254 state backup"]
        ),
        Row("yield-address: {interface: em0, vhid: 7}", .releases),
        Row("execute: [date]", .neither),
        Row("delay: 3s", .neither),
        Row("log: hello", .neither),
        Row("ask: sure?", .neither),
        Row("wait-for-pool: tank", .neither),
    ]) func effectAndInverse(_ row: Row) throws {
        let step = try step(row.step)
        #expect(step.effect == row.effect)
        switch step.inverse {
        case .step(let inverse): #expect(inverse.apply(.none).map(\.line) == row.undo)
        case .none: #expect(row.undo == nil)
        }
    }

    @Test func aRoleIsSettledByALook() throws {
        let command = try #require(
            try step("set-role: {resource: disk0, role: primary}").apply(.none).first
        )
        guard case .command(let look) = command.settledBy else {
            Issue.record("hastd's queue is not looked at")
            return
        }
        #expect(look.argv == ["hastctl", "list", "disk0"])
    }

    @Test(arguments: [
        ("set-role: {resource: disk0, role: primary}", "role disk0"),
        ("zpool-import: tank", "pool tank"), ("zpool-export: tank", "pool tank"),
        ("zfs-mount: tank", "mounts of tank"), ("zfs-unmount: tank", "mounts of tank"),
        ("start-service: smbd", "service smbd"), ("stop-service: smbd", "service smbd"),
        ("start-iscsi:", "iscsi"), ("stop-iscsi:", "iscsi"),
        ("start-nfs:", "nfs"), ("stop-nfs:", "nfs"),
        ("claim-address: {interface: em0, vhid: 7}", "address em0 vhid 7"),
        ("yield-address: {interface: em0, vhid: 7}", "address em0 vhid 7"),
        ("wait-for-carp: {interface: em0, vhid: 7, state: master}", "address em0 vhid 7"),
        ("wait-for-role: {resource: disk0, role: init}", "role disk0"),
        ("wait-for-device: /dev/hast/disk0", "device /dev/hast/disk0"),
    ]) func subject(_ text: String, _ subject: String) throws {
        #expect(try step(text).goalCondition?.subject == subject)
    }

    @Test(arguments: [
        ("set-role: {resource: all, role: primary}", "not the name of a resource"),
        ("wait-for-role: {resource: disk0}", "takes one of"),
        ("wait-for-role: {resource: disk0, role: init, peer: secondary}", "takes one of"),
        ("wait-for-file: {path: /x, state: absent, contains: a}", "beside `state: absent`"),
        ("wait-for-port: 0", "whole number"), ("wait-for-port: 65536", "whole number"),
        ("wait-for-carp: {interface: em0, vhid: 256, state: master}", "whole number"),
        ("claim-address: {interface: em0, vhid: 1, advskew: 255}", "whole number"),
        ("wait-for-process: {title-contains: \"\\(secondary\\)\"}", "backslash"),
        ("execute: []", "empty command"), ("execute: [-f]", "begins with `-`"),
        ("execute: {command: [a], check: {pool: tank}, in-doubt: park}", "beside `check`"),
        ("delay: 11m", "too long"), ("delay: 3", "not a duration"),
        ("set-role: {resource: disk0, role: primary, using: md}", "is not one of `hast`"),
        ("ask: {question: sure?, unattended: maybe}", "is not one of"),
    ]) func isRefused(_ text: String, _ message: String) {
        let (kind, value) = FlowReader.item("- " + text)
        let read = Catalog.builtin.readStep(kind, value)
        #expect(read.value == nil)
        #expect(read.diagnostics.contains { $0.message.contains(message) }, "\(read.diagnostics)")
    }

    @Test func aDelayIsSteadyForItsLength() throws {
        let delay = try step("delay: 3s")
        let goal = try #require(delay.goalCondition)
        #expect(goal.steadyFor == .seconds(3))
        #expect(goal.queries.isEmpty)
        #expect(goal.judge(.none) == .holds)
        #expect(delay.apply(.none).isEmpty)
        #expect(try #require(delay.limit) > .seconds(3))
    }

    @Test func carpIsSteadyForAsLongAsThePlanSays() throws {
        let text = "wait-for-carp: {interface: em0, vhid: 1, state: master, steady-for: 3s}"
        #expect(try step(text).goalCondition?.steadyFor == .seconds(3))
    }

    @Test(arguments: [
        (Int32(0), Assessment.look), (1, .giveUp("the answer was no")),
        (75, .giveUp("there is no terminal, and `unattended` says to refuse then")),
        (70, .giveUp("the question failed: exit 70")),
    ]) func anAnswerDecides(_ code: Int32, _ assessment: Assessment) throws {
        let ask = try step("ask: {question: sure?, unattended: no}")
        let command = try #require(ask.apply(.none).first)
        #expect(command.action == .ask("sure?", unattended: .no))
        #expect(ask.assess(command, Output(.exited(code))) == assessment)
    }

    @Test func aCommandOfOnesOwnGoesByItsCheckOrItsCode() throws {
        let checked = try step("execute: {command: [a, -b, c d], check: {pool: tank}}")
        #expect(checked.goalCondition?.subject == "pool tank")
        #expect(checked.apply(.none).map(\.argv) == [["a", "-b", "c d"]])
        guard case .once(.park) = try step("execute: [a]").goal,
            case .once(.repeat) = try step("execute: {command: [a], in-doubt: repeat}").goal
        else {
            Issue.record("the default in doubt is to park")
            return
        }
        let failed = Output(.exited(2), error: Array("no such thing\n".utf8))
        let plain = try step("execute: [a]")
        #expect(
            plain.assess(.tool("a"), failed) == .retry("exit 2: no such thing")
        )
        #expect(checked.assess(.tool("a", "-b", "c d"), failed) == .look)
    }
}
