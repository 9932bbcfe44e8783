import Engine
import Simulation

/// A run whose engine can be killed at any moment; a value, so that it forks there.
struct KilledRun {
    /// What the last turn of an engine leaves that is killed in it.
    enum Tear: CaseIterable {
        /// All of it.
        case whole
        /// Its records, but its work was not handed over.
        case workLost
        /// Nothing: the event was taken in and not written down.
        case recordsLost
    }

    let plan: Plan
    private(set) var records: [Record] = []
    private(set) var past: Past
    private(set) var host: SimulatedHost
    private(set) var ending: Ending?
    /// How many events were taken in.
    private(set) var events = 0
    /// When the engine was started that runs now.
    private(set) var since: Instant
    private var run: Run
    private var next: Event?

    init(_ plan: Plan, in world: World) {
        self.plan = plan
        past = Past(plan)
        run = Run(plan)
        host = SimulatedHost(world, tellsProcesses: true)
        since = host.now
        next = Event(at: host.now, .begin(settled: .zero))
    }

    /// Takes the next event in; false when the run is over.
    mutating func step(_ tear: Tear = .whole) -> Bool {
        guard ending == nil, let event = next else { return false }
        let turn = run.handle(event)
        events += 1
        if tear != .recordsLost {
            records += turn.records
            for record in turn.records { past.take(record) }
        }
        if tear == .whole { for work in turn.work { host.perform(work) } }
        guard tear == .whole else { return true }
        ending = run.ending
        next = ending == nil ? host.next() : nil
        precondition(ending != nil || next != nil, "the run waits for nothing and is not over")
        return true
    }

    /// Plays on to the end.
    mutating func play() { while step() {} }

    /// Kills the engine; another decides what is to become of the run.
    func decided(_ choice: Recovery.Choice) -> Recovery.Decision {
        Recovery.decide(past, of: plan, choice)
    }

    /// Another engine takes the run up, or closes it.
    mutating func recover(_ choice: Recovery.Choice) {
        switch decided(choice) {
        case .refuse(let why): preconditionFailure("an automatic recovery refuses: \(why)")
        case .close(let ending):
            self.ending = ending
            host = host.orphaned()
            next = nil
        case .resume(let way):
            run = Run(plan, resuming: past, way)
            host = host.orphaned()
            since = host.now
            next = Event(at: host.now, .begin(settled: .zero))
        }
    }
}
