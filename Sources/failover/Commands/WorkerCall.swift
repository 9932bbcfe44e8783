import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// A call of the program by which `on` and `watch` have something done for a pair by a process of
/// its own.
///
/// Nobody else makes one: its words are written and read here, without the parser of options, since
/// they stand on the way from the signal to the first step.
struct WorkerCall: Equatable {
    /// What is to be done: the word behind `failover`.
    enum Duty: String {
        /// What is wanted is to be brought about.
        case worker
        /// It is to be looked whether all is well while the pair is served here.
        case monitor
    }

    let duty: Duty
    let folder: String
    let pair: String
    let platform: Platform
    /// What is wanted, in the words of the caller: it counts when the spool cannot be read.
    var wanted: Plan.Direction?
    /// Whether the caller's lock is handed over.
    var hasLock = false

    /// For an installation; `wanted` and `hasLock` are of the caller.
    init(
        _ duty: Duty, _ installation: Installation, _ pair: Signals.Pair,
        wanted: Plan.Direction? = nil, hasLock: Bool = false
    ) {
        self.duty = duty
        folder = installation.folder
        self.pair = pair.name
        platform = installation.platform
        self.wanted = wanted
        self.hasLock = hasLock
    }

    func run() throws {
        Console.outliveReaders()
        let installation = try InstallationOptions.load(folder, on: platform)
        let named = installation.signals.pairs.first { $0.name == pair }
        guard let pair = named else {
            throw ValidationError("signals.yaml has no pair \(self.pair) any more")
        }
        switch duty {
        case .worker: work(installation, pair)
        case .monitor:
            let desk = Desk(installation)
            MonitorRound(desk.reception, pair, tell: { desk.tell($0) }).run()
        }
    }

    private func work(_ installation: Installation, _ pair: Signals.Pair) {
        if let fault = MarkFolder(ReplicaMark.folder).sweep() {
            installation.syslog?.send("\(fault)", level: "err")
        }
        let good = LastGood(installation)
        let handed = wanted.map { direction in
            Wanted(
                direction: direction, signal: pair[direction].signal, source: "the caller",
                at: MonotonicClock.now, serial: "")
        }
        do {
            let folders = installation.folders
            let lock =
                hasLock
                ? try? PairLock(inheriting: Detached.keptDescriptor, pair.name, in: folders) : nil
            Worker(installation, pair, handed: handed).work(under: lock)
        }
        // The lock is free: nobody waits for what a disk may hold up.
        if let fault = good?.keep(installation.site) {
            installation.syslog?.send("\(fault)", level: "err")
        }
    }
}

extension WorkerCall {
    private static let keys = ["--plans", "--pair", "--platform", "--wanted"]
    private static let lockWord = "--with-lock"

    /// The words behind `failover`.
    var words: [String] {
        let values: [String?] = [folder, pair, platform.rawValue, wanted?.rawValue]
        let settled = zip(Self.keys, values).flatMap { key, value in value.map { [key, $0] } ?? [] }
        return [duty.rawValue] + settled + (hasLock ? [Self.lockWord] : [])
    }

    /// The call that these words behind `failover` make; nil for words that no engine has written.
    init?(_ words: some Sequence<String>) {
        var rest = words.makeIterator()
        guard let duty = rest.next().flatMap(Duty.init(rawValue:)) else { return nil }
        self.duty = duty
        var values: [String: String] = [:]
        while let word = rest.next() {
            if word == Self.lockWord {
                hasLock = true
            } else if Self.keys.contains(word), let value = rest.next() {
                values[word] = value
            } else {
                return nil
            }
        }
        guard let folder = values["--plans"], let pair = values["--pair"],
            let platform = values["--platform"].flatMap(Platform.init(rawValue:))
        else { return nil }
        self.folder = folder
        self.pair = pair
        self.platform = platform
        wanted = values["--wanted"].flatMap(Plan.Direction.init(rawValue:))
    }
}
