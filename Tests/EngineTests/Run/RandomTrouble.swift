@testable import Engine

extension ToyHost {
    /// Lets signals, interrupts and changes come at random.
    mutating func disturb(_ dice: inout Dice) {
        if dice.isOne(in: 5) {
            for _ in 0...dice.roll(3) {
                inject(.interrupt, at: .zero + dice.time(upTo: 8000))
            }
        }
        if dice.isOne(in: 6) {
            for newer in ["one", "two"].prefix(1 + dice.roll(2)) {
                let at = Instant.zero + dice.time(upTo: 8000)
                inject(.superseded(by: newer), at: at)
            }
        }
        if dice.isOne(in: 5) {
            let at = Instant.zero + dice.time(upTo: 6000)
            change(at: at) { $0.set("master", isUp: false) }
            let back = at + dice.time(upTo: 400)
            if dice.isOne(in: 2) { change(at: back) { $0.set("master", isUp: true) } }
        }
        if dice.isOne(in: 5) {
            let flag = "f\(1 + dice.roll(6))"
            let at = Instant.zero + dice.time(upTo: 6000)
            change(at: at) { $0.hide(flag) }
            change(at: at + dice.time(upTo: 9000)) { $0.show(flag) }
        }
    }
}

extension ToyHost.Behaviour {
    /// How a command may behave.
    static func random(_ dice: inout Dice) -> ToyHost.Behaviour {
        switch dice.roll(12) {
        case 0: .failsBefore
        case 1: .failsAfter
        case 2: .hangs(effectAfter: dice.isOne(in: 2) ? nil : dice.time(upTo: 30_000))
        case 3: .works(after: dice.time(upTo: 12_000))
        case 4: .leaves(effectAfter: dice.time(upTo: 12_000))
        default: .works(after: dice.time(upTo: 200))
        }
    }
}

extension Plan {
    /// The flags of the steps, those of `if-failed` and of the counterpart aside.
    var flags: [String] {
        nodes.indices.compactMap { index in
            guard NodeID(index) < firstOfOtherSections, case .step(let step) = nodes[index].kind
            else {
                return nil
            }
            return (step.step as? SetFlag)?.name
        }
    }

    var firstOfOtherSections: NodeID {
        let roots = nodes.indices.dropFirst().filter { nodes[$0].parent == nil }
        return NodeID(roots.first ?? nodes.count)
    }
}
