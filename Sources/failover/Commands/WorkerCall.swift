import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// A call of `failover worker`, by which `on` and `watch` have what is wanted brought about.
///
/// Nobody else makes one: its words are written and read here, without the parser of options, since
/// they stand on the way from the signal to the first step.
struct WorkerCall: Equatable {
    /// The word behind `failover`.
    static let name = "worker"

    let folder: String
    let pair: String
    let platform: Platform
    /// What is wanted, in the words of the caller: it counts when the spool cannot be read.
    var wanted: Plan.Direction?
    /// Whether the caller's lock is handed over.
    var hasLock = false

    /// For an installation; `wanted` and `hasLock` are of the caller.
    init(
        _ installation: Installation, _ pair: Signals.Pair, wanted: Plan.Direction? = nil,
        hasLock: Bool = false
    ) {
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

    /// The words behind `failover worker`.
    var words: [String] {
        let values = [folder, pair, platform.rawValue, wanted?.rawValue]
        let settled = zip(Self.keys, values).flatMap { key, value in value.map { [key, $0] } ?? [] }
        return settled + (hasLock ? [Self.lockWord] : [])
    }

    /// The call that these words make; nil for words that no engine has written.
    init?(_ words: some Sequence<String>) {
        var values: [String: String] = [:]
        var rest = words.makeIterator()
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
