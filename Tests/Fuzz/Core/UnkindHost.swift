import Engine

/// A host on which things fail: looks that do not hold or cannot be made, commands that fail, hang
/// and come late; each in a share that the generator chooses.
struct UnkindHost: Host {
    /// Something that comes about.
    private struct Due {
        let at: Instant
        let input: Event.Input
        let work: WorkID?
    }

    private var generator: SplitMix
    private var now = Instant.zero
    private var dues: [Due] = []
    /// Of eight looks, so many hold; of eight commands, so many end well.
    private let good: Int
    /// Of eight commands, so many hang until they are given up on, and half of these for ever.
    private let hanging: Int
    private let badVerdict: Verdict

    init(_ generator: inout SplitMix) {
        self.generator = SplitMix(generator.next())
        good = generator.pick([0, 0, 0, 4, 7, 8])
        hanging = generator.pick([0, 0, 2, 8])
        badVerdict = generator.pick([
            .doesNot("it is not so"), .unknown("it cannot be told"), .never("it cannot be so"),
        ])
    }

    mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, let condition, let until, _):
            let verdict: Verdict = generator.below(8) < good ? .holds : badVerdict
            let isSoon = verdict == .holds || !condition.isWorthWaiting(after: verdict)
            let at = isSoon ? now + .milliseconds(generator.below(900)) : max(now, until)
            dues.append(Due(at: at, input: .looked(id, Look(verdict, .none)), work: id))
        case .watch(let id, _):
            guard generator.below(8) >= good, generator.once(in: 4) else { return }
            let look = Look(badVerdict, .none)
            dues.append(Due(at: now + .seconds(1), input: .looked(id, look), work: id))
        case .execute(let id, _, let until): execute(id, until)
        case .sleep(let id, let until):
            dues.append(Due(at: max(now, until), input: .woke(id), work: id))
        case .cancel(let id): cancel(id)
        case .adopt(let id, _, _): comeToAnEnd(id, now)
        case .lookAhead: return
        }
    }

    mutating func next() -> Event? {
        guard let first = dues.indices.min(by: { dues[$0].at < dues[$1].at }) else { return nil }
        let due = dues.remove(at: first)
        now = max(now, due.at)
        return Event(at: now, due.input)
    }

    private mutating func execute(_ id: WorkID, _ until: Instant) {
        if generator.below(8) < hanging {
            let finish = Finish.gaveUp(pid: 4711, Output(.signalled(9)))
            dues.append(Due(at: max(now, until), input: .finished(id, finish), work: id))
            comeToAnEnd(id, max(now, until))
            return
        }
        let isGood = generator.below(8) < good
        let output = Output(.exited(isGood ? 0 : Int32(generator.below(4))))
        let at = now + .milliseconds(generator.below(300))
        if generator.once(in: 8) {
            dues.append(Due(at: at, input: .finished(id, .left(pid: 4711, output)), work: id))
            return comeToAnEnd(id, at)
        }
        dues.append(Due(at: at, input: .finished(id, .ended(output)), work: id))
    }

    /// A command that was given up on, or is adopted, is gone at some time, or never.
    private mutating func comeToAnEnd(_ id: WorkID, _ at: Instant) {
        guard generator.once(in: 2) else { return }
        let later = at + .seconds(generator.below(100))
        dues.append(Due(at: later, input: .gone(id), work: nil))
    }

    private mutating func cancel(_ id: WorkID) {
        guard let index = dues.firstIndex(where: { $0.work == id }) else { return }
        if case .finished = dues[index].input {
            let finish = Finish.gaveUp(pid: nil, Output(.signalled(15)))
            dues[index] = Due(at: now, input: .finished(id, finish), work: id)
            comeToAnEnd(id, now)
            return
        }
        dues[index] = Due(at: now, input: dues[index].input, work: id)
    }
}
