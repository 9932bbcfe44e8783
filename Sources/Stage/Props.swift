import CStage
import Engine
import Simulation

/// What of a world can be seen without a tool: processes, files and devices, ports that listen.
struct Props {
    /// Below these a path belongs to the stage alone; others are not made real.
    static let folders = ["/dev/", "/run/", "/var/run/"]

    private let tool: String
    private let nowhere: [Int32]
    private var processes: [(world: Int32, real: Int32)] = []
    private var shown: [ProcessEntry] = []
    private var files: [FileEntry] = []
    /// The ports that listen, and their sockets.
    private(set) var ports: [(port: Int, socket: Int32)] = []

    /// `tool` is the program that can be a process of any title; `null` goes where nothing is read.
    init(tool: String, null: Int32) {
        self.tool = tool
        nowhere = [null, null, null]
    }

    /// Brings everything to what the world is now.
    mutating func show(_ world: World) {
        if shown != world.processes { showProcesses(world.processes) }
        if files != world.files { showFiles(world.files) }
        showPorts(world)
    }

    private mutating func showProcesses(_ wanted: [ProcessEntry]) {
        processes.removeAll { process in
            guard !wanted.contains(where: { $0.pid == process.world }) else { return false }
            kill(process.real, SIGKILL)
            return true
        }
        for entry in wanted where !processes.contains(where: { $0.world == entry.pid }) {
            let pid = withCStrings([entry.title]) { title in
                withCStrings(["STAGE_TITLE=1"]) { stage_spawn(tool, title, $0, nowhere) }
            }
            if pid > 0 { processes.append((entry.pid, pid)) }
        }
        shown = wanted
    }

    private mutating func showFiles(_ wanted: [FileEntry]) {
        for entry in files where !wanted.contains(where: { $0.path == entry.path }) {
            if Self.isOurs(entry.path), remove(entry.path) != 0 {
                complain("\(entry.path) could not be removed")
            }
        }
        for entry in wanted where !files.contains(entry) && Self.isOurs(entry.path) {
            make(entry)
        }
        files = wanted
    }

    private static func isOurs(_ path: String) -> Bool { folders.contains { path.hasPrefix($0) } }

    private func make(_ entry: FileEntry) {
        makeFolders(above: entry.path)
        switch entry.kind {
        case .folder: mkdir(entry.path, 0o755)
        case .characterDevice: stage_make_device(entry.path)
        default:
            // Whoever looks sees the old file or the whole new one.
            let draft = entry.path + ".draft"
            let file = creat(draft, 0o644)
            _ = entry.bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            close(file)
            if rename(draft, entry.path) != 0 { complain("\(entry.path) could not be made") }
        }
    }

    private func makeFolders(above path: String) {
        let parts = path.split(separator: "/").dropLast()
        for count in 1..<max(2, parts.count + 1) {
            mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o755)
        }
    }

    private mutating func showPorts(_ world: World) {
        var wanted = world.listeners
        for service in world.services where service.isRunning { wanted += service.ports }
        ports.removeAll { entry in
            guard !wanted.contains(entry.port) else { return false }
            close(entry.socket)
            return true
        }
        for port in wanted where !ports.contains(where: { $0.port == port }) {
            let socket = stage_listen_tcp(UInt16(truncatingIfNeeded: port))
            if socket >= 0 { ports.append((port, socket)) }
        }
    }
}

/// Says on standard error what the stage could not do.
func complain(_ text: String) {
    let line = "stage: \(text)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
}

/// Calls `body` with the strings as C wants them, a null at the end.
func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
