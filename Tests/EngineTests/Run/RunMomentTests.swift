import Testing

@testable import Engine

/// A newer signal or an interrupt may come at any moment of any phase.
@Suite struct RunMomentTests {
    private enum Story: CaseIterable {
        case rolledBack, doubtful, counterpart, repaired, stuck, released
    }

    private static let inputs: [[(Duration, Event.Input)]] = [
        [(.zero, .interrupt)],
        [(.zero, .interrupt), (.zero, .interrupt)],
        [(.zero, .interrupt), (.milliseconds(700), .interrupt)],
        [(.zero, .superseded(by: "one"))],
        [(.zero, .superseded(by: "one")), (.milliseconds(300), .superseded(by: "two"))],
        [(.zero, .superseded(by: "one")), (.milliseconds(300), .interrupt)],
        [(.zero, .interrupt), (.milliseconds(300), .superseded(by: "one"))],
    ]

    @Test(arguments: Story.allCases, inputs.indices)
    private func promisesAreKept(_ story: Story, _ index: Int) {
        let calm = course(story).play()
        var phases: Set<Phase> = []
        for moment in stride(from: 0, through: 1 + (calm.end - .zero).milliseconds, by: 211) {
            var course = course(story)
            course.inputs = Self.inputs[index].map { (.milliseconds(moment) + $0, $1) }
            let played = course.play()
            var watcher = RunWatcher(plan: course.plan)
            for record in played.records {
                watcher.see(record)
                if case .phase(let phase) = record.fact { phases.insert(phase) }
            }
            for fault in watcher.faults { Issue.record("at \(moment) ms: \(fault)") }
            #expect(played.ending.handOver == watcher.newest, "at \(moment) ms")
            #expect(played.end < calm.end + .seconds(60), "at \(moment) ms")
        }
        #expect(phases.count > 2, "the moments lie in several phases")
    }

    @Test(arguments: [(0, 3000), (1000, 2000), (3000, 0), (5000, 0)])
    func whatWasSeenAlreadyCountsAsSteady(_ settled: Int, _ waited: Int) throws {
        var tree = ToyTree()
        tree.step(SetFlag(name: "a", isUp: true), in: tree.group(in: nil))
        let master = FlagIs(name: "master", isUp: true, steadyFor: .seconds(3))
        var course = Course(.toy(tree.nodes, require: [master]))
        course.up = ["master"]
        course.settled = .milliseconds(settled)
        let first = try #require(course.play().host.started.first)
        #expect(first.at >= .zero + .milliseconds(waited))
        #expect(first.at < .zero + .milliseconds(waited + 50))
        course.changes = [(.milliseconds(waited / 2), { $0.set("master", isUp: false) })]
        if waited > 0 { #expect(course.told == ": refused 4") }
    }

    private func course(_ story: Story) -> Course {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let isRelease = story == .released
        let isCommitted = story == .counterpart || story == .repaired || story == .stuck
        let guards: [any Condition] = isRelease ? [] : [FlagIs(name: "master", isUp: true)]
        tree.step(SetFlag(name: "a", isUp: !isRelease), in: root)
        if isCommitted { tree.pointOfNoReturn(in: root) }
        let pair = tree.group(in: root, atOnce: 2, guards: guards)
        tree.step(SetFlag(name: "b", isUp: !isRelease), in: pair, timeout: .seconds(2))
        tree.step(SetFlag(name: "c", isUp: !isRelease), in: pair)
        let last = tree.group(in: nil)
        tree.step(SetFlag(name: "yielded", isUp: true), in: last)
        let release = tree.group(in: nil)
        for name in ["c", "b", "a"] { tree.step(SetFlag(name: name, isUp: false), in: release) }
        let counterpart = Plan.Counterpart(
            name: "opposite", timeout: .seconds(20), ifStuck: .fenceSelf, steps: release)
        let plan = Plan.toy(
            tree.nodes, direction: isRelease ? .release : .acquire, timeout: .seconds(12),
            rollBackTimeout: .seconds(15), ifStuck: .fenceSelf,
            require: [FlagIs(name: "master", isUp: true)], ifFailed: last,
            counterpart: counterpart)
        return disturbed(Course(plan), story)
    }

    private func disturbed(_ calm: Course, _ story: Story) -> Course {
        var course = calm
        course.up = story == .released ? ["master", "a", "b", "c"] : ["master"]
        switch story {
        case .rolledBack: course.faults = ["raise b": .failsBefore]
        case .doubtful: course.faults = ["raise b": .hangs(effectAfter: .seconds(6))]
        case .counterpart:
            course.faults = ["raise b": .hangs(effectAfter: .seconds(6))]
            course.changes = [(.milliseconds(900), { $0.set("master", isUp: false) })]
        case .repaired:
            course.slow = ["raise c": .seconds(1)]
            course.changes = [(.milliseconds(600), { $0.set("b", isUp: false) })]
        case .stuck: course.faults = ["raise b": .hangs(effectAfter: nil)]
        case .released: course.faults = ["lower b": .hangs(effectAfter: nil)]
        }
        return course
    }
}
