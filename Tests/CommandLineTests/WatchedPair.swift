import Foundation
import Testing

/// A pair that is served and watched, on a host whose tools are scripts: what holds is a file, and
/// what is told lies in a file, too.
struct WatchedPair {
    let pair: PlainPair
    private let watcher: Program

    /// `probe` fails once `broken` is there, after as many seconds as `slow` says; the peer, when
    /// it is asked, makes that of `later`. `probe` and `yield` say `halted` while there is `halt`,
    /// which the peer makes of `halt-later`.
    private static let script = #"""
        #!/bin/sh
        D=$(cd "$(dirname "$0")" && pwd)
        halt() {
            [ ! -e "$D/halt" ] || : >"$D/halted"
            while [ -e "$D/halt" ]; do sleep 0.05; done
        }
        case $0 in
        *notify) echo "$*" >>"$D/told" ;;
        *peer)
            echo '{"fact":"status","pair":"p","master":"does-not","running":false}'
            [ ! -e "$D/later" ] || mv "$D/later" "$D/slow"
            [ ! -e "$D/halt-later" ] || mv "$D/halt-later" "$D/halt" ;;
        *yield)
            halt
            : >"$D/yielded" ;;
        *probe)
            halt
            [ ! -e "$D/slow" ] || sleep "$(cat "$D/slow")"
            [ ! -e "$D/broken" ] ;;
        esac
        """#

    /// One that watches these items, a line each, in which `D/` is its folder; `a`, `b` and `c` are
    /// there. With `yields` it has an address to yield.
    init(_ items: String, site: String = "", yields: Bool = false) throws {
        pair = try PlainPair(site: "notify: [notify]\nask-peer: [peer]\n" + site)
        let folder = pair.folder
        let lines = items.replacing("D/", with: folder + "/").split(separator: "\n")
        let watch = "\n    watch:\n" + lines.map { "      - \($0)\n" }.joined()
        try pair.file("signals.yaml", pair.text("signals.yaml") + watch)
        try pair.file("script", Self.script)
        let install = "for t in notify peer probe yield; do /usr/bin/install -m 755 script $t; done"
        let made = try Program.start(
            ["-c", "cd '\(folder)' && \(install)"], binary: URL(filePath: "/bin/sh")
        ).end()
        #expect(made.code == 0, "\(made.errors)")
        if yields {
            try pair.file("up.yaml", pair.text("up.yaml") + "if-failed:\n  - execute: [yield]\n")
        }
        for name in ["a", "b", "c"] { try pair.file(name, "") }
        watcher = try pair.start(["watch", "--review-every", "200ms"])
        let pair = pair
        #expect(pair.wait { pair.text("run/p/last").contains(" serving\n") })
    }

    /// How often a text was told.
    func told(_ text: String) -> Int {
        pair.text("told").split(separator: "\n").count {
            $0.contains(text.replacing("D/", with: pair.folder + "/"))
        }
    }

    /// Waits until a text was told.
    func waitFor(_ text: String) {
        #expect(pair.wait { told(text) > 0 }, "\(text): \(pair.text("told"))")
    }

    func lose(_ name: String) throws {
        try FileManager.default.removeItem(atPath: pair.folder + "/" + name)
    }

    /// Waits until two rounds more have found what is new: `c` is watched, and goes and comes.
    func waitForRounds() throws {
        for _ in 0..<2 {
            let before = told("again: D/c is present")
            try lose("c")
            #expect(pair.wait { told("not so: D/c is present") > before }, "\(pair.text("told"))")
            try pair.file("c", "")
            #expect(pair.wait { told("again: D/c is present") > before }, "\(pair.text("told"))")
        }
    }

    /// A plan of one step.
    func plan(_ name: String, _ step: String) throws {
        let step = step.replacing("D/", with: pair.folder + "/")
        try pair.file("\(name).yaml", "plan: \(name)\nsteps:\n  - \(step)\n")
    }

    /// The process that looks; nil when there is none.
    var looker: Int32? { holder("monitor") }

    /// The process that has, or had, a lock; nil when none had.
    func holder(_ lock: String) -> Int32? {
        let words = pair.text("run/p/" + lock).split(separator: "\n").first?.split(separator: " ")
        return words?.last.flatMap { Int32($0) }
    }

    /// Whether nobody has a lock.
    func isFree(_ lock: String) -> Bool {
        let file = open(pair.folder + "/run/p/" + lock, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        return flock(file, LOCK_SH | LOCK_NB) == 0
    }

    func end() {
        watcher.process.terminate()
        #expect(watcher.end().code == 0)
    }
}
