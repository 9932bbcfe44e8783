import CSystem
import Engine
import Testing

@testable import LocalHost

extension LocalHostTests {
    /// That the end of a process is seen at once, which is nobody's child here.
    @Suite struct ExitsTests {
        /// That a process is gone.
        private struct Gone: Condition {
            let pid: Int32

            var summary: String { "process \(pid) is gone" }
            var queries: [Query] { [.processes] }

            func judge(_ answers: Answers) -> Verdict {
                guard case .processes(let all) = answers[.processes] else { return .unknown("") }
                return all.contains { $0.pid == pid } ? .doesNot("it is there") : .holds
            }

            func awaitedEnds(in answers: Answers) -> [Int32] { [pid] }
        }

        /// A process that sleeps, and is nobody's child.
        private func sleeper() throws -> Int32 {
            let script = detached("sleep 600")
            return try pid(in: LocalHost(syslog: nil).output(of: .tool("sh", "-c", script)))
        }

        private func poll(_ one: inout Attended, for limit: Duration, at now: Instant) {
            var polls = PollSet()
            one.wait(in: &polls)
            polls.wait(limit)
            one.serve(polls, at: now)
        }

        /// Looks, and waits for what comes back.
        private func advance(
            _ one: inout Attended, _ looks: inout Looks, at now: Instant
        ) -> Look? {
            while true {
                let look = one.advance(&looks, quietSince: .zero, at: now)
                if look != nil || one.due < .never { return look }
                var polls = PollSet()
                looks.wait(in: &polls)
                polls.wait(patience)
                looks.serve(polls, at: now)
            }
        }

        @Test func anEndIsLookedAtAtOnce() throws {
            let pid = try sleeper()
            defer { kill(pid, SIGKILL) }
            var looks = Looks(
                Spawner(Toolbox(folders: LocalHost.usualPath)), nil, timeout: Attention.lookTimeout)
            let start = MonotonicClock.now
            var one = Attended(.await(WorkID(1)), Gone(pid: pid), until: .never, at: start)
            var look = advance(&one, &looks, at: start)
            #expect(look == nil)
            // As if it had waited for long, the next look is not due for a while.
            let later = start + .seconds(60)
            look = advance(&one, &looks, at: later)
            #expect(look == nil)
            poll(&one, for: .zero, at: later)
            #expect(one.due == later + .milliseconds(50))
            kill(pid, SIGKILL)
            poll(&one, for: patience, at: later)
            #expect(one.due == later)
            look = advance(&one, &looks, at: later + .milliseconds(1))
            #expect(look?.verdict == .holds)
        }

        @Test func whatHasEndedIsNotWaitedForAgain() throws {
            let pid = try sleeper()
            var exits = Exits()
            exits.expect([pid])
            kill(pid, SIGKILL)
            for isFirst in [true, false] {
                var polls = PollSet()
                exits.wait(in: &polls)
                polls.wait(isFirst ? patience : .zero)
                let hasEnded = exits.serve(polls)
                #expect(hasEnded == isFirst)
                exits.expect([pid])
            }
        }
    }
}
