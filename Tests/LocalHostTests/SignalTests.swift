import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Signals, clocks, the display's heartbeat; one test after the other, as signals are caught
    /// for the whole process.
    @Suite(.serialized) struct SignalTests {
        @Test(arguments: [
            ([SIGINT, SIGINT], 2), ([SIGTERM, SIGINT], 2), ([SIGTERM, SIGTERM], 1),
            ([SIGINT, SIGTERM], 1), ([SIGHUP, SIGTERM, SIGHUP, SIGTERM], 1),
            ([SIGHUP, SIGHUP, SIGTSTP, SIGXFSZ], 0), ([SIGINT, SIGHUP, SIGINT], 2),
        ])
        func presses(_ signals: [Int32], _ count: Int) throws {
            let host = LocalHost(syslog: nil, catchingInterrupts: true)
            for number in signals { raise(number) }
            host.perform(.sleep(WorkID(1), until: host.after(.milliseconds(50))))
            let words = host.allEvents().map(\.word)
            #expect(words == Array(repeating: "interrupt", count: count) + ["woke 1"])
        }

        @Test func whatIsIgnoredAlreadyStaysSo() throws {
            var before = sigaction()
            sigaction(SIGTERM, nil, &before)
            signal(SIGTERM, SIG_IGN)
            defer { sigaction(SIGTERM, &before, nil) }
            let host = LocalHost(syslog: nil, catchingInterrupts: true)
            raise(SIGTERM)
            host.perform(.sleep(WorkID(1), until: host.after(.milliseconds(50))))
            #expect(host.allEvents().map(\.word) == ["woke 1"])
        }

        @Test func anInterruptIsNotHeldUpByWork() throws {
            let host = LocalHost(syslog: nil, catchingInterrupts: true)
            for number in 1...100 {
                host.perform(.execute(WorkID(number), Command(.log("line")), until: .never))
            }
            #expect(host.news()?.word == "ended 1 exit 0")
            // To this thread, which has it at once; kill(2) may choose another, and take its time.
            raise(SIGINT)
            let rest = host.allEvents().map(\.word)
            #expect(rest.contains("interrupt"))
            #expect(rest.count == 100)
        }

        @Test func signalsAreGivenBack() throws {
            func flags() -> Int32 {
                var action = sigaction()
                sigaction(SIGTERM, nil, &action)
                return action.sa_flags
            }
            let before = flags()
            var host: LocalHost? = LocalHost(syslog: nil, catchingInterrupts: true)
            #expect(host?.next() == nil)
            #expect(flags() != before)
            host = nil
            #expect(flags() == before)
        }

        #if os(Linux)
            @Test func noSignalIsBlockedOrIgnored() throws {
                // It makes this process ignore SIGPIPE, which a child must not inherit.
                let host = LocalHost(syslog: nil, catchingInterrupts: true)
                let output = try host.output(
                    of: .tool("/bin/grep", "-E", "^Sig(Blk|Ign):", "/proc/self/status")
                )
                let masks = String(decoding: output.standardOutput, as: UTF8.self)
                    .split(whereSeparator: \.isWhitespace).compactMap { UInt64($0, radix: 16) }
                // The signals from 32 on are the C library's own; glibc itself ignores one.
                #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
            }
        #endif

        @Test func fileModesAreNotInherited() throws {
            let before = umask(0)
            defer { umask(before) }
            let output = try LocalHost(syslog: nil).output(of: .tool("/bin/sh", "-c", "umask"))
            #expect(String(decoding: output.standardOutput, as: UTF8.self) == "0022\n")
        }

        @Test func timersFireInOrder() throws {
            let host = LocalHost(syslog: nil)
            let start = host.now
            for (number, delay) in [(1, 30), (2, 10), (3, 20), (4, 0)] {
                host.perform(.sleep(WorkID(number), until: start + .milliseconds(delay)))
            }
            let events = host.allEvents()
            #expect(Set(events.map(\.word)).count == 4)
            #expect(events.last?.word == "woke 1")
            #expect(events.map(\.at) == events.map(\.at).sorted())
            #expect(host.now - start >= .milliseconds(30))
        }

        @Test func timeNeverGoesBack() throws {
            let host = LocalHost(syslog: nil)
            for number in 1...50 {
                host.perform(
                    .execute(WorkID(number), .tool("/bin/true"), until: host.after(patience))
                )
                host.perform(.execute(WorkID(100 + number), Command(.log("x")), until: .never))
            }
            let times = host.allEvents().map(\.at)
            #expect(times.count == 100)
            #expect(times == times.sorted())
        }

        @Test func nothingToWaitForIsNothing() throws {
            #expect(LocalHost(syslog: nil).next() == nil)
            let host = LocalHost(syslog: nil, catchingInterrupts: true)
            host.perform(.cancel(WorkID(1)))
            #expect(host.news() == nil)
        }

        @Test func aDisplayHearsAHeartbeat() throws {
            var beats = 0
            let host = LocalHost(syslog: nil) { _ in beats += 1 }
            host.perform(.sleep(WorkID(1), until: host.after(.milliseconds(1300))))
            #expect(host.news()?.word == "woke 1")
            #expect((1...2).contains(beats))
        }
    }
}
