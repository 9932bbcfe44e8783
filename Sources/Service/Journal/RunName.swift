import FoundationEssentials
package import LocalHost

/// Names a run by its number, its begin and its process; names sort by the number.
package struct RunName: Hashable, Sendable {
    /// `000017-20261122T031500.123Z-4711`.
    package let text: String
    /// The wall clock at its begin, ISO 8601 in UTC.
    package let time: String
    package let pid: Int32

    private static let digits = 6

    /// The name of a run that begins now, in this process.
    package init(number: Int = 0) {
        time = wallTime(Date.now)
        pid = ProcessInfo.processInfo.processIdentifier
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, Self.digits - digits.count))
        text = "\(zeros)\(digits)-" + time.filter { $0 != "-" && $0 != ":" } + "-\(pid)"
    }

    /// The number of the next run of a pair, greater than that of each run before.
    ///
    /// The last one is noted beside the lock; the first run of a boot looks at the journals.
    package static func nextNumber(of pair: String, in folders: StateFolders) -> Int {
        let path = folders.runtime(of: pair) + "/number"
        let next = (noted(at: path) ?? highest(in: folders.runs(of: pair))) + 1
        if StoreFile.replace(path, with: Array("\(next)\n".utf8)) != nil {
            // What is there may be too small for the run after this one.
            StoreFile.remove(path)
        }
        return next
    }

    private static func noted(at path: String) -> Int? {
        guard case .success(let bytes?) = StoreFile.read(path) else { return nil }
        let number = Int(String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" })
        return number.flatMap { (1..<Int(Int32.max) * 1000).contains($0) ? $0 : nil }
    }

    /// The number of the newest journal; where nobody can tell, one that is above all others.
    private static func highest(in folder: String) -> Int {
        switch JournalFolder.list(folder) {
        case .success(let runs):
            JournalFolder.number(of: runs.first?.split(separator: "/").last ?? "")
        case .failure: Int(Date.now.timeIntervalSince1970)
        }
    }
}

/// A wall clock, ISO 8601 in UTC.
func wallTime(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
}

/// Milliseconds of the time of day in words: `2026-11-22T03:15:00Z`; nil for 0, which is not known.
package func wallTime(milliseconds: Int64) -> String? {
    guard milliseconds > 0 else { return nil }
    return Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(
        Date.ISO8601FormatStyle(timeZone: .gmt))
}
