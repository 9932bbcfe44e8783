import Engine
import LocalHost
import Testing

extension LocalHostTests {
    /// What the host takes from looks that others made shortly before.
    @Suite struct EarlierTests {
        private static let guarded = Decided(Judged.succeeds("look"), for: .guard)

        /// A tool that counts how often it is called, and says yes when the file `yes` is there.
        private func scratch(_ more: String = "") throws -> (Scratch, LocalHost) {
            let scratch = try Scratch()
            let folder = scratch.folder
            try scratch.tool("look", "echo x >>\(folder)/looks; \(more)\ntest -e \(folder)/yes")
            return (scratch, scratch.host())
        }

        private func pass(_ duration: Duration, on host: LocalHost) {
            host.perform(.sleep(WorkID(90), until: host.after(duration)))
            #expect(host.news()?.word == "woke 90")
        }

        private func ask(_ condition: any Condition, of host: LocalHost) throws -> Verdict {
            host.perform(.await(WorkID(5), condition, until: host.after(.milliseconds(500))))
            let event = try #require(host.news())
            guard case .looked(WorkID(5), let look) = event.input else {
                throw Unexpected(event.input)
            }
            return look.verdict
        }

        @Test func aGuardTakesTheLastAnswerOfItsWatch() throws {
            let (scratch, host) = try scratch()
            try scratch.file("yes", "")
            host.perform(.watch(WorkID(1), Self.guarded.inner))
            pass(.milliseconds(200), on: host)
            #expect(try ask(Self.guarded, of: host) == .holds)
            #expect(scratch.lines("looks").count == 1)
        }

        @Test func aLookOfItsWatchThatIsUnderWayIsWaitedFor() throws {
            let (scratch, host) = try scratch("sleep 0.2")
            try scratch.file("yes", "")
            host.perform(.watch(WorkID(1), Self.guarded.inner))
            pass(.milliseconds(50), on: host)
            #expect(try ask(Self.guarded, of: host) == .holds)
            #expect(scratch.lines("looks").count == 1)
        }

        @Test func anAnswerOfLongAgoIsNone() throws {
            let (scratch, host) = try scratch()
            try scratch.file("yes", "")
            _ = try host.look(Self.guarded.inner)
            pass(Attention.freshness, on: host)
            #expect(try ask(Self.guarded, of: host) == .holds)
            #expect(scratch.lines("looks").count == 2)
        }

        @Test func anAnswerFromBeforeACommandIsNone() throws {
            let (scratch, host) = try scratch()
            try scratch.file("yes", "")
            #expect(try host.look(Self.guarded.inner).verdict == .holds)
            let command = Command.tool("rm", scratch.path("yes"))
            host.perform(.execute(WorkID(2), command, until: host.after(patience)))
            #expect(host.news()?.word == "ended 2 exit 0")
            #expect(try ask(Self.guarded, of: host) == .doesNot("exit 1"))
        }

        @Test func aGuardThatDidNotHoldIsLookedAtAnew() throws {
            let (scratch, host) = try scratch()
            host.perform(.watch(WorkID(1), Self.guarded.inner))
            pass(.milliseconds(60), on: host)
            try scratch.file("yes", "")
            #expect(try ask(Self.guarded, of: host) == .holds)
            #expect(scratch.lines("looks").count >= 2)
        }

        /// Whether the file is there at the look ahead, and how many looks are made in all.
        @Test(arguments: [(false, 1), (true, 2)])
        func anOpeningLookTakesOnlyThatItDoesNotHold(_ isThere: Bool, _ looks: Int) throws {
            let (scratch, host) = try scratch()
            if isThere { try scratch.file("yes", "") }
            host.perform(.lookAhead(Self.guarded.queries))
            pass(.milliseconds(200), on: host)
            let opening = Decided(Self.guarded.inner, for: .opening)
            #expect(try ask(opening, of: host) == (isThere ? .holds : .doesNot("exit 1")))
            #expect(scratch.lines("looks").count == looks)
        }

        @Test(arguments: [Decided.Purpose.require, .when, .final])
        func allElseLooksItself(_ purpose: Decided.Purpose) throws {
            let (scratch, host) = try scratch()
            try scratch.file("yes", "")
            host.perform(.watch(WorkID(1), Self.guarded.inner))
            pass(.milliseconds(100), on: host)
            let condition = Decided(Self.guarded.inner, for: purpose)
            #expect(try ask(condition, of: host) == .holds)
            #expect(scratch.lines("looks").count == 2)
        }
    }
}
