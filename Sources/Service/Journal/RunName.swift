import FoundationEssentials

/// Names a run by its begin and its process; names sort by time.
package struct RunName: Hashable, Sendable {
    /// `20261122T031500.123Z-4711`.
    package let text: String
    /// The wall clock at its begin, ISO 8601 in UTC.
    package let time: String
    package let pid: Int32

    /// The name of a run that begins now, in this process.
    package init() {
        time = Date.now.formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
        pid = ProcessInfo.processInfo.processIdentifier
        text = time.filter { $0 != "-" && $0 != ":" } + "-\(pid)"
    }
}
