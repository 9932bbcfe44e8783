#if os(Linux)
    import CSystem
    import Engine

    /// The process table, from proc(5).
    enum ProcessTable {
        /// A title is cut here; longer ones have file names in them, not titles.
        private static let titleLimit = 4096
        /// Most that sleep in the kernel do so for a moment; they are looked at again so long.
        private static let moment = Duration.milliseconds(20)
        private static let pause = Duration.milliseconds(2)
        /// Then their titles are waited for so long, all at once.
        private static let patience = Duration.milliseconds(250)
        /// And so many at most.
        private static let stuckLimit = 64
        /// `PF_KTHREAD` of the kernel's include/linux/sched.h.
        private static let kernelFlag: UInt64 = 0x0020_0000

        /// Every process that has a title, but not our own.
        static func read() -> Answer {
            guard let pids = pids() else {
                return .missing(why: "/proc cannot be read: \(words(of: system_error()))")
            }
            let own = getpid()
            var entries: [ProcessEntry] = []
            entries.reserveCapacity(pids.count)
            func add(_ pid: Int32, _ arguments: [UInt8]) {
                let title = title(arguments)
                if !title.isEmpty { entries.append(ProcessEntry(pid: pid, title: title)) }
            }
            var stuck: [ProcessState] = []
            func look(at pid: Int32) {
                // Threads of the kernel and the dead have no title.
                guard let state = state(of: pid), !state.isKernel, !state.isDead else { return }
                if state.isStuck { stuck.append(state) } else { add(pid, arguments(of: pid)) }
            }
            for pid in pids where pid != own { look(at: pid) }
            let end = MonotonicClock.now + moment
            while !stuck.isEmpty, MonotonicClock.now < end {
                var polls = PollSet()
                polls.wait(pause)
                let again = stuck
                stuck = []
                for process in again { look(at: process.pid) }
            }
            if let silent = read(stuck, add) {
                let name = "pid \(silent.pid) (\(printable(silent.name)))"
                return .missing(why: "the title of \(name) is stuck in the kernel with it")
            }
            return .processes(entries.sorted { $0.pid < $1.pid })
        }

        /// Reads the titles of those that sleep in the kernel; returns one that does not answer.
        private static func read(
            _ stuck: [ProcessState],
            _ add: (Int32, [UInt8]) -> Void
        ) -> ProcessState? {
            guard stuck.count <= stuckLimit else { return stuck.last }
            let end = MonotonicClock.now + patience
            let readings = stuck.map { ($0, apart($0.pid).begin()) }
            for (process, reading) in readings {
                guard let bytes = arguments(reading.flatMap { $0.end(until: end) }) else {
                    return process
                }
                add(process.pid, bytes)
            }
            return nil
        }

        /// The process of this number; nil when there is none.
        static func state(of pid: Int32) -> ProcessState? {
            // pid (name) state parent group session …; the name may hold anything.
            let status = bytes(of: "/proc/\(pid)/stat")
            guard let start = status.firstIndex(of: UInt8(ascii: "(")),
                let end = status.lastIndex(of: UInt8(ascii: ")")), start < end
            else { return nil }
            let fields = status[(end + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 20)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
                let session = Int32(fields[3]), let started = UInt64(fields[19])
            else { return nil }
            return ProcessState(
                pid: pid,
                parent: parent,
                group: group,
                session: session,
                started: started,
                name: String(decoding: status[(start + 1)..<end], as: UTF8.self),
                isDead: ["Z", "X"].contains(fields[0]),
                isStuck: fields[0] == "D",
                isKernel: (UInt64(fields[6]) ?? 0) & kernelFlag != 0
            )
        }

        /// All processes; nil when they cannot be listed.
        static func states() -> [ProcessState]? { pids()?.compactMap(state(of:)) }

        /// The words that a process was started with; nil when they cannot be read.
        static func commandLine(of process: ProcessState) -> [String]? {
            let bytes =
                process.isStuck ? arguments(apart(process.pid).file()) : arguments(of: process.pid)
            return bytes.map { bytes in
                bytes.split(separator: 0, omittingEmptySubsequences: false)
                    .dropLast(bytes.last == 0 ? 1 : 0)
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        }

        private static func pids() -> [Int32]? {
            guard let folder = opendir("/proc") else { return nil }
            defer { closedir(folder) }
            var pids: [Int32] = []
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                    String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
                }
                if let pid = Int32(name) { pids.append(pid) }
            }
            return pids.sorted()
        }

        /// The arguments with spaces between them.
        private static func title(_ arguments: [UInt8]) -> String {
            var text = arguments
            while let last = text.last, last == 0 || last == UInt8(ascii: " ") {
                text.removeLast()
            }
            return String(decoding: text.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        }

        private static func arguments(of pid: Int32) -> [UInt8] {
            bytes(of: "/proc/\(pid)/cmdline")
        }

        /// They lie in the memory of the process. Whoever reads them waits for the lock on that,
        /// which a process that sleeps in the kernel may keep: then a child waits, for a while.
        private static func apart(_ pid: Int32) -> DiskReader {
            DiskReader(path: "/proc/\(pid)/cmdline", limit: titleLimit, patience: patience)
        }

        private static func arguments(
            _ answer: Result<[UInt8], DiskReader.Fault>
        ) -> [UInt8]? {
            switch answer {
            case .success(let bytes): bytes
            // It has ended meanwhile.
            case .failure(.error(let error)): error == ENOENT || error == ESRCH ? [] : nil
            case .failure(.silent): nil
            }
        }

        private static func bytes(of path: String) -> [UInt8] {
            guard let file = Descriptor(system_open(path, O_RDONLY)) else { return [] }
            return [UInt8](unsafeUninitializedCapacity: titleLimit) { buffer, count in
                count = file.read(UnsafeMutableRawBufferPointer(buffer)) ?? 0
            }
        }
    }
#endif
