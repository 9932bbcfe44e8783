import ArgumentParser
import Engine
import LocalHost
import Service

/// What the commands that take signals in have in common: it starts workers, and tells what came.
struct Desk {
    private let installation: Installation
    let reception: Reception

    init(_ installation: Installation) {
        self.installation = installation
        reception = Reception(installation) { pair, lock, handed in
            let call = WorkerCall(
                .worker, installation, pair, wanted: handed, hasLock: lock != nil)
            let complaint = installation.syslog?.line(
                "\(pair.name): no worker was started, so that what is wanted waits for the next "
                    + "signal: ", level: "crit")
            return Detached.start([Self.program] + call.words, keeping: lock, complaint: complaint)
                .fault
        }
    }

    private static let program = Detached.executable ?? CommandLine.arguments[0]

    /// Has it looked whether all is well while the pair is served here.
    func monitor(_ pair: Signals.Pair) -> StoreFault? {
        let call = WorkerCall(.monitor, installation, pair)
        let complaint = installation.syslog?.line(
            "\(pair.name): nobody looks whether all is well: ", level: "err")
        return Detached.start([Self.program] + call.words, complaint: complaint).fault
    }

    /// Has done what follows from what is watched and not so, in a process of its own.
    func follow(
        _ pair: Signals.Pair, _ item: String, _ lock: PairLock?, isNews: Bool
    ) -> StoreFault? {
        let call = WorkerCall(
            .consequence, installation, pair, hasLock: lock != nil, item: item, isNews: isNews)
        let complaint = installation.syslog?.line(
            "\(pair.name): nothing is done about what is not so: \(item): ", level: "crit")
        return Detached.start([Self.program] + call.words, keeping: lock, complaint: complaint)
            .fault
    }

    /// One line for the log of what came and what follows.
    func tell(_ receipt: Reception.Receipt) {
        let held = receipt.isHeld ? "; on hold, so nothing follows" : ""
        installation.syslog?.send(
            "\(receipt.pair.name): \(receipt.wanted.source) wants \(receipt.wanted.signal)\(held)")
        for fault in receipt.faults { installation.syslog?.send("\(fault)", level: "crit") }
    }

    /// Has acted on what was recorded while a person held the lock, since `start`, if anything was;
    /// what was wanted before waits for the next signal, as a person's deed counts more.
    func wakeIfWanted(_ pair: Signals.Pair, since start: Instant) {
        let folders = installation.folders
        guard let wanted = WantedSpool(pair.name, in: folders).newestWanted(), wanted.at >= start,
            !Hold.held(pair.name, in: folders).covers(wanted.direction)
        else { return }
        if let fault = reception.wake(pair) { installation.syslog?.send("\(fault)", level: "crit") }
    }

    /// Stays until what is wanted is so or was given up, tells what happens meanwhile, and starts
    /// another worker where one dies.
    func outcome(of wanted: Wanted, of pair: Signals.Pair) -> Vigil.Outcome {
        let folders = installation.folders
        let vigil = Vigil(pair.name, in: folders, tell: { Locked.warn("\(pair.name): \($0)") }) {
            guard !Hold.held(pair.name, in: folders).covers(wanted.direction) else { return }
            let text = "\(pair.name): the worker is gone; another one is started"
            installation.syslog?.send(text)
            Locked.warn(text)
            if let fault = reception.wake(pair) {
                installation.syslog?.send("\(fault)", level: "crit")
            }
        }
        return vigil.await(wanted)
    }

    /// The same, and the exit code of what was asked for: 0 only where the node is what was wanted.
    func await(_ wanted: Wanted, of pair: Signals.Pair) -> Int32 {
        switch outcome(of: wanted, of: pair) {
        case .interrupted:
            Locked.warn(Self.goesOn(wanted, pair))
            return Ending.Kind.interrupted.exitCode
        case .untold: return Ending.Kind.left.exitCode
        case .ended(let ending, wanted.direction): return ending.kind.exitCode
        case .ended(_, let direction):
            let instead = direction.map { "the \($0.rawValue) came instead" } ?? "nothing ran"
            Locked.warn(
                "\(pair.name): this node is not what \(wanted.signal) wants: \(instead);"
                    + " `failover history` tells why")
            return Ending.Kind.refused.exitCode
        }
    }

    /// What a person should know who waits no more.
    static func goesOn(_ wanted: Wanted, _ pair: Signals.Pair) -> String {
        "\(pair.name): waiting ended; \(wanted.signal) is still wanted and goes on by itself;"
            + " `failover status` tells how, `failover on` with the other signal turns it round"
    }
}

extension Result where Failure == StoreFault {
    /// What went wrong, if anything did.
    fileprivate var fault: StoreFault? {
        if case .failure(let fault) = self { fault } else { nil }
    }
}
