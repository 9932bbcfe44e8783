package import Engine
import FoundationEssentials
package import LocalHost

/// How the last run of a pair ended: a file beside the lock, which knows it also when no journal
/// could be written.
package struct LastEnding {
    /// What `fitting` leaves of an ending, whatever is in it, is no longer.
    private static let sizeLimit = 4 << 20
    private static let servingWord = "serving"

    package let ending: Ending
    package let at: Instant
    /// The run, by its name; nil for one that was refused before it had any.
    package let run: String?
    /// What it says of the runs to come.
    package let lastRun: LastRun

    /// Notes how a run, by its name, ended just now; false where that cannot be noted.
    @discardableResult
    package static func note(
        _ ending: Ending, of direction: Plan.Direction?, run: String?, pair: String,
        in folders: StateFolders
    ) -> Bool {
        let record = Record(at: MonotonicClock.now, .ended(ending.fitting))
        // What was broken before it is past.
        if direction != nil, ending.kind != .refused { BreakNote(pair, in: folders).clear() }
        let before = LastEnding(pair, in: folders)?.lastRun ?? LastRun()
        let lastRun = before.after(ending, of: direction)
        let direction = direction?.rawValue ?? "none"
        let serving = lastRun.isServing ? [servingWord] : []
        let words = [BootID.current, direction, lastRun.leavings.rawValue, run ?? "-"] + serving
        let text = words.joined(separator: " ") + "\n" + JSONLines().line(record)
        return StoreFile.replace(path(pair, folders), with: Array(text.utf8)) == nil
    }

    /// What was noted in this boot.
    package init?(_ pair: String, in folders: StateFolders) {
        let read = StoreFile.read(Self.path(pair, folders), limit: Self.sizeLimit)
        guard case .success(let bytes?) = read else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard lines.count == 2 else { return nil }
        let words = String(decoding: lines[0], as: UTF8.self).split(separator: " ")
        guard words.count >= 2, words[0] == BootID.current,
            let record = try? JSONDecoder().decode(Record.self, from: Data(lines[1])),
            case .ended(let ending) = record.fact
        else { return nil }
        self.ending = ending
        at = record.at
        run = words.dropFirst(3).first.flatMap { $0 == "-" ? nil : String($0) }
        let direction = Plan.Direction(rawValue: String(words[1]))
        lastRun =
            words.dropFirst(2).first.flatMap { Leavings(rawValue: String($0)) }
            .map {
                let isServing = words.dropFirst(4).first.map { $0 == Self.servingWord } ?? false
                return LastRun(direction, leavings: $0, isServing: isServing)
            } ?? LastRun().after(ending, of: direction)
    }

    private static func path(_ pair: String, _ folders: StateFolders) -> String {
        "\(folders.runtime(of: pair))/last"
    }
}
