@testable import Engine

/// A toy host that keeps account of every id, and repeats some answers that nobody waits for.
struct AuditedHost: Host {
    var real: ToyHost
    private(set) var faults: [String] = []
    /// What is neither answered nor cancelled.
    private var open: Set<WorkID> = []
    private var dice: Dice
    private var last = 0
    private var answered: [WorkID] = []

    init(_ real: ToyHost, seed: UInt64) {
        self.real = real
        dice = Dice(seed: seed)
    }

    mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, _, _, _), .watch(let id, _), .execute(let id, _, _), .sleep(let id, _):
            open.insert(id)
        case .cancel(let id): open.remove(id)
        case .adopt, .lookAhead: break
        }
        switch work {
        case .await(let id, _, _, _), .watch(let id, _), .execute(let id, _, _), .sleep(let id, _),
            .adopt(let id, _, _):
            if id.number <= last { faults.append("id \(id.number) was used before") }
            last = id.number
        case .lookAhead: break
        case .cancel(let id):
            if id.number > last { faults.append("id \(id.number) was cancelled before its work") }
            if answered.contains(id) { faults.append("id \(id.number) was cancelled when over") }
        }
        real.perform(work)
    }

    mutating func next() -> Event? {
        if let stale = answered.randomElement(using: &dice), dice.isOne(in: 12) {
            return Event(at: real.now, nonsense(stale))
        }
        guard let event = real.next() else { return nil }
        switch event.input {
        case .looked(let id, _), .finished(let id, _), .woke(let id):
            if answered.contains(id) { faults.append("id \(id.number) was answered twice") }
            answered.append(id)
            open.remove(id)
        case .begin, .started, .gone, .superseded, .interrupt: break
        }
        return event
    }

    /// The faults of a run that is over: the host works no more for it.
    var account: [String] {
        faults + open.sorted().map { "id \($0.number) was neither answered nor cancelled" }
    }

    /// An answer to an id that was answered already.
    private mutating func nonsense(_ id: WorkID) -> Event.Input {
        switch dice.roll(4) {
        case 0: .looked(id, Look(.never("it is stale"), .none))
        case 1: .finished(id, .gaveUp(pid: 9, Output(.signalled(9))))
        case 2: .finished(id, .ended(Output(.exited(1))))
        default: .woke(id)
        }
    }
}
