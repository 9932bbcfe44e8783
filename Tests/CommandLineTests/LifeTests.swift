import Foundation
import Testing

/// The program as a process: signals, readers that go away, terminals.
@Suite struct LifeTests {
    private static let plan = "plans/become-master.yaml"
    /// Long enough for the program to be in the middle of its run of some seconds.
    private static let moment: Duration = .milliseconds(1500)

    @Test(arguments: [SIGINT, SIGTERM])
    func `an interrupted run is rolled back`(_ signal: Int32) async throws {
        let program = try Program.start(["run", Self.plan, "--simulate"])
        try await Task.sleep(for: Self.moment)
        kill(program.process.processIdentifier, signal)
        let outcome = program.end()
        #expect(outcome.code == 130)
        #expect(outcome.output.contains("INTERRUPTED"))
        #expect(outcome.errors.contains("interrupted by a person"))
    }

    @Test func `a trap is a bug and says so`() async throws {
        let program = try Program.start(["run", Self.plan, "--simulate"])
        try await Task.sleep(for: Self.moment)
        kill(program.process.processIdentifier, SIGILL)
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

    @Test func `a reader that goes away ends no run`() throws {
        let gone = Pipe()
        try gone.fileHandleForReading.close()
        let arguments = ["run", Self.plan, "--simulate", "--fast", "--json"]
        let program = try Program.start(arguments, output: gone.fileHandleForWriting)
        #expect(program.end().code == 0)
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
