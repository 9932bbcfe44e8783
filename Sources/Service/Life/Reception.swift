package import Engine
package import LocalHost

/// Takes in what comes from outside: it is recorded, and a worker is told or started.
///
/// devd(8) waits for whoever it calls and is deaf meanwhile, so nothing here waits for anything.
package struct Reception {
    /// What became of a notice for one pair.
    package struct Receipt {
        package let pair: Signals.Pair
        package let wanted: Wanted
        package let isHeld: Bool
        /// What could not be recorded or started, for a person.
        package let faults: [StoreFault]
    }

    package let installation: Installation
    /// Starts a worker for a pair with its lock in its hand, and with what is wanted where that
    /// could not be recorded.
    package typealias Start = (Signals.Pair, PairLock?, Plan.Direction?) -> StoreFault?

    private let startWorker: Start

    package init(
        _ installation: Installation,
        startWorker: @escaping Start
    ) {
        self.installation = installation
        self.startWorker = startWorker
    }

    /// Records what the notice wants of each pair that it selects, and has it acted on.
    ///
    /// `only` keeps to one pair; `at` is when the notice came, by which the newest wins.
    package func take(_ notice: Notice, only: String? = nil, at: Instant) -> [Receipt] {
        installation.signals.select(notice)
            .filter { only == nil || $0.pair.name == only }
            .map { selected in
                if notice.isOfAddress {
                    AddressNote(selected.pair.name, in: installation.folders)
                        .hear(selected.direction)
                }
                return take(selected.direction, of: selected.pair, from: notice.text, at: at)
            }
    }

    /// Records that `direction` is wanted of a pair, and has it acted on.
    package func take(
        _ direction: Plan.Direction, of pair: Signals.Pair, from source: String, at: Instant
    ) -> Receipt {
        let folders = installation.folders
        var faults: [StoreFault] = []
        let record = WantedRecord(
            direction, signal: pair[direction].signal, source: source, at: at)
        let spool = WantedSpool(pair.name, in: folders)
        var unrecorded = spool.put(record.bytes, at: at)
        if unrecorded != nil {
            // The first signal of a boot finds no folder; each other is spared the look at it.
            faults = folders.prepare(pair.name)
            unrecorded = spool.put(record.bytes, at: at)
        }
        if let unrecorded { faults.append(unrecorded) }
        let wanted = Wanted(
            direction: direction, signal: pair[direction].signal, source: source, at: at,
            serial: "")
        let isHeld = Hold.held(pair.name, in: folders).covers(direction)
        if !isHeld, let fault = wake(pair, handing: unrecorded == nil ? nil : direction) {
            faults.append(fault)
        }
        return Receipt(pair: pair, wanted: wanted, isHeld: isHeld, faults: faults)
    }

    /// Rings for the worker that holds the lock, or starts one with the lock in its hand.
    ///
    /// Recorded first and locked then, while a worker unlocks first and looks once more then: one
    /// of the two always sees the other.
    package func wake(
        _ pair: Signals.Pair, handing direction: Plan.Direction? = nil
    ) -> StoreFault? {
        let folders = installation.folders
        for attempt in 1... {
            switch PairLock.take(pair.name, in: folders) {
            case .success(let lock): return startWorker(pair, lock, direction)
            case .failure(.held):
                // Nobody hears it while a worker begins.
                let isHeard = Doorbell.ring(pair.name, in: folders)
                if isHeard || attempt == Self.attempts { return nil }
                MonotonicClock.pause(Self.pause)
            case .failure(.failed(let fault)):
                // Without a folder for locks there is still a worker, and it will look for itself.
                return startWorker(pair, nil, direction) ?? fault
            }
        }
        return nil
    }

    /// Gives back a lock that was held for no signal; whoever recorded one since `start` relies on
    /// this look.
    package func letGo(_ lock: PairLock, of pair: Signals.Pair, since start: Instant) {
        lock.release()
        guard hasNews(of: pair, since: start), let fault = wake(pair) else { return }
        installation.syslog?.send("\(fault)", level: "crit")
    }

    /// Whether a signal was recorded since `start` that is to be acted on.
    func hasNews(of pair: Signals.Pair, since start: Instant) -> Bool {
        let folders = installation.folders
        guard let wanted = WantedSpool(pair.name, in: folders).newestWanted() else { return false }
        return wanted.at >= start && !Hold.held(pair.name, in: folders).covers(wanted.direction)
    }

    /// The lock is asked for so often where nobody hears the bell, and after such a pause.
    private static let attempts = 5
    private static let pause = Duration.milliseconds(1)
}
