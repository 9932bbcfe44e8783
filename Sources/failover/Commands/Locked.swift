import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// The lock of a pair, for what a person does by hand.
enum Locked {
    /// The exit code when another run holds the lock (`EX_TEMPFAIL` of sysexits(3)).
    static let held: Int32 = 75
    /// Who hands over has so long: the longest budget of a plan, and that of its roll-back.
    private static let patience = Duration.seconds(3600)
    private static let beat = Duration.milliseconds(20)
    /// It is rung for again after so many beats.
    private static let ringBeats = 25

    /// The lock of the pair; nil when there is no folder for it, which is shouted about.
    ///
    /// With `plan` whoever holds it is made to hand over to that plan, and is waited for.
    static func take(
        _ pair: String, _ folders: StateFolders, supersedingFor plan: String? = nil
    ) throws -> PairLock? {
        for fault in folders.prepare(pair) { warn("\(fault)") }
        if let fault = MarkFolder(ReplicaMark.folder).sweep() { warn("\(fault)") }
        switch PairLock.take(pair, in: folders) {
        case .success(let lock): return lock
        case .failure(.failed(let fault)):
            warn("\(fault); nothing keeps another run from beginning beside this one")
            return nil
        case .failure(.held(let holder)):
            guard let plan else {
                warn(
                    "\(holder.text) holds the lock of pair \(pair): "
                        + (holder.stopped
                            ?? "one run at a time; wait for it (`failover status`), or take over"
                            + " with --supersede"))
                throw ExitCode(held)
            }
            if let stopped = holder.stopped { warn("\(holder.text) is waited for: \(stopped)") }
            return try takeOver(pair, folders, plan)
        }
    }

    /// Claims the lock and waits until its holder has handed over.
    private static func takeOver(
        _ pair: String, _ folders: StateFolders, _ plan: String
    ) throws -> PairLock? {
        let takeover = Takeover(pair, in: folders)
        var claim: PairLock?
        defer { withExtendedLifetime(claim) {} }
        let host = LocalHost(syslog: nil, catchingInterrupts: true)
        let end = host.now + patience
        var beats = 0
        while host.now < end {
            if claim == nil { claim = try made(takeover.claim(for: plan), pair) }
            // Who has only just taken the lock may not have heard the last ring.
            if claim != nil, beats.isMultiple(of: ringBeats) { Doorbell.ring(pair, in: folders) }
            if case .success(let lock) = PairLock.take(pair, in: folders) { return lock }
            beats += 1
            host.perform(.sleep(WorkID(beats), until: host.now + beat))
            if case .interrupt? = host.next()?.input {
                throw ExitCode(Ending.Kind.interrupted.exitCode)
            }
        }
        warn("whoever holds the lock of pair \(pair) did not hand over")
        throw ExitCode(held)
    }

    /// The claim; nil while somebody else claims the lock, who comes first then.
    private static func made(
        _ claim: Result<PairLock, PairLock.LockFault>, _ pair: String
    ) throws -> PairLock? {
        switch claim {
        case .success(let made): return made
        case .failure(.held): return nil
        case .failure(.failed(let fault)):
            warn("the lock of pair \(pair) cannot be claimed: \(fault)")
            throw ExitCode(held)
        }
    }

    /// Tells a person who runs something by hand that somebody holds the pair.
    static func tellHold(of pair: String, _ folders: StateFolders) {
        guard let hold = Hold.read(pair, in: folders) else { return }
        warn("pair \(pair) is on hold: \(hold.text); what a person runs goes on all the same")
    }

    /// The runs of a pair, the newest first; where nobody can tell, the program ends and says so.
    static func runs(on shelf: JournalShelf) throws -> [String] {
        switch shelf.list() {
        case .success(let runs): return runs
        case .failure(let fault):
            warn("pair \(shelf.pair): its runs cannot be told: \(fault)")
            throw ExitCode(PairStatus.Standing.untoldCode)
        }
    }

    /// Tells a person, and the log, what the store cannot do.
    static func shout(to syslog: Syslog?) -> (StoreFault) -> Void {
        { fault in
            warn("\(fault)")
            syslog?.send("\(fault)", level: "crit")
        }
    }

    /// Tells a person that something could not be done; what to throw then.
    static func fault(_ text: String) -> ExitCode {
        warn(text)
        return ExitCode(Ending.Kind.refused.exitCode)
    }

    static func warn(_ text: String) {
        var errors = Console.standardError(patience: RunView.patience)
        errors.write(DisplayOptions.style(for: errors).fitted("failover: \(text)\n"))
    }
}
