import Engine

/// What is done to the pair from outside, and what goes wrong.
extension Play {
    mutating func perform(_ act: Scenario.Act) {
        switch act {
        case .switchOver(let side):
            tell(side, .act) { "failover switch" }
            handOver(side)
        case .cutPower(let side): cutPower(side)
        case .boot(let side): pair.boot(side)
        case .reboot(let side): reboot(side)
        case .cut(let link): cut(link)
        case .heal(let link): heal(link)
        case .interface(let side, let isUp):
            tell(side, .act) { "the interface goes \(isUp ? "up" : "down")" }
            pair.setInterface(side, up: isUp)
        case .killEngine(let side): killEngine(on: side)
        case .hold(let side):
            tell(side, .act) { "failover hold" }
            nodes[side].held = .all
            ring(side)
        case .unhold(let side):
            tell(side, .act) { "failover unhold" }
            nodes[side].held = .nothing
            if nodes[side].wanted != nil { wake(side) }
        }
    }

    /// What `failover switch` does: the address is yielded, by one command after the other, and
    /// then the pair is released.
    mutating func handOver(_ side: Side, from index: Int = 0) {
        guard subject.yielding.indices.contains(index) else {
            nodes[side].isAwaited = true
            return record(.release, from: "a person's switch", on: side)
        }
        let command = subject.yielding[index]
        tell(side, .command) { command.line }
        let ends = pair[side].run(command)
        toCome += 1
        schedule.enter(.yields(side, boot: nodes[side].boot, index + 1), at: ends)
    }

    /// An orderly reboot: failover's own service releases the pair first.
    private mutating func reboot(_ side: Side) {
        tell(side, .act) { "an orderly reboot begins" }
        nodes[side].held = .acquires
        ring(side)
        nodes[side].isShuttingDown = true
        nodes[side].isRebooting = true
        later(.goDown(side, boot: nodes[side].boot), after: subject.release.timeout + .seconds(10))
        handOver(side)
    }

    mutating func cutPower(_ side: Side) {
        tell(side, .mishap) { "the power fails" }
        disturbedAt = now
        nodes[side].losePower()
        pair.cutPower(side)
    }

    /// A shutdown has had its time, and goes on with the pool still here: all processes are killed,
    /// hastd among them, which takes the disks from under it. To the pair that is a loss of power:
    /// what had not reached both disks by then, nobody was told of.
    private mutating func fall(_ side: Side) {
        tell(side, .consequence) { "the shutdown waits no longer" }
        pair.cutPower(side)
        wentDown(side)
    }

    /// The machine is down, at the end of a shutdown.
    mutating func wentDown(_ side: Side) {
        tell(side, .consequence) { "the machine is down" }
        nodes[side].losePower()
        guard nodes[side].isRebooting else { return }
        nodes[side].isRebooting = false
        later(.boot(side), after: .seconds(5))
    }

    private mutating func cut(_ link: Link) {
        tell(nil, .mishap) { "the \(link.name) is cut" }
        disturbedAt = now
        pair.cut(link)
    }

    private mutating func heal(_ link: Link) {
        tell(nil, .act) { "the \(link.name) is mended" }
        disturbedAt = now
        pair.heal(link)
    }

    // MARK: - Mishaps

    /// Hands work to the host, with whatever goes wrong at it.
    mutating func give(_ work: Work, base: Int, to side: Side) {
        let shifted = base == 0 ? work : work.shifted(by: base)
        guard work.isItem else { return pair[side].perform(shifted) }
        let item = nodes[side].nextItem()
        given.append((side, item, work.isCommand))
        guard let index = strikes.firstIndex(where: { $0.side == side && $0.item == item }) else {
            return pair[side].perform(shifted)
        }
        strike(strikes.remove(at: index).mishap, shifted, on: side)
    }

    private mutating func strike(_ mishap: Mishap, _ work: Work, on side: Side) {
        disturbedAt = now
        tell(side, .mishap) { mishap.sentence }
        if case .execute(let id, _, let until) = work {
            switch mishap {
            case .failsBefore: pair[side].strike(Fault([], does: .failsBefore))
            case .failsAfter: pair[side].strike(Fault([], does: .failsAfter))
            case .doesNothing: pair[side].strike(Fault([], does: .failsBefore, exit: 0))
            case .hangs: pair[side].strike(Fault([], does: .hangs))
            case .slow: pair[side].strike(Fault([], does: .late, after: .seconds(5)))
            case .late:
                let after = until - now + .seconds(8)
                pair[side].strike(Fault([], does: .late, after: after))
            case .leftBehind:
                pair[side].strike(Fault([], does: .leaves, after: .seconds(6)))
            case .orphaned:
                pair[side].strike(Fault([], does: .late, after: .seconds(6)))
                later(.kill(side, boot: nodes[side].boot), after: .milliseconds(50))
            case .engineKilledAfter, .powerCutAfter: doomed.append((side, id, mishap))
            default: break
            }
        } else if mishap == .engineKilledAfter || mishap == .powerCutAfter,
            let id = work.id
        {
            doomed.append((side, id, mishap))
        }
        // A line is torn while it is written, and a command begins only behind its own: with a torn
        // one it never began.
        let isTorn = if case .execute = work { mishap == .journalTorn } else { false }
        if !isTorn { pair[side].perform(work) }
        befall(mishap, side)
    }

