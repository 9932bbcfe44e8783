import CSystem

/// Ctrl-C and TERM, as something that the host can wait for.
final class InterruptSignals {
    private let read: Descriptor
    private let write: Descriptor
    private var wasPressed = false

    /// Catches the signals of this process; nil when no descriptor is left.
    init?() {
        guard let pipe = Descriptor.pipe() else { return nil }
        (read, write) = pipe
        system_set_nonblocking(write.number)
        system_catch_interrupts(write.number)
    }

    deinit { system_catch_interrupts(-1) }

    func wait(in polls: inout PollSet) { polls.add(read) }

    /// How often a person pressed since the last time. A TERM is the first press or none: a service
    /// manager that says it twice does not mean to leave things as they are.
    func take(_ polls: PollSet) -> Int {
        guard polls.isReady(read) else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { buffer in
            var presses = 0
            for byte in buffer[..<(read.read(buffer) ?? 0)]
            where !wasPressed || Int32(byte) == SIGINT {
                wasPressed = true
                presses += 1
            }
            return presses
        }
    }
}
