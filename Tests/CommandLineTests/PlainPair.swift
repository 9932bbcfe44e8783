import Foundation
import Testing

/// A pair whose plans raise and remove files, in a folder of its own.
struct PlainPair {
    let scratch: Scratch
    var folder: String { scratch.folder.path }

    /// `notify` is what site.yaml says after it, and `isMaster` what `only-if` finds.
    init(site: String = "", signals: String = "", isMaster: Bool = true) throws {
        scratch = try Scratch()
        let folder = scratch.folder.path
        try file(
            "site.yaml",
            "platform: linux\nfolders: {state: \(folder)/state, runtime: \(folder)/run}\n"
                + "path: [\(folder), /usr/bin, /bin]\n" + site)
        try file(
            "signals.yaml",
            """
            pairs:
              - pair: p
                acquire:
                  run: up.yaml
                  settle: 0s
                  within: 1s
                  only-if: [file: \(folder)/master]
                  retry: {attempts: 2, delay: 1s}
                release:
                  run: down.yaml
            \(signals)
            """)
        try file(
            "up.yaml",
            """
            plan: up
            direction: acquire
            counterpart: down.yaml
            require: [file: \(folder)/master]
            steps:
              - execute: {command: [touch, \(folder)/up], check: {file: \(folder)/up}}
                undo:
                  execute: [rm, -f, \(folder)/up]

            """)
        try file(
            "down.yaml",
            """
            plan: down
            direction: release
            counterpart: up.yaml
            if-stuck: park
            steps:
              - execute:
                  command: [rm, -f, \(folder)/up]
                  check: {file: {path: \(folder)/up, state: absent}}

            """)
        if isMaster { try file("master", "") }
    }

    func plan(_ name: String) -> String { "\(folder)/\(name).yaml" }

    /// Creates a file of the folder, with those above it, and gives its path.
    @discardableResult
    func file(_ name: String, _ text: String) throws -> String {
        let place = scratch.folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try scratch.file(name, text)
        return place.path
    }

    func text(_ name: String) -> String { scratch.text(name) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

    /// Waits until something is so.
    func wait(_ isSo: () throws -> Bool) rethrows -> Bool {
        let end = Date.now + Program.patience
        while Date.now < end {
            if try isSo() { return true }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return false
    }

    var journals: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/state/p/runs")) ?? [])
            .sorted()
    }

    func failover(_ words: String...) throws -> Program.Outcome { try failover(words) }

    func failover(_ words: [String]) throws -> Program.Outcome { try start(words).end() }

    func start(_ words: [String], environment: [String: String] = [:]) throws -> Program {
        try Program.start(words + ["--plans", folder], environment: environment)
    }
}