    /// The mishaps that are not of the work itself.
    private mutating func befall(_ mishap: Mishap, _ side: Side) {
        let boot = nodes[side].boot
        switch mishap {
        case .engineKilled: later(.kill(side, boot: boot), after: .zero)
        case .journalTorn:
            if nodes[side].journal?.records.isEmpty == false {
                nodes[side].journal?.records.removeLast()
            }
            later(.kill(side, boot: boot), after: .zero)
        case .journalFull:
            nodes[side].journal?.isFull = true
            later(.kill(side, boot: boot), after: .milliseconds(700))
        case .interrupted:
            later(.interrupt(side, boot: boot), after: .zero)
            later(.again(side, boot: boot), after: .seconds(30))
        case .powerCut:
            cutPower(side)
            later(.boot(side), after: .seconds(90))
        case .peerLost:
            guard nodes[side.other].isUp else { return }
            cutPower(side.other)
            later(.boot(side.other), after: .seconds(240))
        case .addressFlips:
            pair.setInterface(side, up: false)
            later(.interfaceUp(side), after: .seconds(2))
        case .signalLost, .signalTwice, .signalLate:
            nodes[side].signalMishap = mishap
        case .replicationCut:
            cut(.replication)
            later(.heal(.replication), after: .seconds(120))
        case .serviceCut:
            cut(.service)
            later(.heal(.service), after: .seconds(120))
        case .hastdAsked: mend(.hastdAsked(side, boot: boot, times: 20))
        case .devicesSlow: pair.slowDevices(side)
        case .looksSlow: pair.slowLooks(side)
        case .hooksLate: pair.delayHooks(side)
        case .failsBefore, .failsAfter, .doesNothing, .hangs, .slow, .late, .leftBehind, .orphaned,
            .engineKilledAfter, .powerCutAfter:
            break
        }
    }

    /// The answer has come whose hearer was to die of it.
    mutating func fulfil(_ doom: (side: Side, id: WorkID, mishap: Mishap)) {
        disturbedAt = now
        if doom.mishap == .powerCutAfter {
            cutPower(doom.side)
            later(.boot(doom.side), after: .seconds(90))
        } else {
            killEngine(on: doom.side)
        }
    }

    private mutating func interrupt(_ side: Side) {
        guard nodes[side].run != nil else { return }
        pass(.interrupt, toRunOn: side)
    }

    mutating func later(_ mending: Mending, after: Duration) {
        toCome += 1
        schedule.enter(.mend(mending), at: now + after)
    }

    mutating func mend(_ mending: Mending) {
        disturbedAt = now
        switch mending {
        case .heal(let link): heal(link)
        case .boot(let side): pair.boot(side)
        case .interfaceUp(let side): pair.setInterface(side, up: true)
        case .kill(let side, let boot):
            if nodes[side].boot == boot { killEngine(on: side) }
        case .interrupt(let side, let boot):
            if nodes[side].boot == boot { interrupt(side) }
        case .again(let side, let boot):
            guard nodes[side].boot == boot, nodes[side].isUp, !nodes[side].isShuttingDown,
                let direction = nodes[side].asked
            else { return }
            record(direction, from: "a person's signal", on: side)
        case .hastdAsked(let side, let boot, let times):
            guard nodes[side].boot == boot, times > 0 else { return }
            pair.ask(side)
            later(.hastdAsked(side, boot: boot, times: times - 1), after: .milliseconds(700))
        case .goDown(let side, let boot):
            guard nodes[side].boot == boot, nodes[side].isShuttingDown else { return }
            fall(side)
        }
    }
}

extension Link {
    /// What a person calls it.
    var name: String {
        switch self {
        case .replication: "replication link"
        case .service: "service network"
        }
    }
}

extension Work {
    fileprivate var isCommand: Bool { if case .execute = self { true } else { false } }

    /// The id under which it is answered.
    fileprivate var id: WorkID? {
        switch self {
        case .await(let id, _, _, _), .watch(let id, _), .execute(let id, _, _), .sleep(let id, _),
            .cancel(let id), .adopt(let id, _, _):
            id
        case .lookAhead: nil
        }
    }
}
