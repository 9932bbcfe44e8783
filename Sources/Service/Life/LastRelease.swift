import Engine
import LocalHost

/// When a pair was last given up for what is watched, in this boot: a file beside the lock.
struct LastRelease {
    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/given-up"
    }

    /// How long ago that was; nil when it was not.
    var ago: Duration? {
        guard case .success(let bytes?) = StoreFile.read(path) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words[0] == BootID.current,
            let nanoseconds = Int64(words[1].filter { $0 != "\n" })
        else { return nil }
        return MonotonicClock.now - Instant(nanoseconds: nanoseconds)
    }

    /// Notes that it is done now.
    func note() -> StoreFault? {
        let text = "\(BootID.current) \(MonotonicClock.now.nanoseconds)\n"
        return StoreFile.replace(path, with: Array(text.utf8))
    }
}
