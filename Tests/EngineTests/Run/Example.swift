import Foundation

@testable import Engine

/// One line of a table of runs: three flags a, b, c, each set in 100 ms, in order.
struct Example: CustomStringConvertible, Sendable {
    enum Shape: Sendable {
        /// Raises a, b, c.
        case acquire
        /// Raises a; point of no return; raises b, c.
        case committed
        /// Raises a, b, c at once.
        case parallel
        /// Lowers c, b, a.
        case release
    }

    enum Happening: Sendable {
        case nothing
        case supersede
        case interrupt(times: Int)
        case lower(String)
        case blink(String, Duration)
        case show(String)
    }

    let name: String
    let shape: Shape
    var timeout: Duration
    var onFailure: Plan.OnFailure
    var whenSuperseded: Plan.WhenSuperseded
    var ifStuck: Plan.IfStuck
    var hasIfFailed: Bool
    var guarded: Bool
    var requires: String?
    /// The required flag is down.
    var without: Bool
    var hidden: String?
    /// How commands behave, by their line, as long as fewer than `until` commands were started.
    var faults: [String: ToyHost.Behaviour]
    var until: Int
    var undoLimit: Duration
    var at: Int
    var happening: Happening
    let expected: String

    var description: String { name }

    init(
        _ name: String, _ shape: Shape, timeout: Duration = .seconds(60),
        onFailure: Plan.OnFailure = .rollBack, whenSuperseded: Plan.WhenSuperseded = .handOver,
        ifStuck: Plan.IfStuck = .park, hasIfFailed: Bool = false, guarded: Bool = false,
        requires: String? = nil, without: Bool = false, hidden: String? = nil,
        faults: [String: ToyHost.Behaviour] = [:], until: Int = .max,
        undoLimit: Duration = .seconds(10), at: Int = 0, _ happening: Happening = .nothing,
        expected: String
    ) {
        self.name = name
        self.shape = shape
        self.timeout = timeout
        self.onFailure = onFailure
        self.whenSuperseded = whenSuperseded
        self.ifStuck = ifStuck
        self.hasIfFailed = hasIfFailed
        self.guarded = guarded
        self.requires = requires
        self.without = without
        self.hidden = hidden
        self.faults = faults
        self.until = until
        self.undoLimit = undoLimit
        self.at = at
        self.happening = happening
        self.expected = expected
    }

    /// Plays the run; tells the commands, the ending and its code, what is left and what follows.
    func play() -> String {
        var host = host
        var driver = Driver(plan)
        let ending = driver.drive(&host, from: .zero) { _ in }
        return ending.told(after: host.started.map(\.1.line))
    }

    /// Plays the run; tells what is wrong with what it asked of its host, and with its records.
    func audit(seed: UInt64) -> [String] {
        var audited = AuditedHost(host, seed: seed)
        var watcher = RunWatcher(plan: plan)
        var driver = Driver(plan)
        _ = driver.drive(&audited, from: .zero) { watcher.see($0) }
        return audited.account + watcher.faults
    }

    /// All that the run says, in its order: its records, and indented what it asks of its host.
    func tape() throws -> [String] {
        var host = host
        var run = Run(plan)
        var event: Event? = Event(at: .zero, .begin(settled: .zero))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines: [String] = []
        while let next = event {
            let turn = run.handle(next)
            for record in turn.records {
                lines.append(String(decoding: try encoder.encode(record), as: UTF8.self))
            }
            for work in turn.work {
                lines.append("  " + work.told)
                host.perform(work)
            }
            event = run.ending == nil ? host.next() : nil
        }
        return lines
    }
}

extension Work {
    /// What is asked of the host, as a line.
    fileprivate var told: String {
        func ms(_ time: Instant) -> String { "\(time.nanoseconds / 1_000_000) ms" }
        return switch self {
        case .await(let id, let condition, let until, _):
            "await \(id.number) until \(ms(until)): \(condition.summary)"
        case .watch(let id, let condition): "watch \(id.number): \(condition.summary)"
        case .lookAhead(let queries): "look ahead at \(queries.count)"
        case .execute(let id, let command, let until):
            "execute \(id.number) until \(ms(until)): \(command.line)"
        case .sleep(let id, let until): "sleep \(id.number) until \(ms(until))"
        case .cancel(let id): "cancel \(id.number)"
        case .adopt(let id, let command, _): "adopt \(id.number): \(command.line)"
        }
    }
}

extension Example {
    private var host: ToyHost {
        var host = ToyHost(up: startsUp) { command, number in
            let fault = number < until ? faults[command.line] : nil
            return fault ?? .works(after: .milliseconds(100))
        }
        if let hidden { host.hide(hidden) }
        prepare(&host)
        return host
    }

    private var startsUp: Set<String> {
        var up: Set<String> = shape == .release ? ["a", "b", "c"] : []
        if !without { up.insert("master") }
        return up
    }

    private func prepare(_ host: inout ToyHost) {
        let time = Instant.zero + .milliseconds(at)
        switch happening {
        case .nothing: break
        case .supersede: host.inject(.superseded(by: "other"), at: time)
        case .interrupt(let times):
            for _ in 0..<times { host.inject(.interrupt, at: time) }
        case .lower(let flag): host.change(at: time) { $0.set(flag, isUp: false) }
        case .blink(let flag, let gap):
            host.change(at: time) { $0.set(flag, isUp: false) }
            host.change(at: time + gap) { $0.set(flag, isUp: true) }
        case .show(let flag): host.change(at: time) { $0.show(flag) }
        }
    }

    private var plan: Plan {
        var tree = ToyTree()
        let root = tree.group(in: nil, atOnce: shape == .parallel ? 3 : 1)
        let guards: [any Condition] = guarded ? [FlagIs(name: "master", isUp: true)] : []
        let names = shape == .release ? ["c", "b", "a"] : ["a", "b", "c"]
        for name in names {
            let step = SetFlag(name: name, isUp: shape != .release)
            tree.step(step, in: root, timeout: undoLimit, guards: guards)
            if shape == .committed && name == "a" { tree.pointOfNoReturn(in: root) }
        }
        let release = tree.group(in: nil)
        for name in ["c", "b", "a"] { tree.step(SetFlag(name: name, isUp: false), in: release) }
        let last = tree.group(in: nil)
        tree.step(SetFlag(name: "yielded", isUp: true), in: last)
        return .toy(
            tree.nodes, direction: shape == .release ? .release : .acquire, timeout: timeout,
            onFailure: onFailure, ifStuck: ifStuck, whenSuperseded: whenSuperseded,
            require: requires.map { [FlagIs(name: $0, isUp: true)] } ?? [],
            ifFailed: hasIfFailed ? last : nil,
            counterpart: Plan.Counterpart(
                name: "opposite", timeout: .seconds(60), ifStuck: .park, steps: release))
    }
}
