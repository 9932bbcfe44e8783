import Engine
import Steps
import Testing

/// What holds of every kind in the catalog.
@Suite struct CatalogTests {
    static let steps = Catalog.builtin.steps.map(\.reference)
    static let conditions = Catalog.builtin.conditions.map { $0.reference }

    @Test func theKindsArePublished() {
        let names = Self.steps.map(\.name).filter { !$0.hasPrefix("wait-for-") }
        #expect(
            names == [
                "set-role", "reject-route", "restart-hastd", "zpool-import", "zpool-export",
                "load-keys", "zfs-mount", "zfs-unmount", "start-iscsi", "stop-iscsi", "start-nfs",
                "stop-nfs",
                "start-service", "stop-service", "claim-address", "yield-address", "execute",
                "delay", "log", "ask",
            ]
        )
        #expect(
            Self.conditions.map(\.name) == [
                "process", "device", "role", "replica", "pool", "mounted", "service", "port",
                "carp", "keepalived", "file", "command",
            ]
        )
        for condition in Self.conditions {
            #expect(Catalog.builtin.step(named: "wait-for-\(condition.name)") != nil)
        }
    }

    @Test(arguments: (steps + conditions).map(\.name)) func isDescribed(_ name: String) throws {
        let reference = try #require((Self.steps + Self.conditions).first { $0.name == name })
        #expect(reference.summary.hasSuffix("."))
        #expect(reference.notes.count > 40)
        #expect(!reference.undone.isEmpty)
        #expect(reference.timeout > .zero && reference.timeout < .seconds(900))
        #expect(reference.example.hasPrefix("- \(name)"))
        for field in reference.fields {
            #expect(!field.summary.isEmpty && !field.summary.hasSuffix("."), "\(field.name)")
            #expect(field.absent?.isEmpty != true, "\(field.name)")
        }
        if let main = reference.main {
            #expect(reference.fields.contains { $0.name == main })
        }
    }

    @Test(arguments: Platform.allCases, steps.map(\.example))
    func stepExampleLoads(_ platform: Platform, _ example: String) throws {
        let (kind, value) = FlowReader.item(example)
        let read = Catalog.builtin.readStep(kind, value, platform: platform)
        guard !isRefused(example, on: platform, read.diagnostics) else { return }
        #expect(read.diagnostics.isEmpty)
        let step = try #require(read.value)
        #expect(!step.summary.isEmpty)
        if let limit = step.limit { #expect(limit > .zero) }
        switch step.inverse {
        case .none(let why): #expect(!why.isEmpty)
        case .step(let inverse):
            let isTakenBack = step.effect == .acquires && inverse.effect == .releases
            #expect(isTakenBack || step.effect == .neither && inverse.effect == .neither)
        }
        if let goal = step.goalCondition {
            #expect(!goal.summary.isEmpty)
            expectUnknown(goal)
        }
    }

    @Test(arguments: Platform.allCases, conditions.map(\.example))
    func conditionExampleLoads(_ platform: Platform, _ example: String) throws {
        let (kind, value) = FlowReader.item(example)
        let read = Catalog.builtin.readCondition(kind, value, platform: platform)
        guard !isRefused(example, on: platform, read.diagnostics) else { return }
        #expect(read.diagnostics.isEmpty)
        let condition = try #require(read.value)
        #expect(!condition.queries.isEmpty)
        expectUnknown(condition)
    }

    /// Whether it is of a platform that has no such thing: only CARP, hastd and what is there for
    /// it are, and only on Linux.
    private func isRefused(
        _ example: String, on platform: Platform, _ diagnostics: [Diagnostic]
    ) -> Bool {
        guard platform == .linux else { return false }
        let refusals = [
            ("carp:", "Linux has no CARP"), ("carp,", "Linux has no CARP"),
            ("reject-route:", "`reject-route` is for FreeBSD"),
            ("restart-hastd:", "Linux has no hastd"),
        ]
        guard let refusal = refusals.first(where: { example.contains($0.0) }) else { return false }
        #expect(diagnostics.map(\.message) == [refusal.1])
        return true
    }

    /// A condition of which nothing was seen is neither true nor false, whatever was missing.
    private func expectUnknown(_ condition: any Condition) {
        let queries = condition.queries
        guard !queries.isEmpty else { return }
        let missing = queries.map { _ in Answer.missing(why: "it did not come back") }
        let absent = queries.map { _ in Answer.output(Output(.unavailable("it is not installed"))) }
        for answers in [
            .none, Answers(queries, missing), Answers(queries, absent),
        ] {
            guard case .unknown(let why) = condition.judge(answers) else {
                Issue.record("\(condition.summary): \(condition.judge(answers))")
                continue
            }
            #expect(!why.isEmpty)
        }
    }

    /// And what neither acquires nor releases, by what does neither.
    @Test func onlyAcquiringStepsAreTakenBack() {
        for example in Self.steps.map(\.example) {
            let (kind, value) = FlowReader.item(example)
            guard let step = Catalog.builtin.readStep(kind, value).value else { continue }
            if case .step(let inverse) = step.inverse {
                let isNeither = step.effect == .neither && inverse.effect == .neither
                #expect(step.effect == .acquires || isNeither, "\(kind)")
            } else {
                #expect(step.effect != .acquires, "\(kind)")
            }
        }
    }
}
