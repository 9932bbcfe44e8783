import CSystem
public import Engine

/// That a person keeps a pair as it is for a while: signals are recorded, and not acted on, or
/// those not that would take the pair over.
public struct Hold: Hashable, Sendable {
    /// Who set it.
    public let who: String
    /// What for.
    public let reason: String
    /// What is held.
    public let held: Held
    /// When: milliseconds of the time of day, or 0.
    public let since: Int64

    private static let wordLimit = 500

    /// Holds a pair until it is cleared, or the next boot.
    public static func set(
        _ pair: String,
        in folders: StateFolders,
        by who: String,
        reason: String,
        _ held: Held = .all
    ) -> StoreFault? {
        let lines = [
            "since \(WallClock.milliseconds)", "holds \(held.rawValue)",
            "who \(printable(who).prefix(wordLimit))",
            "reason \(printable(reason).prefix(wordLimit))",
        ]
        let text = lines.map { $0 + "\n" }.joined()
        return StoreFile.replace(path(of: pair, in: folders), with: Array(text.utf8))
    }

    /// Ends a hold; that there is none is no fault.
    public static func clear(_ pair: String, in folders: StateFolders) -> StoreFault? {
        let path = path(of: pair, in: folders)
        if unlink(path) == 0 || [ENOENT, ENOTDIR].contains(system_error()) { return nil }
        return StoreFault("the hold \(path) cannot be removed", system_error(), at: path)
    }

    /// The hold of a pair, if there is one. One that cannot be read holds all the same.
    public static func read(_ pair: String, in folders: StateFolders) -> Hold? {
        switch StoreFile.read(path(of: pair, in: folders)) {
        case .success(nil): return nil
        case .success(let bytes?): return Hold(String(decoding: bytes, as: UTF8.self))
        case .failure(let fault): return Hold("reason \(fault.why)")
        }
    }

    /// What is held of a pair.
    public static func held(_ pair: String, in folders: StateFolders) -> Held {
        read(pair, in: folders)?.held ?? .nothing
    }

    private init(_ text: String) {
        var words: [Substring: Substring] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { words[parts[0]] = parts[1] }
        }
        who = printable(words["who"] ?? "")
        reason = printable(words["reason"] ?? "")
        held = words["holds"].flatMap { Held(rawValue: String($0)) } ?? .all
        since = words["since"].flatMap { Int64($0) } ?? 0
    }

    private static func path(of pair: String, in folders: StateFolders) -> String {
        folders.runtime(of: pair) + "/hold"
    }
}
