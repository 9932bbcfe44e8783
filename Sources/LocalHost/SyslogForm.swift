import Engine

/// The form of a line for the system's log.
public enum SyslogForm: Hashable, Sendable {
    /// `<131>Nov 22 08:32:30 tag: text`: the local form of RFC 3164, as logger(1) of Linux sends.
    case traditional
    /// `<131>1 2026-11-22T08:32:30.106385+00:00 host tag 15870 - - text`: RFC 5424, as syslog(3) of
    /// FreeBSD sends since version 12.
    case structured

    /// What this system's library sends.
    public static let local = usual(on: .local)

    /// What a system's library sends.
    static func usual(on platform: Platform) -> SyslogForm {
        switch platform {
        case .freebsd: .structured
        case .linux: .traditional
        }
    }
}
