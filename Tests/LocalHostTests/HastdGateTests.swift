import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Nobody of ours meets hastd at a wrong moment, whichever process it is.
    ///
    /// One after the other, since each sees the workers of all.
    @Suite(.serialized) struct HastdGateTests {
        /// The tools that hastd's are here, and the folder of its devices.
        private struct Stand {
            let scratch: Scratch
            let gate: HastdGate

            init() throws {
                scratch = try Scratch()
                gate = HastdGate(
                    folder: scratch.path("runtime"), devices: scratch.path("devices"))
                for folder in ["runtime", "devices"] {
                    try FileManager.default.createDirectory(
                        atPath: scratch.path(folder), withIntermediateDirectories: true)
                }
                try scratch.tool(
                    "hastctl",
                    """
                    echo "begin $*" >>'\(scratch.path("calls"))'
                    [ "$1" != role ] || sleep 0.05
                    echo "end $*" >>'\(scratch.path("calls"))'
                    """)
            }

            /// A host of a process of its own.
            func host() -> LocalHost {
                LocalHost(
                    path: [scratch.folder] + LocalHost.usualPath, syslog: nil, hastd: gate)
            }

            func look(within limit: Duration) -> Answer {
                let host = host()
                let query = Query.command(.hastctlList("disk0"))
                host.perform(.await(WorkID(1), Asked(query: query), until: host.now + limit))
                while let event = host.next() {
                    if case .looked(_, let look) = event.input { return look.answers[query] }
                }
                return .missing(why: "no event")
            }

            var calls: [String] { scratch.lines("calls") }
        }

        /// That a look was answered.
        private struct Asked: Condition {
            let query: Query
            let summary = "hastd was asked"
            var queries: [Query] { [query] }

            func judge(_ answers: Answers) -> Verdict {
                if case .output = answers[query] { .holds } else { .unknown("it was not") }
            }
        }

        private func refusal(_ answer: Answer) -> String? {
            if case .missing(let why) = answer { why } else { nil }
        }

        @Test func `hastd is asked where nothing is under way`() throws {
            let stand = try Stand()
            #expect(refusal(stand.look(within: .seconds(10))) == nil)
            #expect(stand.calls == ["begin list disk0", "end list disk0"])
        }

        @Test func `a worker without a device keeps everybody from asking`() throws {
            let stand = try Stand()
            let name = "disk-\(UUID().uuidString.prefix(8))"
            let worker = Process()
            worker.executableURL = URL(filePath: "/bin/bash")
            worker.arguments = ["-c", "exec -a 'hastd: \(name) (primary)' sleep 60"]
            try worker.run()
            defer {
                worker.terminate()
                worker.waitUntilExit()
            }
            let why = refusal(stand.look(within: .seconds(1)))
            #expect(why?.contains("promotion under way: \(name) has no device yet") == true)
            #expect(stand.calls.isEmpty, "hastd was not asked")
            try stand.scratch.file("devices/\(name)", "")
            #expect(refusal(stand.look(within: .seconds(10))) == nil)
        }

        @Test func `who promotes keeps others from asking, and waits for those who ask`() throws {
            let stand = try Stand()
            guard case .granted(let asking) = stand.gate.reserve(.asks) else {
                Issue.record("nothing is under way, and it may not be asked")
                return
            }
            guard case .refused = stand.gate.reserve(.promotes) else {
                Issue.record("a promotion does not wait for who asks")
                return
            }
            withExtendedLifetime(asking) {}
        }

        @Test func `once nobody asks it may be told of a promotion, and of nothing else`() throws {
            let stand = try Stand()
            guard case .granted(let promoting) = stand.gate.reserve(.promotes) else {
                Issue.record("nobody asks, and no promotion may begin")
                return
            }
            for use in [HastdUse.asks, .demotes, .demotesAtOnce] {
                guard case .refused = stand.gate.reserve(use) else {
                    Issue.record("\(use) does not wait for a promotion")
                    return
                }
            }
            withExtendedLifetime(promoting) {}
        }

        @Test func `disks are given up one after the other, by several hosts too`() throws {
            let stand = try Stand()
            let hosts = [stand.host(), stand.host()]
            for (number, host) in hosts.enumerated() {
                let command = Command.tool("hastctl", "role", "secondary", "disk\(number)")
                host.perform(.execute(WorkID(1), command, until: host.now + .seconds(30)))
            }
            // Each is served until its command has ended; the second waits for the first.
            for host in hosts {
                var status: Output.Status?
                while status == nil, let event = host.next() {
                    if case .finished(_, .ended(let output)) = event.input {
                        status = output.status
                    }
                }
                #expect(status == .exited(0))
            }
            #expect(
                stand.calls == [
                    "begin role secondary disk0", "end role secondary disk0",
                    "begin role secondary disk1", "end role secondary disk1",
                ])
        }

        @Test func `what has no turn in time is not started, and why is told`() throws {
            let stand = try Stand()
            guard case .granted(let other) = stand.gate.reserve(.demotes) else {
                Issue.record("nothing is under way")
                return
            }
            let host = stand.host()
            let command = Command.tool("hastctl", "role", "secondary", "disk0")
            host.perform(.execute(WorkID(1), command, until: host.now + .milliseconds(300)))
            var status: Output.Status?
            while let event = host.next() {
                if case .finished(_, .ended(let output)) = event.input { status = output.status }
            }
            #expect(
                status
                    == .notStarted("another disk is being given up, and hastd takes one at a time"))
            #expect(stand.calls.isEmpty)
            withExtendedLifetime(other) {}
        }
    }
}
