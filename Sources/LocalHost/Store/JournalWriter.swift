import CSystem
import Engine

/// Writes the journal of a run by way of a process that may hang, so that the run does not.
///
/// What was handed over is written even when this process is killed. A line that is to be on the
/// disk is waited for up to `patience`; then the writer is left behind: it still gets its lines,
/// and nobody waits for it any more.
public final class JournalWriter {
    /// The longest that `append` takes.
    public static let patience = Duration.milliseconds(250)
    /// So much of the longest journal is kept free for the last line of a run.
    public static let reserve = 2 << 20
    /// The longest line, with its end.
    public static let lineLimit = Int(JOURNAL_LINE_LIMIT)
    /// What the writer has not taken is kept up to here; then lines are lost.
    private static let backlogLimit = 4 << 20
    /// The line that stands where lines were lost.
    public static let gap = #"{"fact":"gap"}"# + "\n"

    /// Whether nobody waits for the writer any more.
    public private(set) var isLeftBehind = false
    /// How many lines never reached the writer.
    public private(set) var lost = 0

    private let path: String
    private let pid: Int32
    private var channel: Descriptor?
    private var backlog: [UInt8] = []
    /// How much was handed over, besides what was there before.
    private var size: Int
    private var number: UInt32 = 0
    private var answered: UInt32 = 0
    private var hasGap = false
    private var isClosing = false
    private var told: Set<UInt64> = []
    private var untold: [StoreFault] = []

    /// The process that writes, for those who watch it.
    var writer: Int32 { pid }

    /// Starts the writer of the journal at `path`, an absolute path.
    ///
    /// The file is a new one, or with `resuming` one that is there, of so many bytes, whose torn
    /// last line is cut off. What is wrong with it is told by `append`.
    public init(path: String, resuming: Bool = false, size: Int = 0) {
        self.path = path
        self.size = size
        var child: pid_t = -1
        var number: Int32 = -1
        let gap = Array(Self.gap.utf8)
        // The process that writes has the root folder.
        let isSound = path.hasPrefix("/") && !path.utf8.contains(0)
        let error =
            isSound
            ? system_start_journal(&child, &number, path, resuming ? 1 : 0, gap, gap.count)
            : ENOENT
        pid = child
        channel = error == 0 ? Descriptor(number) : nil
        if error != 0 {
            untold.append(fault("has no process to write it", error))
        }
    }

    deinit {
        channel = nil
        if pid > 0 { system_leave_child(pid) }
    }

    /// Hands over a line; its end is added when it has none.
    ///
    /// With `sync` it returns once the line is on the disk, or patience is over. A journal does
    /// not grow beyond what is read back; `isLast` is the line for which room is kept. Returns what
    /// is wrong, each thing once.
    public func append(_ line: [UInt8], sync: Bool, isLast: Bool = false) -> StoreFault? {
        let isWhole = line.last == UInt8(ascii: "\n")
        let length = line.count + (isWhole ? 0 : 1)
        let room = JournalFolder.sizeLimit - size - (isLast ? 0 : Self.reserve)
        let needed = length + (hasGap ? Self.gap.utf8.count : 0)
        guard channel != nil, needed <= room, length <= Self.lineLimit,
            backlog.count <= Self.backlogLimit
        else { return lose(length, isFull: needed > room) }
        size += needed
        number &+= 1
        let flags = (sync ? UInt32(JOURNAL_SYNC) : 0) | (hasGap ? UInt32(JOURNAL_GAP) : 0)
        hasGap = false
        let frame = journal_frame(length: UInt32(length), number: number, flags: flags)
        withUnsafeBytes(of: frame) { backlog.append(contentsOf: $0) }
        backlog.append(contentsOf: line)
        if !isWhole { backlog.append(UInt8(ascii: "\n")) }
        exchange()
        if sync && !isLeftBehind { waitForAnswer() }
        return untold.isEmpty ? nil : untold.removeFirst()
    }

