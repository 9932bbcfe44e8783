import ArgumentParser
import Engine
import LocalHost
import Service

/// What follows a handover while a person waits: the peer serves, or the pair is wanted back.
extension SwitchCommand {
    /// It is looked so often.
    private static let pause = Duration.seconds(1)

    /// Stays until the peer serves; where it takes nothing, the pair is wanted back here.
    func follow(_ handover: Handover, _ pair: Signals.Pair, _ desk: Desk) throws {
        guard handover.isObservable else {
            return Locked.warn(
                "whether the peer takes over cannot be seen from here: `failover status` there")
        }
        let host = LocalHost(syslog: nil, catchingInterrupts: true)
        let end = host.now + handover.limit
        var last = Handover.Stage.nothing
        var beats = 0
        repeat {
            let stage = handover.stage()
            if stage != last { Locked.warn("\(pair.name): \(Self.words(stage))") }
            last = stage
            if stage == .serving || stage == .taken { return }
            beats += 1
            host.perform(.sleep(WorkID(beats), until: host.now + Self.pause))
            if case .interrupt? = host.next()?.input {
                Locked.warn(
                    "\(pair.name): waiting ended; it is given up here, and the peer takes over by"
                        + " its own signals; `failover on \(pair.acquire.signal)` wants it back")
                throw ExitCode(Ending.Kind.interrupted.exitCode)
            }
        } while host.now < end
        guard last == .nothing else {
            Locked.warn(
                "\(pair.name): the peer is not done after \(durationText(handover.limit)):"
                    + " \(Self.words(last)); look there, nothing is taken back")
            throw ExitCode(Ending.Kind.rolledBack.exitCode)
        }
        try takeBack(handover.limit, pair, desk)
    }

    private func takeBack(_ limit: Duration, _ pair: Signals.Pair, _ desk: Desk) throws {
        Locked.warn(
            "\(pair.name): the peer took nothing over in \(durationText(limit)): the pair is wanted"
                + " back here")
        let receipt = desk.reception.take(
            .acquire, of: pair, from: "a person's switch that the peer did not follow",
            at: MonotonicClock.now)
        desk.tell(receipt)
        let code = desk.await(receipt.wanted, of: pair)
        guard code == 0 else {
            Locked.warn("\(pair.name): NOBODY SERVES: it is neither taken over nor taken back")
            throw ExitCode(Ending.Kind.stuck.exitCode)
        }
        Locked.warn("\(pair.name): taken back: this node serves again")
        throw ExitCode(Ending.Kind.rolledBack.exitCode)
    }

    private static func words(_ stage: Handover.Stage) -> String {
        switch stage {
        case .nothing: "the peer has taken nothing over yet"
        case .begun: "the peer is taking over"
        case .taken: "the peer has all replicas; `failover status` there tells whether it serves"
        case .serving: "the peer serves"
        case .untold(let why): "how far the peer is cannot be told: \(why)"
        }
    }
}
