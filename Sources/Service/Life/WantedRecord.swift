package import Engine
import FoundationEssentials
package import LocalHost

/// What is wanted of a pair, as it lies in the spool.
package struct WantedRecord: Codable, Sendable {
    let direction: String
    let signal: String
    let source: String
    let at: Int64

    package init(_ direction: Plan.Direction, signal: String, source: String, at: Instant) {
        self.direction = direction.rawValue
        self.signal = signal
        self.source = source
        self.at = at.nanoseconds
    }

    /// Its bytes.
    package var bytes: [UInt8] { Array(JSONLines().line(self).utf8) }
}

extension WantedSpool {
    /// The newest record of this boot; one that cannot be read is passed over.
    package func newestWanted() -> Wanted? {
        guard let (serial, bytes) = newest(),
            let record = try? JSONDecoder().decode(WantedRecord.self, from: Data(bytes)),
            let direction = Plan.Direction(rawValue: record.direction)
        else { return nil }
        return Wanted(
            direction: direction, signal: record.signal, source: record.source,
            at: Instant(nanoseconds: record.at), serial: serial)
    }
}
