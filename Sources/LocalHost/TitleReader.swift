#if os(Linux)
    import CSystem
    import Engine

    /// The process that reads the arguments of others, for one look after the other.
    ///
    /// They lie in the memory of the process that they are of, and whoever reads them waits for the
    /// lock on it. Any of its threads may keep that while it waits for a disk, and nothing in
    /// /proc tells of it beforehand; so the host never reads them itself.
    final class TitleReader {
        private var channel: Descriptor?
        /// The process, while there is one; it is no process of the table.
        private(set) var pid: Int32?

        deinit { leave() }

        /// Where numbers are sent to and arguments come from; nil when no process can be had.
        func open() -> Descriptor? {
            if let channel { return channel }
            var number: Int32 = -1
            var child: pid_t = 0
            guard system_start_title_reader(&child, &number) == 0 else { return nil }
            pid = child
            channel = Descriptor(number)
            return channel
        }

        /// Ends it; what sleeps in the kernel does not die of that at once, and is not waited for.
        func leave() {
            channel = nil
            guard let pid else { return }
            kill(pid, SIGKILL)
            system_leave_child(pid)
            self.pid = nil
        }
    }
#endif
