package import LocalHost

/// A person's claim on the lock of a pair: whoever holds it hands over and leaves.
///
/// It is a lock as well, so that it ends with whoever makes it, and one claims at a time.
package struct Takeover {
    private let pair: String
    private let folders: StateFolders

    package init(_ pair: String, in folders: StateFolders) {
        self.pair = pair
        self.folders = folders
    }

    /// The plan that a person wants to run; nil when nobody claims the lock.
    package var claim: String? {
        PairLock.holder(of: pair, in: folders, .takeover).map {
            $0.what.isEmpty ? "a person's plan" : $0.what
        }
    }

    /// Claims the lock for a plan, for as long as what is given lives.
    package func claim(for plan: String) -> Result<PairLock, PairLock.LockFault> {
        PairLock.take(pair, in: folders, for: plan, .takeover)
    }
}
