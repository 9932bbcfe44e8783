import CSystem
import Engine

/// A started tool whose output is captured; it leads a process group and a session of its own.
final class Child {
    /// So long after a child's end its output may still be held open by a grandchild, as a daemon
    /// does that it has started.
    static let straggle = Duration.milliseconds(100)
    /// Where the system cannot tell of an exit, the host asks so often.
    private static let asking = Duration.milliseconds(10)
    /// What a child prints piece by piece is gathered for so long: it is needed when it ends.
    private static let gathering = Duration.milliseconds(20)
    /// So much may be in the pipes of a child that has ended (fs/pipe.c, pipe-max-size).
    private static let remainder = 2 * 1024 * 1024
    /// So much is read at once; what a pipe of Linux holds.
    private static let chunk = 64 * 1024
    /// A pipe may be full that holds so much (FreeBSD's sys/pipe.h, `PIPE_SIZE`).
    private static let fullPipe = 16 * 1024

    let pid: Int32
    /// How it ended; nil while it lives.
    private(set) var status: Output.Status?
    private var output: Capture
    private var error: Capture
    private var outputPipe: Descriptor?
    private var errorPipe: Descriptor?
    private let exit: Descriptor?
    private var closeAt = Instant.never
    /// Its pipes are left alone until then, unless it ends.
    private var readAt: Instant?
    private var readAfterEnd = 0

    /// `exit` becomes ready once the child has ended; without it the host asks. No read of a pipe
    /// may block.
    init(
        pid: Int32, output: Descriptor, error: Descriptor, exit: Descriptor?,
        keeping bound: Capture.Bound = .commands
    ) {
        self.pid = pid
        self.output = Capture(bound)
        self.error = Capture(bound)
        outputPipe = output
        errorPipe = error
        self.exit = exit
    }

    /// Whether it has ended and its output is complete, or as complete as it gets.
    var isOver: Bool { status != nil && outputPipe == nil && errorPipe == nil }

    /// What it printed so far, without the secrets; a child that lives counts as ended by `signal`.
    func result(
        ifAlive signal: Int32 = SIGKILL, hiding mask: SecretMask = SecretMask()
    ) -> Output {
        Output(
            status ?? .signalled(signal), output: output.bytes(hiding: mask),
            error: error.bytes(hiding: mask), isCut: output.isCut || error.isCut)
    }

    /// When it wants to be served though no descriptor is ready.
    func due(at now: Instant) -> Instant {
        if status != nil { return isOver ? .never : closeAt }
        return min(readAt ?? .never, exit == nil ? now + Self.asking : .never)
    }

    func wait(in polls: inout PollSet) {
        if status == nil { polls.add(exit) }
        guard readAt == nil || status != nil else { return }
        polls.add(outputPipe)
        polls.add(errorPipe)
    }

    /// Takes in what there is: output, and the child's end.
    func serve(_ polls: PollSet, at now: Instant) {
        if status == nil && (exit == nil || polls.isReady(exit)) { reap(at: now) }
        guard status != nil else { return gather(polls, at: now) }
        // What is still in the pipes is the child's; what never ends is a grandchild's.
        let count =
            Self.empty(&outputPipe, into: &output) + Self.empty(&errorPipe, into: &error)
        readAfterEnd += count
        if now >= closeAt && (count == 0 || readAfterEnd > Self.remainder) { closePipes() }
    }

    /// Stops waiting for output.
    func closePipes() {
        outputPipe = nil
        errorPipe = nil
    }

    /// Sends a signal to the whole process group.
    func signal(_ number: Int32) { kill(-pid, number) }

    private func reap(at now: Instant) {
        var wait: Int32 = 0
        let answer = waitpid(pid, &wait, WNOHANG)
        if answer == 0 || (answer < 0 && system_error() == EINTR) { return }
        // sys/wait.h: the low seven bits are the signal, the next byte is the exit code.
        let signal = wait & 0x7f
        status =
            if answer < 0 {
                // It ran, and how it ended is not known (ECHILD): never taken for a success.
                .signalled(0)
            } else if signal != 0 {
                .signalled(signal)
            } else {
                .exited(wait >> 8 & 0xff)
            }
        closeAt = now + Self.straggle
    }

    /// Takes what it has printed while it goes on, and leaves it alone for a while then.
    private func gather(_ polls: PollSet, at now: Instant) {
        let isDue = readAt.map { now >= $0 } ?? false
        guard isDue || readAt == nil && (polls.isReady(outputPipe) || polls.isReady(errorPipe))
        else { return }
        let count = max(
            Self.take(&outputPipe, into: &output), Self.take(&errorPipe, into: &error))
        // A full pipe keeps it waiting.
        let isEager = count >= Self.fullPipe || isDue && count == 0
        readAt = isEager || outputPipe == nil && errorPipe == nil ? nil : now + Self.gathering
    }

    /// Takes all that is left; returns how much that was.
    private static func empty(_ pipe: inout Descriptor?, into capture: inout Capture) -> Int {
        var total = 0
        while total < remainder {
            let count = take(&pipe, into: &capture)
            if count == 0 { break }
            total += count
        }
        return total
    }

    /// Takes what there is, up to a chunk; returns how much. A pipe at its end is closed.
    private static func take(_ pipe: inout Descriptor?, into capture: inout Capture) -> Int {
        guard let open = pipe else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 1) { buffer in
            guard let count = open.read(buffer) else {
                if system_error() != EAGAIN { pipe = nil }
                return 0
            }
            if count == 0 { pipe = nil }
            capture.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            return count
        }
    }
}
