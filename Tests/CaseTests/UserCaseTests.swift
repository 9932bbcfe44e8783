import Engine
import Foundation
import Simulation
import Testing

/// What `failover test` says of a case: each folder `Tests/Cases/test-*` comes out as its
/// `expected.txt` says; `UPDATE_CASES=1` rewrites that file.
@Suite struct UserCaseTests {
    @Test func `there are cases`() {
        #expect(UserCases.folders.count >= 20)
    }

    @Test(arguments: UserCases.folders) func `a case comes out as it should`(
        _ folder: String
    ) throws {
        let text = Self.account(UserCases.load(folder))
        let golden = UserCases.root.appending(path: folder).appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected, "\(folder): see its expected.txt")
    }

    /// Each fault, or each difference, and what would be recorded.
    private static func account(_ loaded: CaseFile.Loaded) -> String {
        var text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        guard let testCase = loaded.testCase else { return text + "invalid\n" }
        let run = testCase.play()
        let differences = testCase.differences(from: run)
        text += differences.isEmpty ? "ok\n" : "FAILED\n"
        text += differences.flatMap(\.lines).map { $0 + "\n" }.joined()
        return text + "\n" + Recording(run).text
    }
}

/// The shipped cases hold, and so does what would be recorded of them.
@Suite struct ShippedCaseTests {
    @Test func `there are shipped cases`() {
        #expect(UserCases.files.count { $0.hasPrefix("cases/") } >= 12)
        #expect(UserCases.files.count { $0.hasPrefix("drbd/") } >= 8)
    }

    @Test(arguments: UserCases.files) func `a shipped case holds`(_ name: String) throws {
        #expect(try UserCases.text(name).hasPrefix("# "), "its comment tells its story")
        let testCase = try UserCases.shipped(name)
        #expect(testCase.description != nil)
        #expect(testCase.differences(from: testCase.play()) == [])
    }

    /// What they tell does not hang on how long a command takes, or on which branch is first.
    @Test(arguments: UserCases.files) func `a shipped case holds at any pace`(
        _ name: String
    ) throws {
        let text = try UserCases.text(name)
        for seed in 0..<25 {
            let testCase = try UserCases.shipped(name, as: text + "seed: \(seed)\n")
            #expect(testCase.differences(from: testCase.play()) == [], "seed \(seed)")
        }
    }

    /// A recording is read back as what happened, whatever texts are in it.
    @Test(arguments: UserCases.files) func `what is recorded holds`(_ name: String) throws {
        let text = try UserCases.text(name)
        let testCase = try UserCases.shipped(name)
        let start = try #require(text.range(of: "\nexpect:\n"))
        let recorded = text[..<start.upperBound].dropLast("expect:\n".count)
        let read = try UserCases.shipped(name, as: recorded + Recording(testCase.play()).text)
        #expect(read.differences(from: read.play()) == [])
    }

    /// What each expects is looked at: with another world at the end it does not hold.
    @Test(arguments: UserCases.files) func `a shipped case can fail`(_ name: String) throws {
        let text = try UserCases.text(name)
        let head = try #require(text.components(separatedBy: "\nexpect:\n").first)
        let worker = name.hasPrefix("drbd/") ? "service-dies keepalived" : "worker-dies all"
        let other = (head.contains("become-slave") ? "peer-dies" : worker) + " after 1h"
        let troubled =
            head.contains("\nlater:")
            ? text.replacingOccurrences(of: "\nlater:\n", with: "\nlater:\n  - \(other)\n")
            : text.replacingOccurrences(
                of: "\nexpect:\n", with: "\nlater: ['\(other)']\nexpect:\n")
        let testCase = try UserCases.shipped(name, as: troubled)
        let differences = testCase.differences(from: testCase.play())
        #expect(differences.map(\.key) == ["faults"])
    }
}
