import Foundation
import Testing

/// A folder of plans that is spelled in another way, as a shell's completion does.
@Suite struct SpelledFolderTests {
    /// What a path says before and behind that of the folder, and between it and a plan's name.
    static let spellings = [("", ""), ("", "/"), ("/", "//"), ("/.", "/."), ("", "/./")]

    @Test(arguments: spellings, [("", "/"), ("", "")])
    func `a release goes by the kept texts`(
        _ now: (before: String, behind: String), _ then: (before: String, behind: String)
    ) throws {
        let pair = try PlainPair()
        try pair.file(
            "signals.yaml", pair.text("signals.yaml").replacing("run: down", with: "run: .//down"))
        func folder(_ spelling: (before: String, behind: String)) -> String {
            spelling.before + pair.folder + spelling.behind
        }
        func failover(_ words: String...) throws -> Program.Outcome {
            try Program.run(words + ["--plans", folder(now)])
        }
        let taken = try Program.run("on", "master", "--wait", "--plans", folder(then))
        #expect(taken.code == 0 && pair.has("up"), "\(taken)")
        // They are kept when the worker leaves.
        #expect(pair.wait { pair.has("state/.last-good.json") })
        try pair.file("signals.yaml", "pairs: [")
        let status = try failover("status")
        #expect(status.code == 65 && status.output.contains("up"), "\(status)")
        let run = try Program.run("run", folder(now) + "/down.yaml")
        #expect(run.code == 0 && !pair.has("up"), "\(run)")
        try pair.file("up", "")
        let release = try failover("on", "slave", "--wait")
        #expect(release.code == 0 && !pair.has("up"), "\(release)")
        #expect(try failover("on", "master", "--wait").code != 0 && !pair.has("up"))
    }
}
