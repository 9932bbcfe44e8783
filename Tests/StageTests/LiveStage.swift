import Foundation
import Testing

/// A stage with a world on it: a FreeBSD node made real, on which the built program runs.
///
///     let stage = try LiveStage(world: "standing: taking-over\npeer-after: 700ms\n")
///     let outcome = try stage.run("run", "--platform", "freebsd", plan)     the built failover
///     let started = try stage.start("run", …)        the same under way: signal it, end it
///     try stage.execute(["/bin/sh", "-c", "…"])      any other command on the stage
///     stage.state                     the world as text, a line for each thing, `DAMAGE: …` too
///     stage.damage, stage.overlaps, stage.calls, stage.syslog
///     try stage.happen("{after: 1s, carp: backup}")  as under `later` in a world file
///     stage.ask("devd", "!system=CARP …")            see Sources/Stage/Stage+Control.swift
///
/// `/tmp` is that of the machine; `/dev`, `/run`, processes and network are the stage's own, and
/// can be reached from outside below `stage.root`. All
/// that runs on it ends with it. Tests that use it are `.enabled(if: LiveStage.isPossible)`.
final class LiveStage {
    /// What a command came to.
    struct Outcome {
        let code: Int32
        let output: String
        let errors: String
    }

    /// Beside the tests that run, wherever they were built.
    private static let folder = URL(filePath: CommandLine.arguments[0])
        .resolvingSymlinksInPath().deletingLastPathComponent()
    /// The built program.
    static let program = folder.appending(path: "failover").path
    static let tool = folder.appending(path: "stage-tool").path
    /// So long the stage may take to be ready.
    private static let patience: TimeInterval = 20

    /// Whether namespaces are permitted here; says so loudly when they are not.
    static let isPossible: Bool = {
        let outcome = try? Started(
            folder.appending(path: "stage").path, ["standby", "--", "/bin/true"]
        ).end()
        if outcome?.code == 0 { return true }
        let why = outcome?.errors ?? "the stage could not be started\n"
        let note = "\n*** NOT TESTED: no stage here, so no test with real processes: \(why)\n"
        FileHandle.standardError.write(Data(note.utf8))
        return false
    }()

    private let stage: Started

    /// The process of the stage, by which its namespaces are entered.
    let pid: Int32

    /// The root folder of those on the stage, as the machine sees it.
    var root: String { "/proc/\(pid)/root" }

    /// Starts a stage with this world, in the form of a world file.
    init(world: String) throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "world-\(UUID().uuidString).yaml")
        try Data(world.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        stage = try Started(Self.folder.appending(path: "stage").path, [file.path])
        let ready = stage.wait(for: "ready ", within: Self.patience)
        pid = stage.pid
        try #require(ready, "the stage did not begin: \(stage.errors)")
    }

    deinit {
        stage.signal(SIGTERM)
        stage.end()
    }

    /// Runs the built program on the stage to its end.
    func run(_ arguments: String...) throws -> Outcome {
        try execute([Self.program] + arguments)
    }

    /// Starts the built program on the stage; a signal to the process reaches it, KILL included.
    func start(_ arguments: String...) throws -> Started {
        try start([Self.program] + arguments)
    }

    /// Runs a command on the stage to its end.
    func execute(_ command: [String]) throws -> Outcome { try start(command).end() }

    /// Starts a command on the stage.
    func start(_ command: [String]) throws -> Started {
        try Started(Self.tool, ["-s", "\(pid)", "exec"] + command)
    }

    /// Asks the stage itself.
    @discardableResult
    func ask(_ words: String...) throws -> Outcome {
        try Started(Self.tool, ["-s", "\(pid)"] + words).end()
    }

    /// The state of the node, a line for each thing, damage included.
    var state: [String] { lines("state") }
    /// What no pair survives unharmed.
    var damage: [String] { lines("damage") }
    /// The calls of tools that changed something, oldest first.
    var changes: [String] { lines("changes") }
    /// All calls of tools, looks included.
    var calls: [String] { lines("calls") }
    /// The lines that reached the system's log.
    var syslog: [String] { lines("syslog") }
    /// How many changes began while one of another caller was under way.
    var overlaps: Int { lines("overlaps").first.flatMap { Int($0) } ?? -1 }

    /// Lets something happen in the world.
    func happen(_ happening: String) throws {
        let outcome = try ask("happen", happening)
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    /// Waits until the world's state has this line; false when it has not in time.
    func wait(for line: String, within limit: TimeInterval) -> Bool {
        let end = Date.now + limit
        while Date.now < end {
            if state.contains(line) { return true }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return false
    }

    private func lines(_ verb: String) -> [String] {
        let output = (try? ask(verb))?.output ?? ""
        return output.split(separator: "\n").map(String.init)
    }
}
