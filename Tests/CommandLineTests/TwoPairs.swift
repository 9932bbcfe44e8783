import Foundation

/// Two pairs of one host, of which each raises and removes a file of its own.
struct TwoPairs {
    let scratch: Scratch
    var folder: String { scratch.folder.path }

    /// `signals` are those of a pair, by what calls for each of its plans.
    init(master: (String) -> String = { _ in "master" }) throws {
        scratch = try Scratch()
        try scratch.file(
            "site.yaml",
            "platform: linux\nfolders: {state: \(folder)/state, runtime: \(folder)/run}\n"
                + "path: [\(folder), /usr/bin, /bin]\n")
        try scratch.file(
            "signals.yaml",
            "pairs:\n"
                + ["red", "blue"].map { pair($0, master($0)) }
                .joined())
        try scratch.file(
            "up.yaml",
            """
            plan: up
            direction: acquire
            counterpart: down.yaml
            parameters: {name: {type: string}}
            steps:
              - execute: {command: [touch, '${name}'], check: {file: '${name}'}}
                undo:
                  execute: [rm, -f, '${name}']

            """)
        try scratch.file(
            "down.yaml",
            """
            plan: down
            direction: release
            counterpart: up.yaml
            if-stuck: park
            parameters: {name: {type: string}}
            steps:
              - execute:
                  command: [rm, -f, '${name}']
                  check: {file: {path: '${name}', state: absent}}

            """)
        for name in ["red", "blue"] { try scratch.file(name) }
    }

    private func pair(_ name: String, _ master: String) -> String {
        """
          - pair: \(name)
            set: {name: \(folder)/\(name)}
            acquire:
              signal: \(master)
              match: [keepalived: INSTANCE VI_\(name) MASTER]
              run: up.yaml
              settle: 0s
              within: 1s
              only-if: [file: \(folder)/site.yaml]
            release:
              signal: slave\(master == "master" ? "" : "-\(name)")
              run: down.yaml

        """
    }

    /// The pairs that are served here.
    var served: [String] {
        ["red", "blue"].filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }

    func failover(_ words: String...) throws -> Program.Outcome { try failover(words) }

    func failover(_ words: [String]) throws -> Program.Outcome {
        try Program.run(words + ["--plans", folder])
    }

    /// Waits until these pairs alone are served.
    func wait(for served: [String]) -> Bool {
        let end = Date.now + Program.patience
        while Date.now < end {
            if self.served == served { return true }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return false
    }
}
