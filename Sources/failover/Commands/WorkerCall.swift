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
        /// What follows from one thing that is not so is to be done.
        case consequence
    }

    let duty: Duty
    let folder: String
    let pair: String
    let platform: Platform
    /// What is wanted, in the words of the caller: it counts when the spool cannot be read.
    var wanted: Plan.Direction?
    /// Whether the caller's lock is handed over.
    var hasLock = false
    /// What is not so, as it is told.
    var item: String?
    /// Whether that is news.
    var isNews = false

    /// For an installation; all else is of the caller.
    init(
        _ duty: Duty, _ installation: Installation, _ pair: Signals.Pair,
        wanted: Plan.Direction? = nil, hasLock: Bool = false, item: String? = nil,
        isNews: Bool = false
    ) {
        self.duty = duty
        folder = installation.folder
        self.pair = pair.name
        platform = installation.platform
        self.wanted = wanted
        self.hasLock = hasLock
        self.item = item
        self.isNews = isNews
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
            MonitorRound(desk.reception, pair) { desk.follow(pair, $0, $1, isNews: $2) }.run()
        case .consequence:
            let desk = Desk(installation)
            Consequence(
                desk.reception, pair, of: item ?? "", isNews: isNews, tell: { desk.tell($0) }
            ).follow(under: lock(installation))
        }
    }

    /// The lock that the caller handed over.
    private func lock(_ installation: Installation) -> PairLock? {
        guard hasLock else { return nil }
        return try? PairLock(
            inheriting: Detached.keptDescriptor, pair, in: installation.folders)
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
            Worker(installation, pair, handed: handed).work(under: lock(installation))
        }
        // The lock is free: nobody waits for what a disk may hold up.
        if let fault = good?.keep(installation.site) {
            installation.syslog?.send("\(fault)", level: "err")
        }
    }
}

extension WorkerCall {
    private static let keys = ["--plans", "--pair", "--platform", "--wanted", "--item"]
    private static let lockWord = "--with-lock"
    private static let newsWord = "--news"

    /// The words behind `failover`.
    var words: [String] {
        let values: [String?] = [folder, pair, platform.rawValue, wanted?.rawValue, item]
        let settled = zip(Self.keys, values).flatMap { key, value in value.map { [key, $0] } ?? [] }
        return [duty.rawValue] + settled + (hasLock ? [Self.lockWord] : [])
            + (isNews ? [Self.newsWord] : [])
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
            } else if word == Self.newsWord {
                isNews = true
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
        item = values["--item"]
    }
}
