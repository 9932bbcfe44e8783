import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Commands whose time is up, and work that is cancelled.
    @Suite struct GivingUpTests {
        /// The pid and the output of the first event, which is a giving up.
        private func givenUp(_ event: Event?) throws -> (pid: Int32?, output: Output) {
            let event = try #require(event)
            guard case .finished(WorkID(1), .gaveUp(let pid, let output)) = event.input else {
                throw Unexpected(event.input)
            }
            return (pid, output)
        }

        @Test func whatObeysIsGoneAtOnce() throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            let command = Command.tool("/bin/sh", "-c", "echo $$; exec sleep 300")
            host.perform(.execute(WorkID(1), command, until: host.after(.seconds(1))))
            let (pid, output) = try givenUp(host.news())
            #expect(host.now - start >= .seconds(1))
            #expect(output.status == .signalled(SIGTERM))
            #expect(output.standardOutput == Array("\(pid ?? 0)\n".utf8))
            #expect(host.news()?.word == "gone 1")
            #expect(host.news() == nil)
            #expect(!exists(try #require(pid)))
        }

        @Test func whatIgnoresTermIsKilled() throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            let script = "trap '' TERM; echo ready; while :; do sleep 0.1; done"
            let command = Command.tool("/bin/sh", "-c", script)
            host.perform(.execute(WorkID(1), command, until: host.after(.seconds(1))))
            let (pid, output) = try givenUp(host.news())
            #expect(host.now - start >= Termination.grace + .seconds(1))
            #expect(output.status == .signalled(SIGKILL))
            #expect(output.standardOutput == Array("ready\n".utf8))
            #expect(host.news()?.word == "gone 1")
            #expect(!exists(try #require(pid)))
        }

        /// What a tool leaves in its group is told, waited for, and not ended: it may be a daemon.
        @Test func whatAToolLeavesInItsGroupIsWaitedFor() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            let late = "trap 'echo told to end >>$1' TERM; sleep 1; echo late >>$1"
            try scratch.tool("inner", late)
            try scratch.tool("outer", "inner $1 >/dev/null 2>&1 & exit 3")
            let file = scratch.path("file")
            host.perform(.execute(WorkID(1), .tool("outer", file), until: host.after(patience)))
            let event = try #require(host.news())
            guard case .finished(WorkID(1), .left(let pid, let output)) = event.input else {
                throw Unexpected(event.input)
            }
            #expect(output.status == .exited(3))
            #expect(ProcessGroup.isAlive(try #require(pid)))
            #expect(host.news()?.word == "gone 1")
            #expect(scratch.lines("file") == ["late"])
            #expect(host.news() == nil)
        }

        /// A daemon has a session of its own.
        @Test func aDaemonIsNotWaitedFor() throws {
            let scratch = try Scratch()
            try scratch.tool("outer", detached("sleep 30"))
            let output = try scratch.host().output(of: .tool("outer"))
            #expect(output.succeeded)
            let pid = try #require(Int32(output.excerpt))
            kill(pid, SIGKILL)
        }

        @Test func theWholeGroupMustBeDead() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            // The tool obeys; what it has started does not, and could still do something.
            try scratch.tool("inner", "trap '' TERM; echo $$ >$0.pid; while :; do sleep 0.1; done")
            try scratch.tool("outer", "inner & exec sleep 300")
            let start = host.now
            host.perform(.execute(WorkID(1), .tool("outer"), until: host.after(.seconds(1))))
            let (pid, output) = try givenUp(host.news())
            #expect(output.status == .signalled(SIGTERM))
            #expect(host.now - start >= Termination.grace)
            #expect(!ProcessGroup.isAlive(try #require(pid)))
            #expect(host.news()?.word == "gone 1")
            #expect(scratch.lines("inner.pid").count == 1)
        }

        @Test func aDaemonOfItsOwnSessionIsLeftAlone() throws {
            let scratch = try Scratch()
            try scratch.tool("daemon", "echo $$ >$0.pid; exec sleep 300")
            try scratch.tool("start", "setsid daemon & sleep 300")
            let host = scratch.host()
            host.perform(.execute(WorkID(1), .tool("start"), until: host.after(.seconds(1))))
            #expect(host.allEvents().map(\.word) == ["gave up 1", "gone 1"])
            let daemon = try #require(scratch.lines("daemon.pid").first.flatMap { Int32($0) })
            #expect(exists(daemon))
            kill(daemon, SIGKILL)
        }

        /// A child that no signal reaches, as one in uninterruptible sleep: it is in our own group,
        /// while the signals go to one of its own.
        @Test(arguments: [true, false])
        func whatCannotBeKilledIsGivenUpOnAndGoneLater(_ systemTells: Bool) throws {
            let pid = try spawned("/bin/sleep", "300")
            let output = try #require(Descriptor.pipe())
            let error = try #require(Descriptor.pipe())
            let execution = Execution(
                WorkID(1),
                .tool("sleep"),
                Child(
                    pid: pid,
                    output: output.read,
                    error: error.read,
                    exit: systemTells ? Descriptor(system_exit_descriptor(pid)) : nil
                ),
                until: MonotonicClock.now
            )
            var news: [String] = []
            let start = MonotonicClock.now
            var killed = false
            while !execution.isOver && MonotonicClock.now - start < patience {
                var polls = PollSet()
                execution.child.wait(in: &polls)
                let now = MonotonicClock.now
                let due = execution.due(at: now)
                if news.count == 1 {
                    // In doubt it waits for nothing but the death.
                    #expect(due == .never || killed || !systemTells)
                    kill(pid, SIGKILL)
                    killed = true
                }
                polls.wait(min(due, now + .seconds(1)) - now)
                for one in execution.serve(polls, hiding: SecretMask(), at: MonotonicClock.now) {
                    switch one {
                    case .ended: news.append("ended")
                    case .left(let output): news.append("left, \(output.status)")
                    case .gaveUp(let output): news.append("gave up, \(output.status)")
                    case .died: news.append("died")
                    }
                }
            }
            #expect(news == ["gave up, signal 9", "died"])
        }

        @Test func theEndBeforeTheDeadlineCounts() throws {
            // It has ended before anyone looks at the clock, and its output is still held open.
            let pid = try spawned("/bin/false")
            var ended = siginfo_t()
            #expect(waitid(P_PID, id_t(pid), &ended, WEXITED | WNOWAIT) == 0)
            let output = try #require(Descriptor.pipe())
            let error = try #require(Descriptor.pipe())
            let child = Child(pid: pid, output: output.read, error: error.read, exit: nil)
            let execution = Execution(WorkID(1), .tool("false"), child, until: .zero)
            let news = execution.serve(PollSet(), hiding: SecretMask(), at: MonotonicClock.now)
            guard case .ended(let result)? = news.first, news.count == 1 else {
                Issue.record("it counts as given up on")
                return
            }
            #expect(result.status == .exited(1))
            #expect(execution.isOver)
            withExtendedLifetime((output, error)) {}
        }

        /// A child that is in our own process group.
        private func spawned(_ words: String...) throws -> Int32 {
            var pid: pid_t = 0
            var argv = words.map { strdup($0) } + [nil]
            defer { for word in argv { free(word) } }
            #expect(posix_spawn(&pid, words[0], nil, nil, &argv, nil) == 0)
            return pid
        }

        @Test func aServerMustAnswerBeforeItsRequestIsGone() throws {
            let scratch = try Scratch()
            try scratch.tool("request", "echo $$ >$0.pid; exec sleep 300")
            // The server is deaf at first: that look does not come back.
            try scratch.tool(
                "ask",
                """
                kill -0 $(cat ${0%ask}request.pid) && exit 0
                echo $$ >>$0.log
                [ "$(wc -l <$0.log)" -gt 1 ] || exec sleep 300
                exit 1
                """
            )
            let ask = Query.userCommand(UserLook(argv: ["ask"], changesNothing: true))
            let host = scratch.host()
            let command = Command.tool("request", settledBy: ask)
            host.perform(.execute(WorkID(1), command, until: host.after(.seconds(1))))
            #expect(host.news()?.word == "gave up 1")
            // Nobody asks before the child is dead, and nothing is gone while nobody answers.
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(1500))))
            #expect(host.news()?.word == "woke 2")
            let deaf = scratch.lines("ask.log")
            #expect(deaf.count == 1)
            kill(try #require(deaf.first.flatMap { Int32($0) }), SIGKILL)
            #expect(host.news()?.word == "gone 1")
            #expect(scratch.lines("ask.log").count == 2)
            #expect(host.news() == nil)
        }

        @Test func cancelledWorkIsAnsweredOnce() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            let absent = Judged.path("/dev/none-of-this", is: .file)
            host.perform(.execute(WorkID(1), .tool("sleep", "300"), until: .never))
            host.perform(.sleep(WorkID(2), until: .never))
            host.perform(.await(WorkID(3), absent, until: .never))
            host.perform(.watch(WorkID(4), Judged.path("/dev/null", is: .characterDevice)))
            host.perform(
                .execute(WorkID(5), Command(.ask("Shall I?", unattended: .refuse)), until: .never))
            for number in [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 77] {
                host.perform(.cancel(WorkID(number)))
            }
            let words = host.allEvents().map(\.word)
            #expect(
                words.sorted() == [
                    "gave up 1", "gave up 5", "gone 1", "gone 5", "looked 3", "woke 2",
                ]
            )
        }

        @Test func aCancelledAwaitTellsItsLastVerdict() throws {
            let host = LocalHost(syslog: nil)
            host.perform(
                .await(WorkID(1), Judged.path("/dev/none-of-this", is: .file), until: .never)
            )
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(50))))
            #expect(host.news()?.word == "woke 2")
            host.perform(.cancel(WorkID(1)))
            guard case .looked(WorkID(1), let look)? = host.news()?.input else {
                Issue.record("no answer")
                return
            }
            #expect(look.verdict == .doesNot("absent"))
            #expect(host.news() == nil)
        }
    }
}
