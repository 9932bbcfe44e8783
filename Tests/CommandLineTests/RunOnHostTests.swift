import Foundation
import Testing

/// Real runs of the built program, over a host of scripts that keep a state.
@Suite struct RunOnHostTests {
    private let tools: FakeTools
    private let portal: LoopbackPortal

    init() throws {
        tools = try FakeTools()
        portal = try LoopbackPortal()
    }

    /// The master plan for these tools.
    private func plan(_ edits: (String, String)...) throws -> String {
        let iscsi = ("start-iscsi: {", "start-iscsi: {portal: \(portal.address), ")
        return try tools.copyPlans([iscsi] + edits)
    }

    private func expectGivenBack() {
        #expect(tools.state("role.disk0") == "secondary")
        #expect(tools.state("role.disk1") == "secondary")
        #expect(["", "absent"].contains(tools.state("pool")))
    }

    /// Waits until both disks are primary, and the program waits for what never comes.
    private func waitForRoles(_ program: Program) {
        for disk in ["disk0", "disk1"] { program.wait(for: "done    make \(disk) primary") }
    }

    private static let devices = ("wait-for-device: /dev/null", "wait-for-device: /dev/no")
    private static let shortImport = ("timeout: 90s", "timeout: 1s")

    @Test func `the master plan runs to its end, and a second time changes nothing`() throws {
        let plan = try plan()
        let first = try FakeTools.run("run", plan)
        #expect(first.code == 0, "\(first.output)")
        #expect(
            tools.changes.sorted() == [
                "hastctl role primary disk0", "hastctl role primary disk1",
                "service ctld onestart", "service nfsd onestart",
                "zfs mount -a", "zfs share -a",
                "zpool import -N -f -o cachefile=none -d /dev/hast tank",
            ])
        let count = tools.changes.count
        #expect(try FakeTools.run("run", plan).code == 0)
        #expect(tools.changes.count == count)
    }

    @Test func `the slave plan gives everything back`() throws {
        #expect(try FakeTools.run("run", plan()).code == 0)
        let count = tools.changes.count
        let outcome = try FakeTools.run("run", tools.folder + "/become-slave.yaml")
        #expect(outcome.code == 0, "\(outcome.output)")
        expectGivenBack()
        #expect(tools.state("service.ctld") == "stopped")
        let changes = tools.changes.dropFirst(count)
        let export = try #require(changes.firstIndex(of: "zpool export -f tank"))
        let stops = changes.indices.filter { changes[$0].hasSuffix("onestop") }
        let roles = changes.indices.filter { changes[$0].hasPrefix("hastctl role secondary") }
        #expect(stops.count == 3 && roles.count == 2)
        #expect(stops.allSatisfy { $0 < export } && roles.allSatisfy { $0 > export })
    }

    @Test func `a step that fails is rolled back, and the address is yielded`() throws {
        let words = "cannot import 'tank': one or more devices is currently unavailable"
        try tools.mishap(#""zpool import "*) echo "\#(words)" >&2; exit 1 ;;"#)
        let outcome = try FakeTools.run("run", plan())
        #expect(outcome.code == 1, "\(outcome.output)")
        #expect(outcome.output.contains("one or more devices is currently unavailable"))
        expectGivenBack()
        #expect(tools.state("carp").hasPrefix("BACKUP"))
    }

    @Test func `a tool that hangs and ignores TERM is killed, and the run rolled back`() throws {
        try tools.mishap(
            #"""
            "zpool import "*)
                trap '' TERM; echo $$ >>"$here/left"; while :; do /bin/sleep 0.2; done ;;
            """#)
        let outcome = try FakeTools.run("run", plan(Self.shortImport))
        #expect(outcome.code == 1, "\(outcome.output)")
        expectGivenBack()
        #expect(tools.left.count == 1)
        for pid in tools.left { #expect(endsSoon(pid)) }
    }

    @Test func `much output and a grandchild that keeps the pipe hold no run up`() throws {
        try tools.mishap(
            #"""
            "hastctl role "*) /usr/bin/head -c 100000000 /dev/zero ;;
            "service nfsd onestart") /bin/sleep 300 & echo $! >>"$here/left" ;;
            """#)
        let outcome = try FakeTools.run("run", plan())
        for pid in tools.left { kill(pid, SIGKILL) }
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(tools.left.count == 1)
    }

    @Test func `a tool that is not installed is named`() throws {
        try FileManager.default.removeItem(atPath: tools.folder + "/zpool")
        let outcome = try FakeTools.run("run", plan(Self.shortImport))
        #expect(outcome.code == 1, "\(outcome.output)")
        #expect(outcome.output.contains("zpool is not installed: not in \(tools.folder)"))
        expectGivenBack()
    }

    @Test func `a device that never appears ends the run in time`() throws {
        let short = ("timeout: 30s", "timeout: 300ms")
        let outcome = try FakeTools.run("run", plan(Self.devices, short))
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("there is no /dev/no"))
        expectGivenBack()
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a person's first signal rolls back`(_ signal: Int32) throws {
        let program = try FakeTools.start(["run", plan(Self.devices)])
        waitForRoles(program)
        program.send(signal, after: "done")
        let outcome = program.end()
        #expect(outcome.code == 130, "\(outcome.errors)")
        expectGivenBack()
    }

    @Test func `a hangup is no interrupt, and a second TERM no second one`() throws {
        try tools.mishap(#""hastctl role secondary "*) /bin/sleep 2 ;;"#)
        let program = try FakeTools.start(["run", plan(Self.devices)])
        waitForRoles(program)
        program.send(SIGHUP, after: "done")
        program.send(SIGTSTP, after: "done")
        program.send(SIGTERM, after: "done")
        program.send(SIGTERM, after: "interrupted by a person")
        program.send(SIGHUP, after: "interrupted by a person")
        let outcome = program.end()
        #expect(outcome.code == 130, "\(outcome.errors)")
        expectGivenBack()
    }

    @Test func `after a hangup a run goes on`() throws {
        let short = ("timeout: 30s", "timeout: 1s")
        let program = try FakeTools.start(["run", plan(Self.devices, short)])
        waitForRoles(program)
        program.send(SIGHUP, after: "done")
        let outcome = program.end()
        #expect(outcome.code == 1, "\(outcome.errors)")
        #expect(outcome.output.contains("there is no /dev/no"))
        expectGivenBack()
    }

    @Test func `a person's second signal stops where it is and says what is left`() throws {
        try tools.mishap(
            #""hastctl role secondary "*) echo $$ >>"$here/left"; exec /bin/sleep 300 ;;"#)
        let program = try FakeTools.start(["run", plan(Self.devices)])
        waitForRoles(program)
        program.send(SIGINT, after: "done")
        program.send(SIGINT, after: "interrupted by a person")
        let outcome = program.end()
        for pid in tools.left { kill(pid, SIGKILL) }
        #expect(outcome.code == 2, "\(outcome.errors)")
        #expect(outcome.output.contains("hastctl role secondary disk0"))
        #expect(tools.state("role.disk0") == "primary")
    }

    @Test func `a run does not keep the folder that it was started in busy`() throws {
        let program = try FakeTools.start(["run", plan(Self.devices)])
        let cwd = "/proc/\(program.process.processIdentifier)/cwd"
        waitForRoles(program)
        let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: cwd)
        program.send(SIGINT, after: "done")
        #expect(program.end().code == 130)
        #expect(folder == "/")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setsid")))
    func `without a terminal a question is refused`() throws {
        let text = "plan: a\nsteps:\n  - execute: {command: [change, it]}\n  - ask: Is it so?\n"
        let plan = try tools.scratch.file("ask.yaml", text).path
        let outcome = try Program.start(
            ["-w", Program.binary.path, "run", plan] + FakeTools.host,
            binary: URL(filePath: "/usr/bin/setsid")
        ).end()
        #expect(outcome.code == 1, "\(outcome.errors)")
        #expect(outcome.output.contains("there is no terminal"))
        #expect(tools.state("changed") == "change it")
    }
}
