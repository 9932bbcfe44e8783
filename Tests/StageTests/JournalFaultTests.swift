import Foundation
import Testing

/// What recovery makes of a journal that is not as an engine of this version leaves it.
@Suite(.enabled(if: LiveStage.isPossible), .timeLimit(.minutes(20)))
struct JournalFaultTests {
    /// A run that was killed while its import was under way; its journal, changed by `change`.
    private func killed(_ change: (String) -> String) throws -> LivePair {
        let pair = try LivePair(
            .takingOver, pace: LivePair.Pace.usual.replacing("300ms", with: "1500ms"))
        #expect(try pair.failover("on", "master").code == 0)
        #expect(pair.wait { pair.stage.changes.contains { $0.contains("zpool import") } })
        for process in pair.processes { kill(process.pid, SIGKILL) }
        #expect(pair.wait { pair.isQuiet })
        let journal = pair.journal(try #require(pair.journals.last))
        let text = try String(contentsOf: journal, encoding: .utf8)
        try Data(change(text).utf8).write(to: journal)
        return pair
    }

    @Test func `a torn last line is passed over`() throws {
        let pair = try killed { String($0.dropLast(20)) }
        let outcome = try pair.failover("recover")
        #expect(outcome.code == 0 && outcome.output.contains("taken up"), "\(outcome)")
        #expect(pair.isMaster && pair.stage.overlaps == 0, "\(pair.stage.state)")
    }

    @Test func `an empty file is passed over`() throws {
        let pair = try killed { _ in "" }
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("left as it is: it is empty"), "\(outcome)")
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        #expect(pair.isMaster && pair.stage.damage.isEmpty)
        #expect(try pair.failover("status").code == 0)
        #expect(try pair.failover("history").code == 0)
    }

    @Test func `a file of a newer version is left as it is`() throws {
        let pair = try killed { text in
            #expect(text.contains(#""version":1"#))
            return text.replacing(#""version":1"#, with: #""version":9"#)
        }
        let name = try #require(pair.journals.last)
        let before = try Data(contentsOf: pair.journal(name))
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("a newer engine"), "\(outcome)")
        #expect(try Data(contentsOf: pair.journal(name)) == before)
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        #expect(pair.isMaster && pair.stage.damage.isEmpty)
        let history = try pair.failover("history")
        #expect(history.code == 0, "\(history)")
    }

    @Test func `a line in the middle that is none is no reason to go on`() throws {
        let pair = try killed { text in
            var lines = text.split(separator: "\n").map(String.init)
            lines[lines.count / 2] = "\u{0}\u{0}\u{0}"
            return lines.joined(separator: "\n") + "\n"
        }
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("damaged in line"), "\(outcome)")
        #expect(try pair.failover("on", "master", "--wait").code == 0)
        #expect(pair.isMaster && pair.stage.damage.isEmpty)
    }

    @Test func `what is left of a plan that does not fit any more is ended`() throws {
        let pair = try killed { $0.replacing(#""digest":""#, with: #""digest":"0"#) }
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("its sealed plan does not fit"), "\(outcome)")
        let open = pair.stage.changes.filter { $0.hasSuffix("under way") || $0.hasSuffix("effect") }
        #expect(open.isEmpty, "\(open)")
        let journal = pair.journal(try #require(pair.journals.last))
        let ending = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n").last
        #expect(ending?.contains(#""ending":"left""#) == true, "\(ending ?? "-")")
        #expect(ending?.contains("may still take effect") == false, "it is gone, and named")
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }

    @Test func `a run in which each engine dies is not taken up for ever`() throws {
        let resumed = #"{"at":1,"fact":"resumed","way":"forward"}"# + "\n"
        let pair = try killed { $0 + String(repeating: resumed, count: 5) }
        let run = try #require(pair.journals.last).replacing(".jsonl", with: "")
        let notes = String(repeating: "resumed \(run)\n", count: 5)
        let note = pair.folder.appending(path: "run/default/recovered")
        try Data(notes.utf8).write(to: note)
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("is closed: STUCK"), "\(outcome)")
        #expect(outcome.output.contains("the engine died in it 6 times"), "\(outcome)")
        let open = pair.stage.changes.filter { $0.hasSuffix("under way") || $0.hasSuffix("effect") }
        #expect(open.isEmpty, "\(open)")
        #expect(try pair.failover("recover").output.contains("no run was left unfinished"))
        // What is wanted stays wanted: a look finds what is left, a release takes it away.
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }

    @Test func `a run of another boot is closed, and nothing of it is done`() throws {
        let pair = try killed { text in
            let boot = try? String(
                contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
            let id = (boot ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(text.contains(id))
            return text.replacing(id, with: "00000000-0000-4000-8000-000000000000")
        }
        #expect(pair.wait { !pair.stage.changes.contains { $0.hasSuffix("under way") } })
        let changes = pair.stage.changes
        let outcome = try pair.failover("recover")
        #expect(outcome.output.contains("is closed"), "\(outcome)")
        #expect(pair.stage.changes == changes)
        #expect(try pair.failover("recover").output.contains("no run was left unfinished"))
        #expect(try pair.failover("on", "slave", "--wait").code == 0)
        #expect(pair.isSlave && pair.stage.damage.isEmpty)
    }
}
