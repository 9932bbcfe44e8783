import Engine

/// Whether what a stuck run tells a person to do leads out.
extension Play {
    /// What is in doubt has so long to be gone before a person comes, and each command to end.
    private static let personComes = Duration.seconds(60)
    private static let personWaits = Duration.seconds(120)
    /// A command that fails is given again a moment later, as by anybody who looks.
    private static let personTries = 3
    private static let personPauses = Duration.seconds(1)

    /// Does on a copy of the node what the ending tells, and looks what comes of it.
    mutating func checkWayOut(_ ending: Ending, of run: Player.Underway, on side: Side) {
        var copy = pair
        copy[side] = copy[side].orphaned()
        copy.pass(Self.personComes)
        let reboot = Command(.fenceSelf).line
        let reboots = ending.remaining.contains { $0.hasPrefix(reboot) }
        if reboots, copy[side].hangs || copy[side].world.hasLostPool { return }
        for line in ending.remaining where !line.hasPrefix(reboot) {
            guard line != HastdInterlock.remedy else {
                copy.restartHastd(side)
                continue
            }
            for _ in 0..<Self.personTries {
                copy[side].perform(Self.work(line, until: copy.now + Self.personWaits))
                if copy.pass(Self.personWaits, until: side)?.succeeded == true { break }
                copy.pass(Self.personPauses)
            }
        }
        copy.pass(Self.personComes)
        guard !copy.isGivenUp(side) else { return }
        let isThere = subject.goals(run.direction).allSatisfy { goal in
            copy[side].see(goal) == .holds
        }
        guard !isThere else { return }
        breach(.noWayOut, side, ending.remaining.joined(separator: "; "))
    }

    private static func work(_ line: String, until: Instant) -> Work {
        let words = line.split(separator: " ").map { word in
            String(word.filter { $0 != "'" })
        }
        return .execute(WorkID(1), Command(.tool(words)), until: until)
    }
}

extension PairWorld {
    /// What a person does with a hastd that does not answer, unless a pool is imported on it.
    fileprivate mutating func restartHastd(_ side: Side) {
        let world = hosts[side].world
        guard world.hast.isDeadlocked || world.hast.waitsFor != nil,
            !world.pools.contains(where: \.isImported)
        else { return }
        hosts[side].alter { world in
            _ = world.run(HastdInterlock.ends)
            _ = world.run(HastdInterlock.starts)
        }
    }

    /// Lets time pass, or less where a node's engine hears the end of its command before: how it
    /// ended.
    @discardableResult
    fileprivate mutating func pass(_ time: Duration, until side: Side? = nil) -> Output? {
        let end = now + time
        while let happening = next(until: end) {
            if case .event(let there, let event) = happening, there == side,
                case .finished(_, let finish) = event.input
            {
                return if case .ended(let output) = finish { output } else { nil }
            }
        }
        return nil
    }
}

extension World {
    /// Whether nothing but a reboot brings a pool back, as on FreeBSD with one that is suspended.
    fileprivate var hasLostPool: Bool {
        !isLinux && pools.contains { $0.isImported && $0.isSuspended }
    }
}

extension SimulatedHost {
    /// Whether a command is under way that does not end by itself.
    fileprivate var hangs: Bool {
        commands.contains { command in
            guard case .left = command.phase else { return false }
            return command.fault?.does == .hangs
        }
    }
}
