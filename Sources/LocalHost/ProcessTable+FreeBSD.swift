#if os(FreeBSD)
    import CSystem
    import Engine

    /// The process table, from sysctl(3) and sys/user.h.
    final class ProcessTable {
        /// A title is cut here; the kernel keeps no longer ones (kern.ps_arg_cache_limit).
        private static let titleLimit = 4096
        /// The table may grow between asking for its size and reading it.
        private static let spare = 64

        /// Looks for every process that has a title, but for our own.
        func begin() -> ProcessLook { .answered(read()) }

        private func read() -> Answer {
            guard let table = Self.table(KERN_PROC_PROC, 0) else {
                return .missing(
                    why: "the process table cannot be read: \(words(of: system_error()))"
                )
            }
            let own = getpid()
            let boot = Self.bootTime
            var entries: [ProcessEntry] = []
            for process in table.sorted(by: { $0.ki_pid < $1.ki_pid })
            where process.ki_pid != own && Self.isAlive(process) {
                let title = Self.title(of: process.ki_pid)
                guard !title.isEmpty else { continue }
                let origin = ProcessEntry.isDaemon(title) ? Self.origin(process, boot) : nil
                entries.append(ProcessEntry(pid: process.ki_pid, title: title, origin: origin))
            }
            return .processes(entries)
        }

        private static func origin(_ process: kinfo_proc, _ boot: Int64) -> ProcessEntry.Origin {
            let state = state(process, boot: boot)
            return ProcessEntry.Origin(
                program: program(of: state.pid) ?? state.name,
                user: process.ki_ruid == process.ki_uid ? process.ki_ruid : nil,
                parent: state.parent, started: state.started)
        }

        /// The file that a process executes; nil where the kernel has forgotten its path.
        private static func program(of pid: Int32) -> String? {
            var name = [CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, pid]
            var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
            var size = bytes.count
            guard sysctl(&name, 4, &bytes, &size, nil, 0) == 0, bytes.first == UInt8(ascii: "/")
            else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }

        /// The process of this number; nil when there is none.
        static func state(of pid: Int32) -> ProcessState? {
            table(KERN_PROC_PID, pid)?.first.map { state($0, boot: bootTime) }
        }

        /// Whether two looks at one number saw the same start.
        static func isOneStart(_ one: UInt64, _ other: UInt64) -> Bool { one == other }

        /// All processes; nil when they cannot be listed.
        static func states() -> [ProcessState]? {
            let boot = bootTime
            return table(KERN_PROC_PROC, 0)?.map { state($0, boot: boot) }
        }

        /// The words that a process was started with; nil when they cannot be read.
        static func commandLine(of process: ProcessState) -> [String]? {
            arguments(of: process.pid).map { bytes in
                bytes.split(separator: 0, omittingEmptySubsequences: false)
                    .dropLast(bytes.last == 0 ? 1 : 0)
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        }

        private static func state(_ process: kinfo_proc, boot: Int64) -> ProcessState {
            // ki_start is the time since boot with the time of boot added, which moves when the
            // clock is set (sys/kern/kern_proc.c).
            let start = Int64(process.ki_start.tv_sec) * 1_000_000 + Int64(process.ki_start.tv_usec)
            let name = withUnsafeBytes(of: process.ki_comm) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            return ProcessState(
                pid: process.ki_pid,
                parent: process.ki_ppid,
                group: process.ki_pgid,
                session: process.ki_sid,
                started: UInt64(bitPattern: start - boot),
                name: name,
                isDead: !isAlive(process),
                isStopped: Int32(process.ki_stat) == SSTOP,
                // Titles are kept outside of the process.
                isStuck: false,
                isKernel: process.ki_flag & Int(P_SYSTEM) != 0
            )
        }

        /// The time of boot in microseconds, as the kernel adds it.
        private static var bootTime: Int64 {
            var time = timeval()
            var size = MemoryLayout<timeval>.size
            guard sysctlbyname("kern.boottime", &time, &size, nil, 0) == 0 else { return 0 }
            return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec)
        }

        private static func isAlive(_ process: kinfo_proc) -> Bool {
            Int32(process.ki_stat) != SZOMB
        }

        private static func table(_ which: Int32, _ argument: Int32) -> [kinfo_proc]? {
            var name = [CTL_KERN, KERN_PROC, which, argument]
            // KERN_PROC_PROC takes no argument.
            let depth = which == KERN_PROC_PROC ? UInt32(3) : 4
            var size = 0
            guard sysctl(&name, depth, nil, &size, nil, 0) == 0 else { return nil }
            let stride = MemoryLayout<kinfo_proc>.stride
            let capacity = size / stride + spare
            var failed = false
            let table = [kinfo_proc](unsafeUninitializedCapacity: capacity) { buffer, count in
                size = capacity * stride
                failed = sysctl(&name, depth, buffer.baseAddress, &size, nil, 0) != 0
                count = failed ? 0 : size / stride
            }
            // No such group is an empty one.
            return failed && system_error() != ESRCH ? nil : table
        }

        /// What setproctitle(3) set, else the arguments with spaces between them.
        private static func title(of pid: Int32) -> String {
            var text = arguments(of: pid) ?? []
            while let last = text.last, last == 0 || last == UInt8(ascii: " ") {
                text.removeLast()
            }
            return String(decoding: text.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        }

        private static func arguments(of pid: Int32) -> [UInt8]? {
            var name = [CTL_KERN, KERN_PROC, KERN_PROC_ARGS, pid]
            var size = titleLimit
            var bytes = [UInt8](repeating: 0, count: titleLimit)
            guard sysctl(&name, 4, &bytes, &size, nil, 0) == 0 else { return nil }
            return Array(bytes.prefix(size))
        }
    }
#endif
