package import Engine
package import LocalHost

/// The journal of a run as it is written: a line for each record, an intent synced before its work
/// is handed to the host.
///
/// It never stops a failover: what cannot be written is shouted about once, and the run goes on.
package final class Journal {
    private let writer: JournalWriter
    private let lines = JSONLines()
    private let shout: (StoreFault) -> Void

    /// Opens the journal at `path`; `shout` is told each kind of fault once.
    ///
    /// With `resuming` it goes on with the journal that is there, of so many bytes.
    package init(
        path: String, resuming size: Int? = nil, shout: @escaping (StoreFault) -> Void
    ) {
        writer = JournalWriter(path: path, resuming: size != nil, size: size ?? 0)
        self.shout = shout
    }

    /// Writes what the run is made of.
    package func begin(_ heading: JournalHeading) { append(heading, isSynced: false) }

    /// Takes a record in.
    package func take(_ record: Record) {
        guard case .ended(let ending) = record.fact else {
            return append(record, isSynced: record.fact.isAnnouncement)
        }
        append(Record(at: record.at, .ended(ending.fitting)), isSynced: true, isLast: true)
    }

    /// No more is written.
    package func close() {
        if let fault = writer.close() { shout(fault) }
    }

    private func append(_ value: some Encodable, isSynced: Bool, isLast: Bool = false) {
        let line = Array(lines.line(value).utf8)
        if let fault = writer.append(line, sync: isSynced, isLast: isLast) { shout(fault) }
    }
}

extension Fact {
    /// Whether it must be on disk before anything follows from it.
    fileprivate var isAnnouncement: Bool {
        switch self {
        case .intent, .resumed, .ended, .phase(.committed): true
        default: false
        }
    }
}
