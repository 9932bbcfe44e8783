import Foundation
import Testing

/// The program as a process: signals, readers that go away, terminals.
@Suite struct LifeTests {
    private static let plan = "plans/become-master.yaml"
    @Test(arguments: [SIGINT, SIGTERM])
    func `an interrupted run is rolled back`(_ signal: Int32) throws {
        let program = try Program.start(["run", Self.plan, "--simulate"])
        program.send(signal, after: "begins")
        let outcome = program.end()
        #expect(outcome.code == 130)
        #expect(outcome.output.contains("INTERRUPTED before any change"))
        #expect(outcome.errors.contains("interrupted by a person"))
    }

    private static let world = "plans/worlds/peer-still-primary.yaml"

    /// The run waits up to 130 s for the peer; nobody who interrupts it waits with it.
    @Test func `an interrupt ends a wait at once`() throws {
        let program = try Program.start(["run", Self.plan, "--world", Self.world])
        program.wait(for: "wait    until no process")
        Thread.sleep(forTimeInterval: 0.3)
        let start = Date.now
        program.send(SIGINT, after: "begins")
        let outcome = program.end()
        #expect(outcome.code == 130, "\(outcome.output)")
        #expect(Date.now.timeIntervalSince(start) < 15)
        #expect(outcome.output.contains("INTERRUPTED before any change"))
    }

    @Test func `a release goes on after one interrupt, and a second stops it`() throws {
        let program = try Program.start(
            ["run", "plans/become-slave.yaml", "--world", "plans/worlds/export-hangs.yaml"])
        program.send(SIGINT, after: "zpool export")
        program.send(SIGINT, after: "Ctrl-C again stops it")
        let outcome = program.end()
        #expect(outcome.code == 2, "\(outcome.output)")
        #expect(outcome.output.contains("STOPPED by a person"))
        #expect(!outcome.output.contains("as the plan says"))
    }

    @Test func `a trap is a bug and says so`() throws {
        let program = try Program.start(["run", Self.plan, "--simulate"])
        program.send(SIGILL, after: "begins")
        let outcome = program.end()
        #expect(outcome.code == 70)
        #expect(outcome.errors.contains("this is a bug of failover"))
    }

    @Test func `a reader that does not read holds no run up`() throws {
        let arguments = ["run", Self.plan, "--simulate", "--fast", "--json"]
        let unread = Pipe()
        let program = try Program.start(arguments, output: unread.fileHandleForWriting)
        #expect(program.end().code == 0)
    }

    /// After Ctrl-S, or behind a line that is dead, it has room for a part of what is written.
    @Test func `a terminal that is stalled holds no run up`() throws {
        var (person, program): (Int32, Int32) = (-1, -1)
        #expect(openpty(&person, &program, nil, nil, nil) == 0)
        let ends = [person, program].map { FileHandle(fileDescriptor: $0, closeOnDealloc: true) }
        let run = try Program.start(
            ["run", Self.plan, "--simulate", "--fast"], output: ends[1], errors: ends[1])
        #expect(run.end().code == 0)
        #expect(try ends[0].read(upToCount: 64)?.count == 64)
    }

    @Test func `a reader that goes away ends no run`() throws {
        let gone = Pipe()
        try gone.fileHandleForReading.close()
        for (words, code) in [([], 0), (["--json"], 74)] as [([String], Int32)] {
            let program = try Program.start(
                ["run", Self.plan, "--simulate", "--fast"] + words,
                output: gone.fileHandleForWriting)
            #expect(program.end().code == code)
        }
    }

    @Test(
        .enabled(if: FileManager.default.isWritableFile(atPath: "/dev/full")),
        arguments: [["run", plan, "--simulate", "--fast"], ["steps"], ["validate", plan]])
    func `a full disk ends no run and is told`(_ arguments: [String]) throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let outcome = try Program.start(arguments, output: full).end()
        #expect(outcome.code == 74)
        #expect(outcome.errors.contains("the output is lost from here on: No space left"))
    }

    @Test func `closed standard streams end no run`() throws {
        let line =
            "cd '\(Program.root.path)' && exec '\(Program.binary.path)' run \(Self.plan)"
            + " --simulate --fast <&- >&- 2>&-"
        let shell = URL(filePath: "/bin/sh")
        #expect(try Program.start(["-c", line], binary: shell).end().code == 0)
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")),
        arguments: ["rows 1 cols 1", "rows 0 cols 0", "rows 3 cols 20", "rows 500 cols 2000"])
    func `a terminal of an odd size ends no run`(_ size: String) throws {
        let line = "stty \(size); '\(Program.binary.path)' run \(Self.plan) --simulate --fast"
        let outcome = try Program.start(
            ["-qec", line, "/dev/null"], binary: URL(filePath: "/usr/bin/script")
        ).end()
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("(within the objective of 1m)"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
    func `a terminal gets colours, unless NO_COLOR is set`() throws {
        #expect(try onTerminal("steps", environment: [:]).contains("\u{1B}["))
        #expect(try onTerminal("steps", environment: ["NO_COLOR": ""]).contains("\u{1B}["))
        #expect(try !onTerminal("steps", environment: ["NO_COLOR": "1"]).contains("\u{1B}["))
    }

    /// What a command prints on a terminal of its own.
    private func onTerminal(
        _ command: String, environment: [String: String]
    ) throws -> String {
        let line = "'\(Program.binary.path)' \(command)"
        let program = try Program.start(
            ["-qec", line, "/dev/null"], environment: environment,
            binary: URL(filePath: "/usr/bin/script"))
        return program.end().output
    }
}
