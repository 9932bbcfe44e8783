import CSystem

/// One of the program's output streams.
///
/// With a patience, a reader that does not read (a paused pager, a terminal after Ctrl-S, a closed
/// pipe) loses output; it cannot hold the writer up.
public struct Console {
    /// Whether a person's terminal is at the other end.
    public let isTerminal: Bool

    private let descriptor: Int32
    private let patience: Duration?
    private var isStalled = false
    private var isClosed = false

    /// POLLOUT promises room for this many bytes at least (PIPE_BUF on Linux; 512 by POSIX).
    private static let piece = 512

    /// Standard output; without a patience it waits for its reader.
    public static func standardOutput(patience: Duration? = nil) -> Console {
        Console(STDOUT_FILENO, patience)
    }

    /// Standard error; without a patience it waits for its reader.
    public static func standardError(patience: Duration? = nil) -> Console {
        Console(STDERR_FILENO, patience)
    }

    private init(_ descriptor: Int32, _ patience: Duration?) {
        self.descriptor = descriptor
        self.patience = patience
        isTerminal = isatty(descriptor) == 1
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

    /// Writes the text, or as much of it as the reader takes in time.
    public mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty, !isClosed {
                guard patience == nil || isReady() else { return }
                let limit = patience == nil ? rest.count : min(rest.count, Self.piece)
                let piece = UnsafeRawBufferPointer(
                    rebasing: UnsafeRawBufferPointer(bytes)[
                        rest.startIndex..<rest.startIndex + limit])
                switch platformWrite(descriptor, piece.baseAddress, piece.count) {
                case let count where count >= 0: rest = rest.dropFirst(count)
                default: isClosed = ![EINTR, EAGAIN].contains(system_error())
                }
            }
        }
    }

    /// A stalled reader is waited for once, and not again until it reads.
    private mutating func isReady() -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let wait = isStalled ? 0 : Int32(clamping: patience?.components.seconds ?? 0) * 1000
        isStalled = platformPoll(&poll, 1, wait) == 0
        return !isStalled
    }
}

private func platformWrite(_ fd: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    write(fd, start, count)
}

private func platformPoll(_ polls: UnsafeMutablePointer<pollfd>, _ n: nfds_t, _ ms: Int32) -> Int32
{
    poll(polls, n, ms)
}
