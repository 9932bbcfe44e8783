package import Engine
import FoundationEssentials
package import LocalHost

/// Attempts that came to the same end, one after the other: of their journals the first and the
/// last are kept.
package struct Series: Codable, Hashable, Sendable {
    /// What they have in common.
    package struct Kind: Codable, Hashable, Sendable {
        package let plan: String
        package let signal: String?
        package let ending: String
        package let reason: String

        /// Nil for what is told each time: a run that is done.
        package init?(plan: String, signal: String?, _ ending: Ending) {
            guard ending.kind != .done else { return nil }
            self.plan = plan
            self.signal = signal
            self.ending = ending.kind.rawValue
            reason = ending.fitting.reason
        }
    }

    private let kind: Kind
    private let first: String
    private let last: String

    /// Notes beside the lock how a run ended; gives the run whose journal lies between the first
    /// and the last of its series now.
    package static func note(
        _ run: String, _ kind: Kind?, of pair: String, in folders: StateFolders
    ) -> String? {
        let path = folders.runtime(of: pair) + "/series"
        guard let kind else {
            StoreFile.remove(path)
            return nil
        }
        let before = read(path)
        let goesOn = before?.kind == kind
        let series = Series(kind: kind, first: goesOn ? before?.first ?? run : run, last: run)
        guard StoreFile.replace(path, with: Array(JSONLines().line(series).utf8)) == nil,
            goesOn, let before, before.last != before.first, before.last != run
        else { return nil }
        return before.last
    }

    private static let limit = 1 << 20

    private static func read(_ path: String) -> Series? {
        guard case .success(let bytes?) = StoreFile.read(path, limit: limit) else { return nil }
        return try? JSONDecoder().decode(Self.self, from: Data(bytes))
    }
}
