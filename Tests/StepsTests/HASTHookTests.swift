import Engine
import Steps
import Testing

/// What follows from each event of hastd, on either side of a pair.
@Suite struct HASTHookTests {
    private static let mark = "/var/run/failover/fresh/disk0"
    private static let word = "/var/run/failover/fresh/disk0@peer"
    private static let ssh = ["ssh", "peer", "failover", "on", "--hast"]

    /// An event, what its question found, and what follows.
    struct Row: Sendable {
        let arguments: [String]
        var answer: Verdict?
        var connection: String?
        let effects: [HASTHook.Effect]
    }

    private static func told(_ event: String) -> [String] { ssh + [event, "disk0"] }
    private static let forgotten = [HASTHook.Effect.clearMark(mark), .clearWord(word)]
    private static let full = [HASTHook.Effect.setMark(mark, of: "primary"), .clearWord(word)]

    private static let restart = "/var/run/failover/fresh/disk0@restart"

    static let rows = [
        // The primary and the standby hear of the same connection.
        Row(
            arguments: ["connect", "disk0"], answer: .holds,
            effects: [.whenInSync(full + [.tellPeerWhenSettled(told("fresh"))])]),
        Row(arguments: ["connect", "disk0"], answer: .doesNot("no"), effects: forgotten),
        Row(arguments: ["connect", "disk0"], answer: .unknown("?"), effects: forgotten),
        Row(arguments: ["connect", "disk0"], effects: forgotten),
        // The peer's word for this connection came first: the mark of it stays.
        Row(
            arguments: ["connect", "disk0"], answer: .doesNot("no"), connection: "778.5",
            effects: [.clearMark(mark, sparing: "778.5"), .clearWord(word)]),
        Row(
            arguments: ["syncdone", "disk0"], answer: .holds,
            effects: full + [.tellPeer(told("fresh"))]),
        // It was primary when hastd said so, and may be a standby with half a copy by now.
        Row(arguments: ["syncdone", "disk0"], answer: .doesNot("no"), effects: []),
        Row(arguments: ["syncdone", "disk0"], answer: .unknown("?"), effects: []),
        Row(arguments: ["syncdone", "disk0"], effects: []),
        Row(
            arguments: ["fresh", "disk0"], answer: .holds, connection: "778.5",
            effects: [.setMark(mark, of: "778.5")]),
        Row(arguments: ["disconnect", "disk0"], effects: []),
        Row(arguments: ["syncstart", "disk0"], effects: []),
        Row(arguments: ["syncintr", "disk0"], effects: []),
        // A copy that was at rest may have missed something; the peer is asked.
        Row(
            arguments: ["role", "disk0", "init", "secondary"],
            effects: [.clearMark(mark), .clearRestart(restart), .seekPeer(told("reachable"))]),
        Row(
            arguments: ["role", "disk0", "init", "secondary"], answer: .unknown("?"),
            effects: [.clearMark(mark), .clearRestart(restart), .seekPeer(told("reachable"))]),
        // One that was alone when failover restarted hastd may not.
        Row(
            arguments: ["role", "disk0", "init", "secondary"], answer: .holds,
            effects: [.clearRestart(restart), .seekPeer(told("reachable"))]),
        Row(
            arguments: ["role", "disk0", "secondary", "init"],
            effects: [.clearMark(mark), .clearRestart(restart)]),
        Row(
            arguments: ["role", "disk0", "primary", "init"],
            effects: [.clearMark(mark), .clearRestart(restart)]),
        // A copy that was primary missed nothing.
        Row(
            arguments: ["role", "disk0", "primary", "secondary"],
            effects: [.seekPeer(told("reachable"))]),
        Row(arguments: ["role", "disk0", "secondary", "primary"], effects: []),
        Row(arguments: ["role", "disk0", "init", "primary"], effects: [.clearRestart(restart)]),
        // Two nodes without a primary; one question has one answer.
        Row(
            arguments: ["reachable", "disk0"], answer: .holds,
            effects: [.setWord(word), .answerPeer(told("reachable-too"))]),
        Row(arguments: ["reachable-too", "disk0"], answer: .holds, effects: [.setWord(word)]),
        Row(arguments: ["reachable", "disk0"], answer: .doesNot("a worker"), effects: []),
        Row(arguments: ["reachable", "disk0"], answer: .unknown("?"), effects: []),
        Row(arguments: ["reachable-too", "disk0"], answer: .doesNot("a worker"), effects: []),
        Row(arguments: ["reachable-too", "disk0"], effects: []),
    ]

