import CStage
import Engine
import LocalHost
import Simulation

/// `stage WORLD [--report FILE] [-- COMMAND …]`: a world made real, for tests and benchmarks.
///
/// WORLD is a world file, or where the node stands: taking-over, serving, standby. With a command
/// the stage lasts as long as it, and exits as it does; without one it prints `ready PID` and lasts
/// until `stage-tool -s PID quit`, TERM or INT. On the stage the tools of FreeBSD answer for the
/// world wherever the fixed path of the host finds them; `/dev`, `/run`, processes and network are
/// its own, and a reboot(2) ends only what runs on it (exit 3). It needs root on Linux.
@main
enum StageProgram {
    /// The exit codes; those from 64 on are of sysexits(3).
    private static let rebooted: Int32 = 3
    private static let usage: Int32 = 64
    private static let unreadable: Int32 = 66
    /// Namespaces, mounts or devices are not to be had: whoever tests says so and goes on.
    private static let unavailable: Int32 = 77

    static func main() {
        guard let options = StageOptions(Array(CommandLine.arguments.dropFirst())) else {
            complain("usage: stage WORLD [--report FILE] [-- COMMAND …]")
            exit(usage)
        }
        guard let world = world(options.world) else { exit(unreadable) }
        do throws(Scenery.Fault) {
            exit(play(try Stage(world, tool: tool), options))
        } catch {
            complain(error.why)
            exit(unavailable)
        }
    }

    private static func play(_ stage: Stage, _ options: StageOptions) -> Int32 {
        if options.command.isEmpty {
            let line = "ready \(getpid())\n"
            _ = write(STDOUT_FILENO, line, line.utf8.count)
        } else {
            stage.begin(options.command)
        }
        let end = stage.play()
        if let path = options.report { report(stage, path) }
        stage_end(stage.scenery.initial, stage.scenery.sleep)
        switch end {
        case .command(let code): return code
        case .asked: return 0
        case .rebooted: return rebooted
        }
    }

    /// The client of all tools, beside this program.
    private static var tool: String {
        var room = [CChar](repeating: 0, count: 4096)
        let count = max(0, readlink("/proc/self/exe", &room, room.count))
        let path = String(decoding: room[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        return path[..<slash] + "/stage-tool"
    }

    private static func world(_ name: String) -> World? {
        if let standing = Standing(rawValue: name) { return World.pair(Pair(), standing) }
        guard case .success(let bytes) = FileReader.read(name) else {
            complain("\(name) is no world file and no standing of a node")
            return nil
        }
        let source = SourceText(name: name, bytes: bytes)
        var diagnostics = Diagnostics()
        let world = WorldFile.read(source, &diagnostics)
        if world == nil { complain(DiagnosticText.render(diagnostics.all, sources: [source])) }
        return world
    }

    /// What a benchmark wants to know, a line each: times in nanoseconds, then state and calls.
    private static func report(_ stage: Stage, _ path: String) {
        let serving = stage.servingSince.map { "\($0.nanoseconds)" } ?? "never"
        var lines = ["elapsed \(stage.endedAt.nanoseconds)", "serving \(serving)"]
        lines += stage.state
        let text = lines.map { $0 + "\n" }.joined() + stage.book.text(changesOnly: false)
        let file = creat(path, 0o644)
        _ = write(file, text, text.utf8.count)
        close(file)
    }
}
