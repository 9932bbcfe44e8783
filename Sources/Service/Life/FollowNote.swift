import Engine
import LocalHost

/// For which breaks a plan of the site's own was begun, in this boot: a file beside the lock, with
/// which each runs once. Only who has the lock of the pair writes it.
struct FollowNote {
    private let file: BootNote

    init(_ pair: String, in folders: StateFolders) {
        file = BootNote("followed", of: pair, in: folders)
    }

    /// When each of them was told as broken, by what is to hold: milliseconds of the time of day.
    var begun: [String: Int64] {
        var begun: [String: Int64] = [:]
        for line in file.lines {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 { begun[words[1]] = Int64(words[0]) }
        }
        return begun
    }

    /// Notes that the plan for one of these breaks begins now; nil notes what is known already,
    /// which shows whether anything can be noted.
    func begin(_ name: String?, of breaks: [Monitor.Break]) -> StoreFault? {
        let followed = breaks.filter { $0.isFollowed || $0.summary == name }
        return file.replace(with: followed.map { "\($0.since) \($0.summary)" })
    }
}