    /// Lets the writer write what it has, waits for it up to `patience`, and returns what is wrong
    /// and was not told before. Later lines are lost.
    @discardableResult
    public func close() -> StoreFault? {
        isClosing = true
        let end = MonotonicClock.now + (isLeftBehind ? .zero : Self.patience)
        while let channel, !backlog.isEmpty, wait(for: POLLIN | POLLOUT, on: channel, until: end) {
            exchange()
        }
        if let channel { shutdown(channel.number, Int32(SHUT_WR)) }
        while let channel, wait(for: POLLIN, on: channel, until: end) { exchange() }
        channel = nil
        return untold.isEmpty ? nil : untold.removeFirst()
    }

    private func lose(_ length: Int, isFull: Bool) -> StoreFault? {
        lost += 1
        hasGap = true
        if isFull, channel != nil, length <= JournalFolder.sizeLimit - Self.reserve {
            let limit = "\(JournalFolder.sizeLimit >> 20) MiB"
            tell(4, "is full: a longer one than \(limit) could not be read back", nil)
        } else if length > min(Self.lineLimit, JournalFolder.sizeLimit - Self.reserve) {
            tell(0, "lacks a line, which is too long to be written", nil)
        } else if channel != nil {
            exchange()
            tell(1, "lacks lines, since they are not written as fast as they come", nil)
        }
        return untold.isEmpty ? nil : untold.removeFirst()
    }

    private func waitForAnswer() {
        let end = MonotonicClock.now + Self.patience
        while let channel, answered < number {
            let events = backlog.isEmpty ? POLLIN : POLLIN | POLLOUT
            guard wait(for: events, on: channel, until: end) else {
                isLeftBehind = true
                let time = "\(Self.patience.milliseconds) ms"
                return tell(2, "is not written: its disk does not answer within \(time)", nil)
            }
            exchange()
        }
    }

    private func wait(for events: Int32, on channel: Descriptor, until end: Instant) -> Bool {
        system_await(channel.number, events, max(0, (end - MonotonicClock.now).nanoseconds)) == 1
    }

    /// Sends what the writer takes and reads what it says; does not wait.
    private func exchange() {
        guard let channel else { return }
        var sent = 0
        while sent < backlog.count {
            let count = backlog[sent...].withUnsafeBytes {
                system_send(channel.number, $0.baseAddress, $0.count)
            }
            if count <= 0 { break }
            sent += count
        }
        if sent > 0 { backlog.removeFirst(sent) }
        var answer = journal_answer()
        let size = MemoryLayout<journal_answer>.size
        while true {
            let count = system_receive(channel.number, &answer, size)
            if count == size {
                take(answer)
            } else {
                if count >= 0 || system_error() != EAGAIN { end() }
                return
            }
        }
    }

    private func take(_ answer: journal_answer) {
        answered = max(answered, answer.number)
        guard answer.error != 0 else { return }
        let what =
            switch answer.stage {
            case JOURNAL_OPEN: "cannot be opened"
            case JOURNAL_FLUSH: "cannot be brought onto its disk"
            default: "cannot be written"
            }
        let kind = UInt64(answer.stage) << 32 | UInt64(UInt32(bitPattern: answer.error))
        tell(kind, what, answer.error)
    }

    /// The writer is gone.
    private func end() {
        channel = nil
        lost += backlog.isEmpty ? 0 : 1
        backlog = []
        if told.isEmpty && !isClosing {
            tell(3, "is not written any more: its process has ended", nil)
        }
    }

    private func tell(_ kind: UInt64, _ what: String, _ error: Int32?) {
        guard told.insert(kind).inserted else { return }
        untold.append(fault(what, error))
    }

    private func fault(_ what: String, _ error: Int32?) -> StoreFault {
        let consequence = "; the failover goes on, but cannot be resumed after a crash"
        let journal = "the journal \(path) \(what)"
        guard let error else { return StoreFault(journal + consequence) }
        let plain = StoreFault(journal, error, at: path)
        return StoreFault(plain.why + consequence, help: plain.help)
    }
}
