import Engine
import Foundation
import Testing

@testable import Simulation
@testable import failover

/// The views of a verdict, on one that is made by hand.
@Suite struct RulingTests {
    private static let golden = Program.root.appending(path: "Tests/Goldens/verify/page.html")

    private static func line(
        _ milliseconds: Int, _ side: Side?, _ kind: Account.Kind, _ text: String
    ) -> Account.Line {
        Account.Line(at: .milliseconds(milliseconds), side: side, kind: kind, text: text)
    }

    private static let account = Account([
        line(1000, nil, .act, "both networks are cut"),
        line(1100, .a, .command, "zpool list"), line(1200, .a, .command, "zpool status"),
        line(1300, .a, .step, "look: done"), line(2000, .b, .signal, "CARP: 1@vlan50 is MASTER"),
        line(2005, .b, .run, "runs become-master"),
        line(2010, .b, .mishap, "the command fails, and has done its work"),
        line(2010, .b, .command, "zpool import -N -f -o cachefile=none <tank> & \"co\""),
        line(31_234, .b, .breach, "the pool was imported on both nodes at once: \u{1B}[2J tank"),
        line(40_000, .a, .command, "zfs mount -a"), line(41_000, .a, .step, "mount: done"),
    ])

    private static let ruling: Ruling = {
        let story = Story(.bothCut, [Strike(.b, 17, .failsAfter)])
        let breach = Breach(
            kind: .twoImports, at: .milliseconds(31_234), side: .b, detail: "tank <on> both")
        func tale(_ excludedBy: Assumption?) -> Ruling.Tale {
            Ruling.Tale(
                finding: Judgement.Finding(
                    kind: .twoImports, story: story, breach: breach, count: 3,
                    excludedBy: excludedBy, waiver: nil),
                account: account, remedies: ["guard the import"], lintCodes: ["no-guard"],
                replay: "failover verify 'my plans' --story 'both-cut b17:fails-after'")
        }
        let recovery = Judgement.Recovery(
            took: .seconds(34),
            chain: [
                ("import pool tank", .seconds(20)), ("start NFS", .milliseconds(610)),
                ("wait", .milliseconds(10)), ("mount", .milliseconds(150)),
                ("start iSCSI", .milliseconds(570)),
            ])
        return Ruling(
            pair: "default",
            rows: [
                Ruling.Row(
                    scenario: .switchover, tried: 12, bad: 0, outage: .seconds(9), recovery: nil),
                Ruling.Row(
                    scenario: .bothCut, tried: 99, bad: 6, outage: .seconds(42),
                    recovery: recovery),
            ],
            left: [], tales: [tale(nil), tale(.noPartition)], assumptions: [.arbiter],
            objective: .seconds(30), hasMishaps: true,
            tried: 111, runs: 420, chance: (42, 5), lists: ["disks (10)"],
            granted: [
                VerifySubjects.Grant(
                    what: "the command `announce`", how: "it succeeds", file: "plans/a.yaml",
                    line: 7)
            ],
            call: "failover verify 'my plans'")
    }()

    @Test func `the page is as it always was`() throws {
        let text = RulingPage(verdict: Self.ruling, folder: "my <plans>").text()
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: Self.golden)
        }
        #expect(text == String(decoding: try Data(contentsOf: Self.golden), as: UTF8.self))
    }

    @Test func `the page is well-formed, and asks for nothing from outside`() {
        let text = RulingPage(verdict: Self.ruling, folder: "my <plans>").text()
        #expect(Self.isWellFormed(text))
        for word in ["http", "src=", "href=", "url(", "@import", "<script", "\u{1B}"] {
            #expect(!text.contains(word), "\(word)")
        }
        #expect(text.contains("&lt;tank&gt; &amp; &quot;co&quot;"))
    }

    @Test(arguments: ["<p>a</q>", "<p>", "</p>", "<p>a < b</p>", "<p>a & b</p>", "<br>"])
    func `what is not well-formed is seen`(_ text: String) {
        #expect(!Self.isWellFormed(text))
    }

    /// Whether all tags are closed in their order, and nothing else looks like one.
    private static func isWellFormed(_ text: String) -> Bool {
        let tag = /<(\/?)([a-z0-9]+)((?: [a-z0-9-]+="[^"<>]*")*)(\/?)>/
        let style = /<style>[^<&]*<\/style>/
        let body = text.replacing("<!DOCTYPE html>", with: "").replacing(style, with: "")
        var open: [Substring] = []
        for match in body.matches(of: tag) {
            if !match.1.isEmpty {
                guard open.popLast() == match.2 else { return false }
            } else if match.4.isEmpty {
                open.append(match.2)
            }
        }
        let rest = body.replacing(tag, with: "").replacing(/&(amp|lt|gt|quot|#39);/, with: "")
        return open.isEmpty && !rest.contains { "<>&".contains($0) }
    }

    @Test func `the text tells apart what no plan can help`() throws {
        let text = RulingText(verdict: Self.ruling, style: .plain).text()
        let parts = text.components(separatedBy: "what two nodes without an arbiter cannot")
        #expect(parts.count == 2)
        #expect(parts[0].contains("what mends it: guard the import"))
        #expect(parts[0].contains("see failover explain no-guard"))
        #expect(parts[1].contains("quorum") && parts[1].contains("`multihost`"))
        #expect(parts[1].contains("failover verify 'my plans' --assume no-partition"))
        #expect(text.contains("MISSED in both-cut"))
        #expect(text.contains("A import pool tank 20.0s, start NFS 0.61s, start iSCSI 0.57s"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(!text.contains("\u{1B}"))
        #expect(Self.ruling.exitCode == 1)
    }

    @Test func `a story is told by what matters`() {
        let rows = Abridgement(Self.account).rows.map { row in
            switch row {
            case .line(let line): line.text
            case .left(let count): "… \(count)"
            }
        }
        #expect(
            rows == [
                "both networks are cut", "… 3", "CARP: 1@vlan50 is MASTER", "runs become-master",
                "the command fails, and has done its work",
                "zpool import -N -f -o cachefile=none <tank> & \"co\"",
                "the pool was imported on both nodes at once: \u{1B}[2J tank", "… 2",
            ])
    }

    @Test func `the longest story is told within bounds`() {
        let lines = (0..<1000).map { Self.line($0, .a, .run, "runs \($0)") }
        #expect(Abridgement(Account(lines)).rows.count <= 46)
    }

    @Test func `a coloured style colours the bad`() {
        let text = RulingText(verdict: Self.ruling, style: Style(isColoured: true)).text()
        #expect(text.contains("\u{1B}[1;31m1. the pool was imported"))
    }
}
