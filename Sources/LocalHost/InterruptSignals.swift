import CSystem

/// Ctrl-C, TERM and a closed terminal, as something that the host can wait for.
final class InterruptSignals {
    private let read: Descriptor
    private let write: Descriptor

    /// Catches the signals of this process; nil when no descriptor is left.
    init?() {
        guard let pipe = Descriptor.pipe() else { return nil }
        (read, write) = pipe
        system_set_nonblocking(write.number)
        system_catch_interrupts(write.number)
    }

    deinit { system_catch_interrupts(-1) }

    func wait(in polls: inout PollSet) { polls.add(read) }

    /// How many signals came since the last time.
    func take(_ polls: PollSet) -> Int {
        guard polls.isReady(read) else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { buffer in
            read.read(buffer) ?? 0
        }
    }
}
