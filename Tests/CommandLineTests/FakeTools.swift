import Foundation
import Testing

/// A folder of scripts that stand in for a host's tools: each notes its argv and keeps its state.
///
/// A `site.yaml` beside the plans makes this folder the only place where tools are searched, so
/// that whatever a plan starts by its name is one of these, or is not installed.
struct FakeTools {
    static let names = [
        "hastctl", "zpool", "zfs", "service", "ctladm", "ifconfig", "logger", "sysctl", "sh", "ps",
        "kill", "look", "change", "route", "touch", "pwait", "mount",
    ]

    /// What the program is told of the host: the tools are those of FreeBSD, whichever this one is.
    static let host = ["--platform", "freebsd"]

    let scratch: Scratch
    var folder: String { scratch.folder.path }

    init() throws {
        scratch = try Scratch()
        try scratch.file("script", Self.script)
        // Another process writes them: a child of another test, started meanwhile, might else hold
        // one open for writing, and then it cannot be executed (ETXTBSY).
        let copy =
            "for tool in \(Self.names.joined(separator: " ")); do"
            + " /usr/bin/install -m 755 '\(folder)/script' '\(folder)/'$tool || exit 1; done"
        let outcome = try Program.start(["-c", copy], binary: URL(filePath: "/bin/sh")).end()
        #expect(outcome.code == 0, "\(outcome.errors)")
        try scratch.file("site.yaml", Self.site.replacing("FOLDER", with: folder))
    }

    /// Puts the shipped plans into the folder, cut to a host that has no HAST devices; `edits` are
    /// words of the master plan and what stands there instead.
    func copyPlans(_ edits: [(String, String)] = []) throws -> String {
        let slave = Program.root.appending(path: "plans/become-slave.yaml")
        try scratch.file("become-slave.yaml", String(contentsOf: slave, encoding: .utf8))
        let master = Program.root.appending(path: "plans/become-master.yaml")
        var text = try String(contentsOf: master, encoding: .utf8)
        let marks = scratch.folder.appending(path: "fresh")
        try FileManager.default.createDirectory(at: marks, withIntermediateDirectories: true)
        for disk in ["disk0", "disk1"] { try scratch.file("fresh/\(disk)") }
        let place = ("fresh: true", "fresh: true, marks: '\(marks.path)'")
        for (old, new) in Self.cuts + [place] + edits {
            #expect(text.contains(old), "the master plan holds no `\(old)`")
            text = text.replacing(old, with: new)
        }
        return try scratch.file("become-master.yaml", text).path
    }

    /// Puts a `signals.yaml` beside the plans whose signals are confirmed at once.
    func writeSignals() throws {
        try scratch.file("signals.yaml", Self.signals)
    }

    /// Runs the program on a host that has these tools.
    static func run(_ arguments: String...) throws -> Program.Outcome { try run(arguments) }

    static func run(_ arguments: [String]) throws -> Program.Outcome {
        try start(arguments).end()
    }

    static func start(_ arguments: [String]) throws -> Program {
        try Program.start(arguments + host)
    }

    /// From now on every tool does this before anything else; `$call` is what it was called with.
    func mishap(_ cases: String) throws {
        try scratch.file("mishap", "case $call in\n\(cases)\nesac\n")
    }

    /// What was started so far, oldest first.
    var started: [String] { scratch.text("started").split(separator: "\n").map(String.init) }

    /// What was started so far and is no look.
    var changes: [String] { started.filter { !Self.isReadOnly($0) } }

    /// What a tool keeps in its state: `role.disk0`, `pool`, `mounted`, `service.nfsd`, `carp`.
    func state(_ name: String) -> String {
        scratch.text("state." + name).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The processes that scripts have noted in `left`.
    var left: [Int32] { scratch.text("left").split(separator: "\n").compactMap { Int32($0) } }

    /// Whether an argv is on the list of what only reads: written down here once more, apart from
    /// `LookCommand`, whose own list is what is being tried.
    static func isReadOnly(_ call: String) -> Bool {
        let words = call.split(separator: " ").map(String.init)
        return switch (words.first, words.count) {
        case ("hastctl", 3): words[1] == "list"
        case ("zpool", 3): words[1...] == ["list", "-v"]
        case ("route", 5): words[1...3] == ["-n", "get", "-host"]
        case ("zpool", 6): words[1...4] == ["list", "-H", "-o", "name,health"]
        case ("zpool", 7): words[1...4] == ["get", "-H", "-o", "property,value"]
        case ("mount", 1): true
        case ("sysctl", 3): words[1] == "-n" && words[2].hasPrefix("kstat.zfs.")
        case ("zfs", 9): words[1...3] == ["list", "-H", "-r"]
        case ("service", 3): words[2] == "onestatus"
        case ("ctladm", 2...): ["portlist", "devlist"].contains(words[1])
        case ("ifconfig", 2): !words[1].hasPrefix("-")
        default: false
        }
    }

    private static let cuts = [
        ("steady-for: 3s", "steady-for: 100ms"),
        ("/dev/hast/${disk}", "/dev/null"),
    ]

    private static let signals = """
        pair: default
        acquire:
          signal: master
          match: [{carp: '1@vlan50 MASTER'}]
          run: become-master.yaml
          settle: 100ms
          only-if: [{carp: {interface: vlan50, vhid: 1, state: master}}]
          within: 5s
          retry: {attempts: 2, delay: 100ms}
        release:
          signal: slave
          run: become-slave.yaml
          retry: {delay: 100ms, at-most: 1s}

        """
    private static let site = """
        parameters: {disks: [disk0, disk1], peer: 127.0.0.1, if-export-fails: park}
        path: [FOLDER]
        log: {level: debug, tag: failover-tests}
        folders: {state: FOLDER/state, runtime: FOLDER/runtime}

        """
}