    @Test(arguments: rows) func effects(_ row: Row) throws {
        let hook = try HASTHook(row.arguments)
        let effects = hook.effects(row.answer, of: row.connection, telling: Self.ssh)
        #expect(effects == row.effects)
        #expect(row.answer == nil || hook.question != nil)
    }

    /// A connection is a worker's life: its number alone may be given again.
    @Test func aConnectionIsTheLifeOfAWorker() throws {
        let hook = try HASTHook(["connect", "disk0"])
        let question = try #require(hook.question)
        func connection(_ processes: [ProcessEntry]) -> String? {
            hook.connection(
                in: Answers(question.queries, [.processes(processes), Hastd.pidFile]))
        }
        #expect(connection(Hastd.table("hastd: disk0 (secondary)", pid: 778)) == "778.5")
        #expect(connection(Hastd.table("hastd: disk1 (secondary)")) == nil)
        #expect(connection(Hastd.table("hastd: disk0 (primary)")) == nil)
        #expect(connection([Hastd.daemon]) == nil)
        #expect(hook.connection(in: .none) == nil)
    }

    @Test(arguments: [Verdict?.none, .doesNot("no worker"), .unknown("?")])
    func aMessageWithoutAConnectionMarksNothing(_ answer: Verdict?) throws {
        let effects = try HASTHook(["fresh", "disk0"]).effects(answer, telling: nil)
        #expect(effects.count == 1 && effects.contains { $0.isWarning })
    }

    @Test func aSplitBrainIsTold() throws {
        let hook = try HASTHook(["split-brain", "disk0"])
        let primary = hook.effects(.holds, telling: Self.ssh)
        #expect(primary.count == 1 && primary.contains { $0.isWarning })
        let standby = hook.effects(.doesNot("no"), telling: Self.ssh)
        #expect(Array(standby.prefix(2)) == Self.forgotten)
        #expect(standby.last?.isWarning == true)
    }

    @Test(arguments: [
        ["connect", "disk0"], ["syncdone", "disk0"], ["reachable", "disk0"],
        ["role", "disk0", "init", "secondary"],
    ])
    func aSiteThatCannotTellThePeerIsWarned(_ arguments: [String]) throws {
        for nobody in [nil, [String]()] {
            var effects = try HASTHook(arguments).effects(.holds, telling: nobody)
            if case .whenInSync(let later) = effects.first { effects = later }
            #expect(effects.last?.isWarning == true)
        }
    }

    @Test func theFolderOfTheMarksCanBeAnother() throws {
        let hook = try HASTHook(["fresh", "a"])
        let effects = hook.effects(.holds, of: "7.1", telling: nil, marks: "/m")
        #expect(effects == [.setMark("/m/a", of: "7.1")])
    }

    @Test func theQuestionIsAnsweredByTheWorkers() throws {
        for (event, title, verdict) in [
            ("connect", "hastd: disk0 (primary)", true),
            ("connect", "hastd: disk0 (secondary)", false),
            ("connect", "hastd: disk01 (primary)", false),
            ("fresh", "hastd: disk0 (secondary)", true), ("fresh", "hastd: disk0 (primary)", false),
            ("reachable", "hastd: disk0 (secondary)", false),
            ("reachable", "hastd: disk0 (primary)", false),
            ("reachable-too", "hastd: disk0 (primary)", false),
            ("reachable", "hastd: disk01 (primary)", true), ("reachable", "/sbin/hastd", true),
        ] {
            let question = try #require(try HASTHook([event, "disk0"]).question)
            let found = question.judge(
                Answers(question.queries, [.processes(Hastd.table(title)), Hastd.pidFile]))
            #expect((found == .holds) == verdict, "\(event) \(title)")
        }
    }

    /// What permits a mark must be hastd's; what forbids a word may be anybody's, but for a `grep`.
    @Test(arguments: Hastd.forgeries) func aTitleIsNoProof(_ forgery: Hastd.Forgery) throws {
        for (event, role) in [
            ("connect", "primary"), ("split-brain", "primary"), ("fresh", "secondary"),
            ("reachable", "secondary"), ("reachable-too", "primary"),
        ] {
            let question = try #require(try HASTHook([event, "disk0"]).question)
            let processes = forgery.processes(titled: "hastd: disk0 (\(role))")
            let found = question.judge(
                Answers(question.queries, [.processes(processes), forgery.pidFile]))
            #expect(found != .holds, "\(event)")
        }
    }

