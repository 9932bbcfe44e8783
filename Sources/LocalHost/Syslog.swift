import CSystem
import Engine

/// The system's log, written to without a library call that could block or give up.
///
/// A line is one datagram, in the form that the system's own library sends. Nothing that happens to
/// it can fail a plan: a log that is not there, or that does not listen, is passed over.
public struct Syslog: Sendable {
    /// Where the log listens; syslogd(8) of FreeBSD, the journal or rsyslog on Linux.
    public static let sockets = usualSockets(on: .local)

    static func usualSockets(on platform: Platform) -> [String] {
        switch platform {
        case .freebsd: ["/var/run/logpriv", "/var/run/log", "/dev/log"]
        case .linux: ["/dev/log"]
        }
    }

    /// Old receivers take no more (RFC 3164, 4.1).
    private static let limit = 1024

    private let facility: Int32
    private let level: Int32
    private let tag: String
    private let paths: [String]
    private let form: SyslogForm

    /// A log with a facility and a level by name; nil when one of them is none.
    ///
    /// The first of `paths` that takes a line gets it.
    public init?(
        facility: String = "daemon",
        level: String = "notice",
        tag: String = "failover",
        paths: [String] = Syslog.sockets,
        form: SyslogForm = .local
    ) {
        guard let facility = Self.number(ofFacility: facility),
            let level = Self.number(ofLevel: level)
        else { return nil }
        self.facility = facility
        self.level = level
        self.tag = String(tag.prefix(Site.tagLimit))
        self.paths = paths
        self.form = form
    }

    /// One line in its form, and where it is sent to.
    public struct Line: Sendable {
        let bytes: [UInt8]
        let paths: [String]
    }

    /// A line of the log, at the log's own level or another, as `send` sends it.
    public func line(_ text: String, level: String? = nil) -> Line {
        let severity = level.flatMap(Self.number(ofLevel:)) ?? self.level
        let record = SyslogRecord(
            priority: facility << 3 | severity, tag: tag, text: text, limit: Self.limit)
        return Line(bytes: record.bytes(as: form, .now), paths: paths)
    }

    /// Sends one line, at the log's own level or another.
    ///
    /// Behind the first one that is taken again it is said how many were not.
    public func send(_ text: String, level: String? = nil) {
        guard isSent(line(text, level: level)) else { return SyslogLosses.add(1, of: paths) }
        let count = SyslogLosses.take(of: paths)
        guard count > 0 else { return }
        let lines = count == 1 ? "1 line is" : "\(count) lines are"
        let remark = "\(lines) lost that came before this process's last one: the log took none"
        if !isSent(line(remark, level: "warning")) { SyslogLosses.add(count, of: paths) }
    }

    private func isSent(_ line: Line) -> Bool {
        guard let socket = Descriptor(system_datagram_socket()) else { return false }
        return paths.contains { sent(line.bytes, to: $0, by: socket) }
    }

    private func sent(_ line: [UInt8], to path: String, by socket: Descriptor) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return false }
        return withUnsafeBytes(of: address) { bytes in
            let there = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            let flags = Int32(truncatingIfNeeded: MSG_NOSIGNAL)
            return sendto(
                socket.number,
                line,
                line.count,
                flags,
                there,
                socklen_t(bytes.count)
            ) >= 0
        }
    }

    private static func number(ofFacility name: String) -> Int32? {
        facilityNames.first { $0.0 == name }?.1
    }

    private static func number(ofLevel name: String) -> Int32? {
        levelNames.first { $0.0 == name }?.1
    }

    /// The facilities of both systems and their numbers (`syslog.h` of each).
    private static let facilityNames: [(String, Int32)] = [
        ("kern", 0), ("user", 1), ("mail", 2), ("daemon", 3), ("auth", 4), ("syslog", 5),
        ("lpr", 6), ("news", 7), ("uucp", 8), ("cron", 9), ("authpriv", 10), ("ftp", 11),
        ("local0", 16), ("local1", 17), ("local2", 18), ("local3", 19), ("local4", 20),
        ("local5", 21), ("local6", 22), ("local7", 23),
    ]
    private static let levelNames: [(String, Int32)] = [
        ("emerg", 0), ("alert", 1), ("crit", 2), ("err", 3), ("warning", 4), ("notice", 5),
        ("info", 6), ("debug", 7),
    ]
}
