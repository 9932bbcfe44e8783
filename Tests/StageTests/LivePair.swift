import Foundation
import Testing

/// A stage with an installation on it: the shipped plans and signals, their waits shortened, in a
/// folder of their own, with folders for the state beside them.
///
///     let pair = try LivePair(.takingOver)
///     let outcome = try pair.failover("on", "master", "--wait")
///     pair.workers, pair.processes        what of this installation runs, as the machine sees it
///     pair.journals, pair.spool           what it has written
final class LivePair {
    /// Where the node stands at first.
    enum Standing: String {
        case takingOver = "taking-over"
        case serving, standby
    }

    /// How long the tools take.
    enum Pace {
        /// As on a small pair, where nothing takes long.
        static let usual = "zpool: 30ms, zfs: 20ms, service: 20ms, zpool import: 300ms"
        /// An import and an export take five seconds.
        static let slow =
            "zpool: 30ms, zfs: 20ms, service: 20ms, zpool import: 5s, zpool export: 5s"
        /// As little as a process takes.
        static let quick = "zpool: 3ms, zfs: 3ms, service: 3ms, hastctl: 3ms, ctladm: 3ms"
    }

    static let disks = ["disk0", "disk1"]
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    let stage: LiveStage
    /// The folder of the installation.
    let folder: URL

    /// Sets one up; `edits` are words of the plans or of signals.yaml and what is there instead.
    init(
        _ standing: Standing,
        pace: String = Pace.usual,
        world: String = "",
        edits: [(String, String)] = [],
        state: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pair-\(UUID().uuidString)")
        let marks = folder.appending(path: "marks")
        try FileManager.default.createDirectory(at: marks, withIntermediateDirectories: true)
        for disk in Self.disks { try Data().write(to: marks.appending(path: disk)) }
        let place = ("fresh: true", "fresh: true, marks: '\(marks.path)'")
        for name in ["become-master.yaml", "become-slave.yaml", "signals.yaml"] {
            let shipped = Self.root.appending(path: "plans").appending(path: name)
            var text = try String(contentsOf: shipped, encoding: .utf8)
            for (old, new) in Self.haste + [place] + edits { text = text.replacing(old, with: new) }
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let disks = Self.disks.joined(separator: ", ")
        let names = "interface: vlan50, vhid: 1, if-export-fails: park"
        let site = """
            parameters: {disks: [\(disks)], \(names)}
            folders: {state: '\(state ?? folder.path + "/state")', runtime: '\(folder.path)/run'}
            log: {level: debug, tag: failover}

            """
        try Data(site.utf8).write(to: folder.appending(path: "site.yaml"))
        let peer = world.contains("peer-after") ? "" : "peer-after: 300ms\n"
        stage = try LiveStage(
            world: "standing: \(standing.rawValue)\ndisks: [\(disks)]\n\(peer)"
                + "latencies: {\(pace)}\n" + world)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The waits of the shipped files, and what they are here.
    private static let haste = [
        ("steady-for: 3s", "steady-for: 100ms"),
        ("settle: 3s", "settle: 200ms"),
        ("delay: 5s", "delay: 200ms"),
        ("delay: 1s", "delay: 200ms"),
    ]

    /// What each command of this installation needs.
    var options: [String] { ["--plans", folder.path, "--platform", "freebsd"] }

    /// The path of a plan.
    func plan(_ name: String) -> String { folder.appending(path: name + ".yaml").path }

    /// Runs the built program to its end.
    func failover(_ words: String...) throws -> LiveStage.Outcome {
        try stage.execute([LiveStage.program] + words + options)
    }

    /// Starts the built program.
    func start(_ words: String...) throws -> Started {
        try stage.start([LiveStage.program] + words + options)
    }

    /// Runs a plan by hand.
    func startRun(_ plan: String, _ words: String...) throws -> Started {
        let words = ["run", "--platform", "freebsd", self.plan(plan)] + words
        return try stage.start([LiveStage.program] + words)
    }
}

// MARK: - What there is of it

extension LivePair {
    /// The names of the journals, oldest first.
    var journals: [String] { names("state/default/runs") }

    /// The records of what is wanted, those that are fulfilled aside.
    var spool: [String] {
        names("run/default/wanted").filter { !$0.hasSuffix(".done") && !$0.hasPrefix(".") }
    }

    private func names(_ path: String) -> [String] {
        let path = folder.appending(path: path).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Where a journal is.
    func journal(_ name: String) -> URL {
        folder.appending(path: "state/default/runs").appending(path: name)
    }

    /// The workers, as the machine numbers them; their children, which write journals, are none.
    var workers: [Int32] {
        let workers = processes.filter { $0.words.contains("worker") }
        return workers.filter { worker in
            !workers.contains { $0.pid == worker.parent }
        }.map { $0.pid }
    }

    /// All processes of the built program that were started for this installation.
    var processes: [(pid: Int32, parent: Int32, words: [String])] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.compactMap { pid in
            guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else {
                return nil
            }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            guard words.first?.hasSuffix("/failover") == true,
                words.contains(where: { $0.hasPrefix(folder.path) })
            else { return nil }
            return (pid, Self.parent(of: pid), words)
        }
    }

    /// Who writes a journal.
    var writers: [Int32] {
        processes.map(\.pid).filter { pid in
            let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm") ?? Data()
            return name == Data("journal writer\n".utf8)
        }
    }

    /// Kills whoever acts on a signal, and who writes its journal; false when nobody does.
    func killWorkers() -> Bool {
        let all = processes.filter { $0.words.contains("worker") }
        for process in all { kill(process.pid, SIGKILL) }
        return !all.isEmpty
    }

    /// Waits until a change that names `tool` has begun.
    func waitForChange(_ tool: String) -> Bool {
        wait { stage.changes.contains { $0.contains(tool) } }
    }

    /// Waits until nobody works and nothing is wanted.
    func waitForRest() -> Bool { wait { workers.isEmpty && spool.isEmpty } }

    private static func parent(of pid: Int32) -> Int32 {
        let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
        // After the name, which may hold anything: state and parent.
        let rest = String(decoding: stat, as: UTF8.self).split(separator: ")").last ?? ""
        let words = rest.split(separator: " ")
        return words.count > 1 ? Int32(words[1]) ?? 0 : 0
    }

    /// Whether nobody works for the pair.
    var isQuiet: Bool { workers.isEmpty && processes.isEmpty }

    /// Waits until something is so; false when it is not in time.
    func wait(within limit: TimeInterval = 30, until isSo: () throws -> Bool) rethrows -> Bool {
        let end = Date.now + limit
        while Date.now < end {
            if try isSo() { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }
}

// MARK: - What the world must be

extension LivePair {
    private static let taken = [
        "resource disk0: primary", "resource disk1: primary", "pool tank: imported, 2 mounted",
        "service mountd: running", "service nfsd: running", "service ctld: running",
    ]
    private static let given = [
        "resource disk0: secondary", "resource disk1: secondary", "pool tank: absent",
    ]
    private static let services = ["mountd", "nfsd", "ctld"].map { "service \($0): running" }

    /// Whether all of it is here and serves.
    var isMaster: Bool { isMaster(stage.state) }
    /// Whether all of it is given back.
    var isSlave: Bool { isSlave(stage.state) }

    func isMaster(_ state: [String]) -> Bool { Self.taken.allSatisfy(state.contains) }

    func isSlave(_ state: [String]) -> Bool {
        Self.given.allSatisfy(state.contains) && !Self.services.contains(where: state.contains)
    }
}