    @Test func aGrepForbidsNoWord() throws {
        let question = try #require(try HASTHook(["reachable", "disk0"]).question)
        let grep = ProcessEntry(pid: 7, title: "grep hastd: disk0 (primary)")
        #expect(
            question.judge(Answers(question.queries, [.processes([grep]), .text(nil)])) == .holds)
    }

    @Test(arguments: [
        [], ["connect"], ["connect", "disk0", "x"], ["reboot", "disk0"], ["connect", "../disk0"],
        ["connect", "disk0; reboot"], ["connect", "$(x)"], ["connect", ".."], ["connect", "-f"],
        ["connect", ""], ["connect", "a/b"], ["connect", "a\nb"], ["connect", "dïsk"],
        ["role", "disk0"], ["role", "disk0", "primary"], ["role", "disk0", "primary", "king"],
        ["role", "disk0", "primary", "init", "init"], ["reachable", "disk0", "primary"],
        ["reachable"], ["reachable-too", "a/b"], ["reachable-not", "disk0"],
        ["connect", String(repeating: "a", count: 128)],
    ])
    func whatHastdDoesNotSayIsRefused(_ arguments: [String]) {
        #expect(throws: HASTHook.Fault.self) { try HASTHook(arguments) }
    }
}

/// When a node can say that its copy is there to be connected to.
@Suite struct HASTReachableTests {
    private func verdict(_ text: String, error: String = "") throws -> Verdict {
        let condition = try HASTHook(["reachable", "disk0"]).isReachable
        let output = Output(
            .exited(error.isEmpty ? 0 : 75), output: Array(text.utf8), error: Array(error.utf8))
        return condition.judge(Answers(condition.queries, [.output(output)]))
    }

    @Test func onlyASecondaryAloneIs() throws {
        #expect(try verdict("disk0:\n  role: secondary\n") == .holds)
        for text in [
            "disk0:\n  role: init\n", "disk0:\n  role: primary\n  workerpid: 7\n",
            "disk0:\n  role: primary\n", "disk0:\n  error: 1\n",
            "disk0:\n  role: secondary\n  status: complete\n  workerpid: 7\n",
            "disk0:\n  role: secondary\n  workerpid: 7\n",
        ] {
            guard case .never = try verdict(text) else {
                Issue.record("\(text)")
                continue
            }
        }
    }

    @Test func aDaemonThatDoesNotAnswerTellsNothing() throws {
        let found = try verdict("", error: "Unable to connect to hastd: refused")
        guard case .unknown = found else { return #expect(found == .unknown("")) }
    }
}

/// When a primary can say that its peer has a full copy.
@Suite struct HASTInSyncTests {
    private func verdict(role: String = "primary", _ status: String, _ dirty: String) throws
        -> Verdict
    {
        let text = """
            disk0:
              role: \(role)
              provname: disk0
              status: \(status)
              workerpid: 2546
            \(dirty)
              statistics:
                reads: 0

            """
        let condition = try HASTHook(["connect", "disk0"]).inSync
        let output = Output(.exited(0), output: Array(text.utf8))
        return condition.judge(Answers(condition.queries, [.output(output)]))
    }

    @Test func onlyACleanConnectedPrimaryIs() throws {
        #expect(try verdict("complete", "  dirty: 0 (0B)") == .holds)
        #expect(try verdict("complete", "  dirty: 0 bytes") == .holds)
        for (status, dirty) in [
            ("degraded", "  dirty: 0 (0B)"), ("complete", "  dirty: 2097152 (2.0MB)"),
            ("complete", "  dirty: 01 (2.0MB)"),
        ] {
            guard case .doesNot = try verdict(status, dirty) else {
                Issue.record("\(status) \(dirty)")
                continue
            }
        }
        guard case .unknown = try verdict("complete", "") else {
            Issue.record("nothing is said of what is dirty")
            return
        }
        guard case .never = try verdict(role: "secondary", "complete", "  dirty: 0 (0B)") else {
            Issue.record("a secondary always says 0")
            return
        }
    }
}

extension HASTHook.Effect {
    fileprivate var isWarning: Bool {
        if case .warn(let text) = self { text.contains("disk0") } else { false }
    }
}
