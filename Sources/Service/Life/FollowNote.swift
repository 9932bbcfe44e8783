import Engine
import LocalHost

/// For which breaks a plan of the site's own was begun, in this boot: a file beside the lock, with
/// which each runs once. Only who has the lock of the pair writes it.
struct FollowNote {
    private static let sizeLimit = 1 << 20
    private let path: String

    init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/followed"
    }

    /// When each of them was told as broken, by what is to hold: milliseconds of the time of day.
    var begun: [String: Int64] {
        guard case .success(let bytes?) = StoreFile.read(path, limit: Self.sizeLimit) else {
            return [:]
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == BootID.current else { return [:] }
        var begun: [String: Int64] = [:]
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { begun[words[1]] = Int64(words[0]) }
        }
        return begun
    }

    /// Notes that the plan for one of these breaks begins now; nil notes what is known already,
    /// which shows whether anything can be noted.
    func begin(_ name: String?, of breaks: [Monitor.Break]) -> StoreFault? {
        let lines = breaks.filter { $0.isFollowed || $0.summary == name }
            .map { "\($0.since) \($0.summary)" }
        let text = ([BootID.current] + lines).map { $0 + "\n" }.joined()
        return StoreFile.replace(path, with: Array(text.utf8))
    }
}
