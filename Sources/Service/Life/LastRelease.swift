import Engine
import LocalHost

/// When a pair was last given up for what is watched, in this boot, and whether that was done: a
/// file beside the lock.
struct LastRelease {
    /// What was begun and not done is tried again until it was begun so often.
    private static let attempts = 3
    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/given-up"
    }

    /// Why it is not to be done now; nil where it can be.
    var obstacle: String? {
        guard let last else { return nil }
        let ago = MonotonicClock.now - last.at
        // Two nodes with one cause would hand the pair to each other for ever.
        guard ago < MonitorRounds.releasePause else { return nil }
        if last.begun == 0 { return "that was done \(elapsedText(ago)) ago already" }
        guard last.begun >= Self.attempts else { return nil }
        return "that was begun \(last.begun) times and did not come to its end, the last time"
            + " \(elapsedText(ago)) ago"
    }

    /// Notes that it begins now.
    func begin() -> StoreFault? {
        let isRecent = last.map { MonotonicClock.now - $0.at < MonitorRounds.releasePause }
        return note((isRecent == true ? last?.begun ?? 0 : 0) + 1)
    }

    /// Notes that it is done now.
    func finish() -> StoreFault? { note(0) }

    private func note(_ begun: Int) -> StoreFault? {
        let text = "\(BootID.current) \(MonotonicClock.now.nanoseconds) \(begun)\n"
        return StoreFile.replace(path, with: Array(text.utf8))
    }

    /// When it was last begun, and how often without being done; or when it was done, with 0.
    private var last: (at: Instant, begun: Int)? {
        guard case .success(let bytes?) = StoreFile.read(path) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split { " \n".contains($0) }
        guard words.count == 3, words[0] == BootID.current, let nanoseconds = Int64(words[1]),
            let begun = Int(words[2])
        else { return nil }
        return (Instant(nanoseconds: nanoseconds), begun)
    }
}
