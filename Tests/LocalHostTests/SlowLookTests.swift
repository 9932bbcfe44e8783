import Engine
import LocalHost
import Simulation
import Testing

extension LocalHostTests {
    /// Looks that take longer than the patience with them, by the same stories on both hosts.
    @Suite struct SlowLookTests {
        /// One look of a tool, and what is made of it.
        struct Story: CustomTestStringConvertible {
            let testDescription: String
            /// How long the tool takes; nil for one that hangs.
            var takes: Double?
            /// What it says then.
            var exit = 0
            let until: Duration
            var seenBy: Duration?
            /// Whether somebody has asked the same before, and has not waited for it.
            var isAsked = false
            var lookTimeout = Attention.lookTimeout
            let verdict: String
        }

        static let stories = [
            Story(
                testDescription: "a late answer counts", takes: 1.4, until: .seconds(20),
                verdict: "holds"),
            Story(
                testDescription: "what is late says no, too", takes: 1.4, exit: 1,
                until: .milliseconds(1200), seenBy: .seconds(20), verdict: "does not"),
            Story(
                testDescription: "where an answer is due it is missing", takes: 1.6,
                until: .milliseconds(1200), verdict: "unknown"),
            Story(
                testDescription: "a look under way is waited for", takes: 1.6,
                until: .milliseconds(200), seenBy: .seconds(20), verdict: "holds"),
            Story(
                testDescription: "and no longer than is said", until: .milliseconds(200),
                seenBy: .milliseconds(1500), verdict: "unknown"),
            Story(
                testDescription: "a look of before is no answer, and is waited for", takes: 1.4,
                until: .milliseconds(200), seenBy: .seconds(20), isAsked: true,
                verdict: "holds"),
            Story(
                testDescription: "two looks one after the other take too long", takes: 1.6,
                until: .milliseconds(200), seenBy: .milliseconds(1500), isAsked: true,
                verdict: "unknown"),
            Story(
                testDescription: "a look is ended that goes on for too long",
                until: .milliseconds(200), seenBy: .seconds(60), lookTimeout: .seconds(2),
                verdict: "unknown"),
        ]

        private static let look = UserLook(argv: ["look"], changesNothing: true)

        @Test(arguments: stories) func onThisHost(_ story: Story) throws {
            let scratch = try Scratch()
            let sleep = story.takes.map { "sleep \($0)" } ?? "exec sleep 300"
            try scratch.tool("look", "printf x >>$0.log; \(sleep); exit \(story.exit)")
            var host = scratch.host(lookTimeout: story.lookTimeout)
            #expect(verdict(of: story, on: &host) == story.verdict)
            // No second look beside one that is under way.
            #expect(scratch.lines("look.log") == [story.isAsked ? "xx" : "x"])
        }

        @Test(arguments: stories) func onASimulatedOne(_ story: Story) {
            var world = World()
            world.lookTimeout = story.lookTimeout
            let takes = Duration.milliseconds(Int((story.takes ?? 0) * 1000))
            world.tools = [
                UserTool(["look"], exit: Int32(story.exit), output: "", takes: takes)
            ]
            if story.takes == nil { world.faults = [Fault(["look"], does: .hangs)] }
            var host = SimulatedHost(world)
            #expect(verdict(of: story, on: &host) == story.verdict)
        }

        private func verdict(of story: Story, on host: inout some TimedHost) -> String {
            if story.isAsked {
                host.perform(.await(WorkID(1), Judged.succeeds("look"), until: host.now))
                _ = host.next()
            }
            let start = host.now
            host.perform(
                .await(
                    WorkID(2), Judged.succeeds("look"), until: start + story.until,
                    seenBy: start + (story.seenBy ?? .zero)))
            guard case .looked(WorkID(2), let look)? = host.next()?.input else { return "nothing" }
            switch look.verdict {
            case .holds: return "holds"
            case .doesNot: return "does not"
            case .unknown: return "unknown"
            case .never: return "never"
            }
        }

        /// A reader that is given a part would take it for the whole.
        @Test(arguments: [65_537, 3_000_000])
        func whatALookPrintsIsKeptWhole(_ count: Int) throws {
            let scratch = try Scratch()
            try scratch.tool("look", "exec head -c \(count) /dev/zero")
            let answer = try scratch.host().answer(.userCommand(Self.look))
            #expect(
                answer == .output(Output(.exited(0), output: Array(repeating: 0, count: count))))
        }

        @Test func whatIsLongerThanIsKeptIsMissing() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "exec head -c 67108865 /dev/zero")
            let answer = try scratch.host().answer(.userCommand(Self.look))
            guard case .missing(let why) = answer else {
                Issue.record("a part of it counts")
                return
            }
            #expect(why.contains("too long"))
        }

        @Test func aLongFileIsReadWhole() throws {
            let scratch = try Scratch()
            let text = String(repeating: "x", count: 200_000) + "end"
            let path = try scratch.file("long", text)
            #expect(try scratch.host().answer(.text(path)) == .text(Array(text.utf8)))
        }

        /// What a condition sees beside a look that hangs is seen all the same, and anew.
        @Test func whatIsSeenBesideALateLookCounts() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "exec sleep 300")
            let late = Query.userCommand(Self.look)
            let path = scratch.path("appears")
            try scratch.tool("other", "sleep 1.5; : >\(path)")
            let either = Judged([late, .path(path)]) { answers in
                if answers[.path(path)] == .path(.file) { return .holds }
                return .unknown("neither")
            }
            let host = scratch.host()
            host.perform(.execute(WorkID(3), .tool("other"), until: host.after(patience)))
            host.perform(.await(WorkID(2), either, until: host.after(patience)))
            let words = host.allEvents().map(\.word)
            #expect(Set(words) == ["looked 2", "ended 3 exit 0"])
        }
    }
}

/// A host that tells the time.
protocol TimedHost: Host {
    var now: Instant { get }
}

extension LocalHost: TimedHost {}
extension SimulatedHost: TimedHost {}
