import CSystem
import Engine
import Foundation
import LocalHost
import Synchronization
import Testing

/// Counts judgements.
private final class Tally: Sendable {
    private let value = Atomic(0)
    func add() -> Int { value.add(1, ordering: .relaxed).newValue }
    var count: Int { value.load(ordering: .relaxed) }
}

extension LocalHostTests {
    /// When the host looks, how often, and what it makes of it.
    @Suite struct AttentionTests {
        @Test func whatAppearsIsSeen() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            // One that the host looks at itself, one that a child looks at.
            let shared = "/dev/shm/" + UUID().uuidString
            defer { unlink(shared) }
            for path in [shared, scratch.path("appears")] {
                let command = Command.tool("/bin/sh", "-c", "sleep 0.2; : >\(path)")
                host.perform(.execute(WorkID(2), command, until: host.after(patience)))
                host.perform(
                    .await(WorkID(1), Judged.path(path, is: .file), until: host.after(patience))
                )
                let events = host.allEvents()
                #expect(Set(events.map(\.word)) == ["looked 1", "ended 2 exit 0"])
                for case .looked(_, let look) in events.map(\.input) {
                    #expect(look.verdict == .holds)
                    #expect(look.answers[.path(path)] == .path(.file))
                }
            }
        }

        @Test func theDeadlineBringsTheLastVerdict() throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            let look = try host.look(
                Judged.path("/dev/none-of-this", is: .file),
                for: .milliseconds(200)
            )
            #expect(look.verdict == .doesNot("absent"))
            #expect(host.now - start >= .milliseconds(200))
            #expect(host.news() == nil)
        }

        @Test func waitingGrowsPatient() throws {
            let host = LocalHost(syslog: nil)
            let tally = Tally()
            let never = Judged([.path("/dev/none-of-this")]) { _ in
                _ = tally.add()
                return .doesNot("absent")
            }
            _ = try host.look(never, for: .seconds(2))
            // Every millisecond it would be 2000, every 50 ms it would be 40.
            #expect(tally.count > 20)
            #expect(tally.count < 200)
        }

        @Test func aNeverEndsTheWait() throws {
            let host = LocalHost(syslog: nil)
            let condition = Judged([.processes]) { _ in .never("it is gone for good") }
            #expect(try host.look(condition).verdict == .never("it is gone for good"))
        }

        @Test func aSteadyConditionIsLookedAtForSoLong() throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            let steady = Judged.path(
                "/dev/null",
                is: .characterDevice,
                steadyFor: .milliseconds(300)
            )
            #expect(try host.look(steady).verdict == .holds)
            #expect(host.now - start >= .milliseconds(300))
        }

        @Test func equalQueriesAreAskedOnce() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "printf x >>$0.log; sleep 0.1")
            let host = scratch.host()
            for number in 1...20 {
                host.perform(
                    .await(WorkID(number), Judged.succeeds("look"), until: host.after(patience))
                )
            }
            #expect(host.allEvents().count == 20)
            #expect(scratch.lines("look.log") == ["x"])
        }

        @Test func parallelWaitsShareTheirLooks() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "printf x >>$0.log; exit 1")
            let host = scratch.host()
            for number in 1...20 {
                host.perform(
                    .await(WorkID(number), Judged.succeeds("look"), until: host.after(.seconds(1)))
                )
            }
            #expect(host.allEvents().count == 20)
            let count = scratch.lines("look.log").joined().utf8.count
            // One wait alone makes some 30 looks in a second.
            #expect(count > 5)
            #expect(count < 120)
        }

        @Test func anAnswerFromBeforeTheQuestionIsNone() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "printf x >>$0.log; sleep 0.3")
            let host = scratch.host()
            host.perform(
                .await(WorkID(1), Judged.succeeds("look"), until: host.after(patience))
            )
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(100))))
            #expect(host.news()?.word == "woke 2")
            host.perform(
                .await(WorkID(3), Judged.succeeds("look"), until: host.after(patience))
            )
            #expect(host.allEvents().map(\.word) == ["looked 1", "looked 3"])
            #expect(scratch.lines("look.log") == ["xx"])
        }

        @Test func aLookThatHangsIsMissingAndNotRepeated() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "echo $$ >>$0.log; exec sleep 300")
            let host = scratch.host()
            let start = host.now
            let look = try host.look(Judged.succeeds("look"), for: .seconds(2))
            let hung = try #require(scratch.lines("look.log").first.flatMap { Int32($0) })
            #expect(look.verdict == .unknown("pid \(hung) does not answer"))
            #expect(host.now - start >= .seconds(2))
            // Another wait for the same finds the child that still hangs.
            let again = try host.look(Judged.succeeds("look"), for: .zero)
            #expect(again.verdict == .unknown("pid \(hung) does not answer"))
            #expect(scratch.lines("look.log").count == 1)
            kill(hung, SIGKILL)
            // Once it is gone, the next look asks anew.
            try scratch.tool("look", "exit 0")
            #expect(try host.look(Judged.succeeds("look")).verdict == .holds)
        }

        @Test func aLookThatHangsEndsWithTheHost() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "echo $$ >>$0.log; exec sleep 300")
            var host: LocalHost? = scratch.host()
            _ = try host?.look(Judged.succeeds("look"), for: .zero)
            let hung = try #require(scratch.lines("look.log").first.flatMap { Int32($0) })
            host = nil
            #expect(waitpid(hung, nil, 0) == hung)
        }

        @Test func aWatchIsBrokenByTwoLooks() throws {
            let scratch = try Scratch()
            let path = "/dev/shm/" + UUID().uuidString
            defer { unlink(path) }
            try Data().write(to: URL(fileURLWithPath: path))
            let host = scratch.host()
            host.perform(.watch(WorkID(1), Judged.path(path, is: .file)))
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(300))))
            #expect(host.news()?.word == "woke 2")
            unlink(path)
            let start = host.now
            guard case .looked(WorkID(1), let look)? = host.news()?.input else {
                Issue.record("the watch does not break")
                return
            }
            #expect(look.verdict == .doesNot("absent"))
            #expect(host.now - start >= Attention.doubt)
            #expect(host.news() == nil)
        }

        @Test func aBlinkDoesNotBreakAWatch() throws {
            let host = LocalHost(syslog: nil)
            let tally = Tally()
            let blinks = Judged([.path("/dev/null")]) { _ in
                tally.add().isMultiple(of: 2) ? .doesNot("blink") : .holds
            }
            host.perform(.watch(WorkID(1), blinks))
            host.perform(.sleep(WorkID(2), until: host.after(.seconds(1))))
            #expect(host.news()?.word == "woke 2")
            #expect(tally.count > 3)
        }

        @Test func looksThatCannotTellBreakAWatchInTime() throws {
            let host = LocalHost(syslog: nil)
            let tally = Tally()
            let blind = Judged([.path("/dev/null")]) { _ in
                _ = tally.add()
                return .unknown("blind")
            }
            let start = host.now
            host.perform(.watch(WorkID(1), blind))
            #expect(host.news()?.word == "looked 1")
            #expect(host.now - start >= Attention.darkness)
            #expect(tally.count > 2)
        }

        @Test func aToolThatIsSlowOnceDoesNotBreakAWatch() throws {
            let scratch = try Scratch()
            let once = scratch.path("once")
            try scratch.tool("slow", "mkdir \(once) 2>/dev/null && sleep 1.6; exit 0")
            let look = UserLook(argv: ["slow"], changesNothing: true)
            let tally = Tally()
            let answered = Judged([.userCommand(look)]) { answers in
                if case .missing(let why) = answers[.userCommand(look)] { return .unknown(why) }
                _ = tally.add()
                return .holds
            }
            let host = scratch.host()
            host.perform(.watch(WorkID(1), answered))
            host.perform(.sleep(WorkID(2), until: host.after(.seconds(4))))
            #expect(host.news()?.word == "woke 2")
            #expect(tally.count > 1)
        }

        @Test func severalQueriesAreJudgedTogether() throws {
            let scratch = try Scratch()
            try scratch.tool("quick", "exit 0")
            try scratch.tool("slow", "sleep 0.3")
            let quick = Query.userCommand(UserLook(argv: ["quick"], changesNothing: true))
            let slow = Query.userCommand(UserLook(argv: ["slow"], changesNothing: true))
            let queries = [quick, slow, .path("/dev/null"), .processes]
            let both = Judged(queries) { answers in
                for query in queries {
                    if case .missing(let why) = answers[query] { return .never(why) }
                }
                return .holds
            }
            let verdict = try scratch.host().look(both).verdict
            #expect(verdict == .holds, "\(verdict)")
        }
    }
}
