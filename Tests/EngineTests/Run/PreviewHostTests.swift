import Testing

@testable import Engine

/// A preview looks, notes, and says how each answer is known.
@Suite struct PreviewHostTests {
    @Test func whatIsNotedCountsForWhatFollows() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(Self.raise("a"), in: root)
        tree.step(Self.raise("a"), in: root)
        tree.step(Self.raise("b"), in: root, when: FlagIs(name: "a", isUp: true))
        tree.step(Self.raise("c"), in: root, when: FlagIs(name: "a", isUp: false))
        tree.step(SetFlag(name: "a", isUp: false), in: root)
        tree.step(Self.raise("a"), in: root)
        let plan = Plan.toy(tree.nodes)
        let noted = Self.preview(plan)
        #expect(noted.commands == ["raise a", "raise b", "lower a", "raise a"])
        #expect(Course(plan).told.hasPrefix(noted.commands.joined(separator: ", ") + ": done"))
        let second = noted.looks.first { $0.node == NodeID(2) && $0.purpose == .opening }
        #expect(second?.basis == .after(WorkID(2)))
    }

    @Test func whatDoesNotHoldIsShownAndAssumed() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let guards = [FlagIs(name: "master", isUp: true)]
        tree.step(Self.raise("a"), in: root, guards: guards)
        tree.step(Wait(goal: FlagIs(name: "peer", isUp: false)), in: root)
        let plan = Plan.toy(tree.nodes, require: guards)
        let noted = Self.preview(plan, up: ["peer"])
        #expect(noted.ending.kind == .done)
        #expect(noted.commands == ["raise a"])
        #expect(noted.required == [.assumed("flag master is down")])
        let wait = noted.looks.first { $0.node == NodeID(2) && $0.purpose == .goal }
        #expect(wait?.basis == .assumed("flag peer is up"))
    }

    @Test func whatCannotBeToldIsShownAsThat() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        let master = FlagIs(name: "master", isUp: true)
        tree.step(Self.raise("a"), in: root, guards: [master], when: master)
        let noted = Self.preview(Plan.toy(tree.nodes, require: [master]), hidden: ["master", "a"])
        let unknowable = Basis.unknowable("nobody can see it")
        #expect(noted.ending.kind == .done)
        #expect(noted.commands == ["raise a"])
        #expect(noted.required == [unknowable])
        #expect(noted.looks.prefix(3).map(\.basis) == [unknowable, unknowable, unknowable])
        #expect(noted.looks.prefix(3).map(\.purpose) == [.when, .opening, .guard])
    }

    @Test(arguments: [false, true])
    func aPlansOwnLookIsMadeOnlyWhenItChangesNothing(_ changesNothing: Bool) {
        let look = UserLook(argv: ["looks-harmless"], changesNothing: changesNothing)
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(Wait(goal: Asking(look: look)), in: root, when: Asking(look: look))
        let plan = Plan.toy(tree.nodes, require: [Asking(look: look)])
        let noted = Self.preview(plan)
        #expect(noted.ending.kind == .done)
        #expect(noted.asked.contains(.userCommand(look)) == changesNothing)
    }

    @Test func questionsAndLinesAreNotedOnly() {
        var tree = ToyTree()
        let root = tree.group(in: nil)
        tree.step(Saying(command: Command(.ask("sure?", unattended: .refuse))), in: root)
        tree.step(Saying(command: Command(.log("a line"))), in: root)
        let noted = Self.preview(Plan.toy(tree.nodes))
        #expect(noted.ending.kind == .done)
        #expect(noted.commands == ["ask: sure?", "log: a line"])
    }

    @Test func nothingButLooksReachesTheRealHost() {
        for seed in UInt64(0)..<300 {
            var dice = Dice(seed: seed)
            _ = Self.preview(RandomPlan.make(&dice), up: ["master", "f1", "f3"], hidden: ["f2"])
        }
    }
}

// MARK: - A preview that is over

extension PreviewHostTests {
    private struct Noted {
        let ending: Ending
        var commands: [String] = []
        var required: [Basis] = []
        var looks: [(node: NodeID, purpose: LookPurpose, basis: Basis)] = []
        var asked: [Query] = []
    }

    private static func raise(_ name: String) -> SetFlag { SetFlag(name: name, isUp: true) }

    private static func preview(
        _ plan: Plan,
        up: Set<String> = [],
        hidden: [String] = []
    ) -> Noted {
        var toy = ToyHost(up: up) { _, _ in .works(after: .zero) }
        for name in hidden { toy.hide(name) }
        var host = PreviewHost(over: LooksOnly(real: toy), at: .zero)
        var records: [Record] = []
        var driver = Driver(plan)
        var noted = Noted(ending: driver.drive(&host, from: .zero) { records.append($0) })
        noted.asked = host.real.asked
        for record in records {
            switch record.fact {
            case .commandBegan(_, _, _, let command): noted.commands.append(command.line)
            case .required(_, _, let basis): noted.required.append(basis)
            case .looked(let node, _, let purpose, _, let basis):
                noted.looks.append((node, purpose, basis))
            default: break
            }
        }
        return noted
    }
}

/// A host that fails the test when it is asked for anything but looks.
private struct LooksOnly: Host {
    var real: ToyHost
    private(set) var asked: [Query] = []

    init(real: ToyHost) { self.real = real }

    mutating func perform(_ work: Work) {
        switch work {
        case .await(_, let condition, _, _): asked += condition.queries
        case .cancel: break
        case .watch, .lookAhead, .execute, .sleep, .adopt:
            Issue.record("a preview did more than look: \(work)")
        }
        real.perform(work)
    }

    mutating func next() -> Event? { real.next() }
}

/// Waits for a condition.
private struct Wait: Step {
    let condition: any Condition

    init(goal: any Condition) { condition = goal }

    var summary: String { "wait until \(condition.summary)" }
    var goal: Goal { .condition(condition) }
    var inverse: Inverse { .none("waiting changes nothing") }
    func apply(_ seen: Answers) -> [Command] { [] }
}

/// Does one thing that nothing shows.
private struct Saying: Step {
    let command: Command

    var summary: String { command.line }
    var goal: Goal { .once(.repeat) }
    var inverse: Inverse { .none("what is said is said") }
    func apply(_ seen: Answers) -> [Command] { [command] }
}

/// Asks a command of the plan.
private struct Asking: Condition {
    let look: UserLook

    var summary: String { "the plan's own look says so" }
    var queries: [Query] { [.userCommand(look)] }
    func judge(_ answers: Answers) -> Verdict { .unknown("nobody answers") }
}
