import CSystem
import Engine
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// What an earlier engine has started is found again and ended.
    @Suite struct AdoptionTests {
        /// A process in a session of its own that is not our child.
        private func orphan(_ scratch: Scratch, _ argv: [String]) throws -> ProcessIdentity {
            let words = argv.map(shellQuoted).joined(separator: " ")
            let start = "setsid \(words) >/dev/null 2>&1 & echo $!"
            let output = try scratch.host().output(of: .tool("sh", "-c", start))
            let number = try pid(in: output)
            let isReady = try awaited {
                guard let state = ProcessTable.state(of: number) else { return false }
                return state.isLeader && ProcessTable.commandLine(of: state) == argv
            }
            #expect(isReady)
            let started = try #require(ProcessTable.state(of: number)?.started)
            return ProcessIdentity(pid: number, started: started)
        }

        private func adopt(_ host: LocalHost, _ argv: [String], _ process: ProcessIdentity?) {
            host.perform(.adopt(WorkID(1), Command(.tool(argv)), process))
        }

        @Test(arguments: [true, false])
        func whatObeysIsGone(_ isKnown: Bool) throws {
            let scratch = try Scratch()
            // Its arguments tell it from all others.
            let argv = ["sleep", "300.\(UInt32.random(in: 1...UInt32.max))"]
            let process = try orphan(scratch, argv)
            let host = scratch.host()
            let start = host.now
            adopt(host, argv, isKnown ? process : nil)
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(host.now - start < Termination.grace)
            #expect(!ProcessGroup.isAlive(process.pid))
        }

        @Test func whatIgnoresTermIsKilledWithItsGroup() throws {
            let scratch = try Scratch()
            let script = "trap '' TERM; sleep 300 & while :; do sleep 0.1; done"
            let argv = ["sh", "-c", script]
            let process = try orphan(scratch, argv)
            usleep(200_000)
            let host = scratch.host()
            let start = host.now
            adopt(host, argv, process)
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(host.now - start >= Termination.grace)
            #expect(ProcessGroup.isAlive(process.pid, started: process.started) == false)
        }

        @Test func whatIsLeftOfAGroupIsKilledToo() throws {
            let scratch = try Scratch()
            let argv = ["sh", "-c", "(trap '' TERM; while :; do sleep 0.1; done) & exec sleep 300"]
            let path = try scratch.file("script", argv[2])
            let output = try scratch.host().output(
                of: .tool("sh", "-c", "setsid sh \(path) >/dev/null 2>&1 & echo $!"))
            let number = try pid(in: output)
            #expect(try awaited { ProcessTable.state(of: number)?.name == "sleep" })
            let started = try #require(ProcessTable.state(of: number)?.started)
            kill(number, SIGKILL)
            #expect(try awaited { ProcessTable.state(of: number).map(\.isDead) ?? true })
            #expect(ProcessGroup.isAlive(number, started: started) == true)
            let host = scratch.host()
            adopt(host, argv, ProcessIdentity(pid: number, started: started))
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(!ProcessGroup.isAlive(number))
        }

        @Test func aScriptIsFoundByItsArguments() throws {
            let scratch = try Scratch()
            let mark = "mark-\(UInt32.random(in: 1...UInt32.max))"
            let path = try scratch.tool("request", "while :; do sleep 0.1; done")
            let output = try scratch.host().output(
                of: .tool("sh", "-c", "setsid \(path) \(mark) >/dev/null 2>&1 & echo $!"))
            let number = try pid(in: output)
            #expect(try awaited { ProcessTable.state(of: number)?.name == "request" })
            let host = scratch.host()
            adopt(host, ["request", "other"], nil)
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(ProcessGroup.isAlive(number))
            adopt(host, ["request", mark], nil)
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(!ProcessGroup.isAlive(number))
        }

        @Test func whoHasTheNumberNowIsLeftAlone() throws {
            let scratch = try Scratch()
            let argv = ["sleep", "300.\(UInt32.random(in: 1...UInt32.max))"]
            let process = try orphan(scratch, argv)
            let host = scratch.host()
            let other = ProcessIdentity(pid: process.pid, started: process.started + 1)
            adopt(host, argv, other)
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(ProcessGroup.isAlive(process.pid))
            kill(-process.pid, SIGKILL)
        }

        @Test(arguments: [-1, 0, 1, 999_999_999])
        func numbersThatAreNoToolsAreGone(_ number: Int32) throws {
            let host = LocalHost(syslog: nil)
            adopt(host, ["none"], ProcessIdentity(pid: number, started: 0))
            #expect(host.allEvents().map(\.word) == ["gone 1"])
        }

        @Test func ourOwnChildrenAndOtherCommandsAreNotMeant() throws {
            let scratch = try Scratch()
            let host = scratch.host()
            let argv = ["sleep", "0.3\(UInt32.random(in: 1...UInt32.max))"]
            host.perform(.execute(WorkID(2), Command(.tool(argv)), until: host.after(patience)))
            adopt(host, argv, nil)
            #expect(host.allEvents().map(\.word) == ["gone 1", "ended 2 exit 0"])
            host.perform(.adopt(WorkID(3), Command(.log("x")), nil))
            #expect(host.news()?.word == "gone 3")
        }

        @Test func itsServerMustAnswerFirst() throws {
            let scratch = try Scratch()
            let argv = ["sleep", "300.\(UInt32.random(in: 1...UInt32.max))"]
            let process = try orphan(scratch, argv)
            try scratch.tool("ask", "kill -0 \(process.pid) 2>/dev/null && exit 7; echo >>$0.log")
            let ask = Query.userCommand(UserLook(argv: ["ask"], changesNothing: true))
            let host = scratch.host()
            host.perform(.adopt(WorkID(1), Command(.tool(argv), settledBy: ask), process))
            #expect(host.allEvents().map(\.word) == ["gone 1"])
            #expect(scratch.lines("ask.log").isEmpty == false || exists(process.pid))
        }

        @Test func aToolsStartIsToldFirst() throws {
            let host = LocalHost(syslog: nil)
            let command = Command.tool("sh", "-c", "echo $$")
            host.perform(.execute(WorkID(1), command, until: host.after(patience)))
            guard case .started(WorkID(1), let process)? = host.next()?.input,
                case .finished(WorkID(1), .ended(let output))? = host.next()?.input
            else {
                Issue.record("the order is another one")
                return
            }
            #expect(try pid(in: output) == process.pid)
            #expect(process.started > 0)
        }

        @Test func theFenceWritesItsOneByte() throws {
            let scratch = try Scratch()
            let trigger = try scratch.file("trigger", "")
            // Never without the file: the machine would be gone.
            let host = LocalHost(syslog: nil, fenceFile: trigger)
            let output = try host.output(of: Command(.fenceSelf))
            #expect(scratch.lines("trigger") == ["b"])
            #expect(output.status == .exited(1))
            #expect(output.excerpt.contains("took the order, and nothing happened"))
            let blind = LocalHost(syslog: nil, fenceFile: scratch.path("none"))
            let refused = try blind.output(of: Command(.fenceSelf))
            #expect(refused.excerpt.hasSuffix("/none: no such file or directory"))
        }

        /// The parent of vfork(2) sleeps in the kernel until its child is done.
        @Test func aProcessThatSleepsInTheKernelHasItsTitle() throws {
            let mark = "mark-\(UInt32.random(in: 1...UInt32.max))"
            let program = "import ctypes,time; ctypes.CDLL(None).vfork(); time.sleep(60)"
            guard access("/usr/bin/python3", X_OK) == 0 else {
                print("not run: python3 is not there to sleep in the kernel")
                return
            }
            let pid = try Detached.start(["/usr/bin/python3", "-c", program, mark]).get()
            defer { kill(-pid, SIGKILL) }
            // Before, it sleeps in the kernel for moments, as while it is being started.
            let isStuck = try awaited {
                guard ProcessTable.state(of: pid)?.isStuck == true else { return false }
                usleep(200_000)
                return ProcessTable.state(of: pid)?.isStuck == true
            }
            let host = LocalHost(syslog: nil)
            guard isStuck, case .processes(let entries) = try host.answer(.processes) else {
                Issue.record("it does not sleep, or the table cannot be read")
                return
            }
            #expect(entries.first { $0.pid == pid }?.title.hasSuffix(mark) == true)
        }

        /// Whoever reads the title of a process whose memory is locked does not come back until
        /// it is not any more.
        @Test func aReaderOfTitlesThatDoesNotComeBackHoldsNobodyUp() throws {
            let reader = TitleReader()
            let own = getpid()
            let look = try #require(TitleLook([own], by: reader))
            let child = try #require(reader.pid)
            try #require(awaited { look.isThere })
            #expect(look.answer.map { $0 != .processes([]) } == true)
            kill(child, SIGSTOP)
            let late = try #require(TitleLook([own], by: reader))
            usleep(20_000)
            #expect(!late.isThere)
            #expect(late.silence.contains("the title of pid \(own)"))
            kill(child, SIGCONT)
            try #require(awaited { late.isThere })
            #expect(late.answer == look.answer)
            kill(child, SIGKILL)
            let dead = TitleLook([own], by: reader)
            try #require(awaited { dead?.isThere ?? true })
            #expect(reader.pid == nil || dead?.answer == look.answer)
            let next = try #require(TitleLook([own], by: reader))
            try #require(awaited { next.isThere })
            #expect(next.answer == look.answer)
        }
    }
}

#if os(Linux)
    extension TitleLook {
        /// Whether it has come, after what there is was taken in.
        fileprivate var isThere: Bool {
            var polls = PollSet()
            wait(in: &polls)
            polls.wait(.milliseconds(1))
            serve(polls)
            return answer != nil
        }
    }
#endif
