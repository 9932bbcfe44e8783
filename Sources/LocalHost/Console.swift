import CSystem
import Engine

/// One of the program's output streams.
///
/// With a patience, a reader that does not read (a paused pager, a terminal after Ctrl-S, a closed
/// pipe) cannot hold the writer up: it gets its output late, or loses it, which is said.
public struct Console {
    /// Whether a person's terminal is at the other end.
    public let isTerminal: Bool
    /// Whether that terminal obeys: a `dumb` one, by `TERM`, knows no colours and no moving back.
    public let obeys: Bool

    private let descriptor: Int32
    private let patience: Duration?
    private var backlog: [UInt8] = []
    private var isStalled = false
    /// Whether the last write was cut off: a terminal that is stalled has room, but not for all.
    private var wasCut = false
    private var isClosed = false
    /// Whether texts were lost, which is not said yet.
    private var isMissing = false
    /// Whether what is written is worth nothing unless it is read to its end.
    private let isForPrograms: Bool

    /// Whether what was asked for could not be written, or not whole where a program needs it so.
    public static var hasLostResult: Bool { system_result_is_lost() != 0 }
    /// The exit code then: `EX_IOERR` of sysexits(3).
    public static let lossCode: Int32 = 74

    /// POLLOUT promises room for this many bytes at least (PIPE_BUF on Linux; 512 by POSIX).
    private static let piece = 512
    /// What a reader has not read is kept up to here; later texts are lost as a whole.
    private static let backlogLimit = 1 << 20
    /// One that was cut off is given so long.
    private static let impatience = Duration.milliseconds(1)
    /// At the end a reader that reads nothing is waited for so long.
    private static let lastPatience = Duration.seconds(5)

    /// Standard output; without a patience it waits for its reader.
    ///
    /// What a person does not read to its end is lost with no more than a word of it; a disk that
    /// takes nothing loses what was asked for, whoever it was for.
    public static func standardOutput(
        patience: Duration? = nil, forPrograms: Bool = false
    ) -> Console {
        Console(STDOUT_FILENO, patience, forPrograms)
    }

    /// Standard error; without a patience it waits for its reader.
    public static func standardError(patience: Duration? = nil) -> Console {
        Console(STDERR_FILENO, patience, false)
    }

    private init(_ descriptor: Int32, _ patience: Duration?, _ isForPrograms: Bool) {
        self.isForPrograms = isForPrograms
        self.descriptor = descriptor
        self.patience = patience
        isTerminal = isatty(descriptor) == 1
        obeys = isTerminal && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// A reader that goes away shall not end this process; its output is lost from then on.
    public static func outliveReaders() { system_ignore_broken_pipes() }

    /// The terminal's size now; nil when it is not known.
    public var size: (columns: Int, rows: Int)? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard isTerminal, system_terminal_size(descriptor, &columns, &rows) == 0,
            columns > 0, rows > 0
        else { return nil }
        return (Int(columns), Int(rows))
    }

    /// Writes the text, or keeps what the reader does not take in time.
    public mutating func write(_ text: String) {
        if isClosed { return }
        if backlog.count < Self.backlogLimit {
            backlog.append(contentsOf: text.utf8)
        } else {
            isMissing = true
        }
        flush(patience)
        if isMissing, backlog.isEmpty { tellMissing() }
    }

    /// Writes what was kept; at the end nobody is held up, so that a slow reader gets it all.
    public mutating func finish() {
        isStalled = false
        wasCut = false
        flush(patience.map { _ in Self.lastPatience })
        if !backlog.isEmpty { isMissing = true }
        if isMissing, !isClosed { tellMissing() }
    }

    /// Says once for a time without a reader that what nobody took is left out.
    private mutating func tellMissing() {
        isMissing = false
        if isForPrograms { noteLoss() }
        let text = "failover: a part of the output is left out: nobody read it in time\n"
        if descriptor == STDERR_FILENO { return write(text) }
        var errors = Console.standardError(patience: patience)
        errors.write(text)
    }

    /// What cannot be had any more is no success.
    private func noteLoss() {
        if descriptor == STDOUT_FILENO { system_note_lost_result() }
    }

    private mutating func flush(_ patience: Duration?) {
        var start = 0
        // Waited for even without a patience: whoever started us may have made it non-blocking.
        while start < backlog.count, !isClosed, isReady(within: patience) {
            let end = patience == nil ? backlog.count : min(start + Self.piece, backlog.count)
            let limit = patience.map { wasCut ? min($0, Self.impatience) : $0 }
            let count = backlog[start..<end].withUnsafeBytes { bytes in
                guard let limit else {
                    return CSystem.write(descriptor, bytes.baseAddress, bytes.count)
                }
                return system_write_within(
                    descriptor, bytes.baseAddress, bytes.count, limit.nanoseconds)
            }
            wasCut = patience != nil && count < end - start
            if count >= 0 {
                start += count
            } else if [EINTR, EAGAIN].contains(system_error()) {
                // Without a patience it was some other signal.
                if patience != nil { break }
            } else {
                let error = system_error()
                isClosed = true
                tellLoss(error)
                // A person who has seen enough closes the pipe, or wanted nothing from the start.
                if isForPrograms || ![EPIPE, EBADF].contains(error) { noteLoss() }
            }
        }
        backlog.removeFirst(start)
    }

    /// Says that results are lost, as on a full disk; a reader that went away knows.
    private func tellLoss(_ error: Int32) {
        guard descriptor == STDOUT_FILENO, error != EPIPE else { return }
        var errors = Console.standardError(patience: patience)
        errors.write("failover: the output is lost from here on: \(words(of: error))\n")
    }

    /// A stalled reader is waited for once, and not again until it reads.
    private mutating func isReady(within patience: Duration?) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        isStalled = system_poll(&poll, 1, isStalled ? 0 : patience?.nanoseconds ?? -1) == 0
        return !isStalled
    }
}
