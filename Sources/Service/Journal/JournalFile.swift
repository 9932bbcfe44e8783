package import Engine
import FoundationEssentials

/// A journal that was read: as much of it as can be understood.
package struct JournalFile: Sendable {
    package let heading: JournalHeading
    package let records: [Record]
    /// The lines that are no records, by their number; a torn last line is not among them.
    package let damaged: [Int]
    /// Whether the last line was cut off, as by a crash or a full disk.
    package let isTorn: Bool
    /// Whether this is only the beginning of one that is longer than any that is written.
    package let isCut: Bool
    /// Its bytes.
    package let size: Int

    /// How the run ended; nil when that is not in the journal.
    package var ending: Ending? {
        for record in records.reversed() {
            if case .ended(let ending) = record.fact { return ending }
        }
        return nil
    }

    /// Why a file is no journal that can be read.
    package enum Fault: Error, Hashable {
        /// Nothing was written: the run had no effect, since each is announced first.
        case empty
        /// The first line was cut off.
        case torn
        /// The file cannot be read at all: why.
        case unreadable(String)
        /// The first line is none of a journal.
        case noHeading
        /// A newer engine wrote it.
        case newer(engine: String)

        /// In words.
        package var text: String {
            switch self {
            case .empty: "it is empty: the engine died before it did anything"
            case .torn: "its first line was cut off, and tells nothing"
            case .unreadable(let why): why
            case .noHeading: "its first line is not that of a journal"
            case .newer(let engine):
                "a newer engine (\(engine)) wrote it in a form that this one cannot read"
            }
        }
    }

    /// Reads a journal, or the beginning of one that is too long.
    package static func read(
        _ bytes: [UInt8], isWhole: Bool = true
    ) -> Result<JournalFile, Fault> {
        let newline = UInt8(ascii: "\n")
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        // What follows the last newline is a line that was cut off, or nothing.
        let rest = lines.popLast() ?? []
        guard let first = lines.first else {
            return .failure(rest.isEmpty ? .empty : .torn)
        }
        let decoder = JSONDecoder()
        guard let stamp = try? decoder.decode(Stamp.self, from: Data(first)),
            stamp.fact == JournalHeading.fact
        else { return .failure(.noHeading) }
        guard stamp.version <= JournalHeading.formVersion,
            let heading = try? decoder.decode(JournalHeading.self, from: Data(first))
        else { return .failure(.newer(engine: stamp.engine)) }
        var records: [Record] = []
        var damaged: [Int] = []
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            if let record = try? decoder.decode(Record.self, from: Data(line)) {
                records.append(record)
            } else {
                damaged.append(index + 1)
            }
        }
        return .success(
            JournalFile(
                heading: heading, records: records, damaged: damaged, isTorn: !rest.isEmpty,
                isCut: !isWhole, size: bytes.count))
    }

    /// What every form of heading has.
    private struct Stamp: Decodable {
        let fact: String
        let version: Int
        let engine: String
    }
}
