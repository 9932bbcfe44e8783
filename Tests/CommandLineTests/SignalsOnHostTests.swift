import Foundation
import Testing

/// Signals to the built program, over a host of scripts that keep a state.
@Suite struct SignalsOnHostTests {
    private let tools: FakeTools
    private let portal: LoopbackPortal

    init() throws {
        tools = try FakeTools()
        portal = try LoopbackPortal()
        let iscsi = ("start-iscsi: {", "start-iscsi: {portal: \(portal.address), ")
        _ = try tools.copyPlans([iscsi])
        try tools.writeSignals()
    }

    private func failover(_ words: String...) throws -> Program.Outcome {
        try FakeTools.run(words + ["--plans", tools.folder])
    }

    private var isMaster: Bool {
        tools.state("role.disk0") == "primary" && tools.state("pool") == "online"
    }

    @Test func `a signal is brought about in the background, and told afterwards`() throws {
        let outcome = try failover("on", "master", "--wait")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(tools.state("role.disk1") == "primary")
        let status = try failover("status")
        #expect(status.code == 0)
        #expect(status.output.contains("become-master"), "\(status.output)")
        let history = try failover("history")
        #expect(history.lines.count == 1, "\(history.output)")
        let story = try failover("show")
        #expect(story.output.contains("service was up after"), "\(story.output)")
        #expect(try failover("on", "slave", "--wait").code == 0)
        #expect(tools.state("role.disk1") == "secondary")
        #expect(try failover("history").lines.count == 2)
        print(status.output, history.output, story.output)
    }
}
