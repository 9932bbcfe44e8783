import ArgumentParser
import Engine
import LocalHost
import Service

/// What the commands that take signals in have in common: it starts workers, and tells what came.
struct Desk {
    private let installation: Installation
    private let options: InstallationOptions
    let reception: Reception

    init(_ installation: Installation, _ options: InstallationOptions) {
        self.installation = installation
        self.options = options
        let words = WorkerCommand.words(in: options.path, options.platform)
        reception = Reception(installation) { pair, lock, direction in
            let own = words + ["--pair", pair.name, "--wanted", direction.rawValue]
            let argv = lock == nil ? own : own + ["--with-lock"]
            return Detached.start([Self.program] + argv, keeping: lock).fault
        }
    }

    private static let program = Detached.executable ?? CommandLine.arguments[0]

    /// One line for the log of what came and what follows.
    func tell(_ receipt: Reception.Receipt) {
        let held = receipt.isHeld ? "; on hold, so nothing follows" : ""
        installation.syslog?.send(
            "\(receipt.pair.name): \(receipt.wanted.source) wants \(receipt.wanted.signal)\(held)")
        for fault in receipt.faults { installation.syslog?.send("\(fault)", level: "crit") }
    }

    /// Stays until what is wanted is so or was given up; gives the exit code of its run, and where
    /// nothing tells of one that of what is left as it is.
    func await(_ wanted: Wanted, of pair: Signals.Pair) -> Int32 {
        let ending = Vigil(pair.name, in: installation.folders).await(wanted)
        return (ending?.kind ?? .left).exitCode
    }
}

extension Result where Failure == StoreFault {
    /// What went wrong, if anything did.
    fileprivate var fault: StoreFault? {
        if case .failure(let fault) = self { fault } else { nil }
    }
}
