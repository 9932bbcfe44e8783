#if os(Linux)
    import CSystem
    import Engine

    /// The process table, from proc(5); on FreeBSD from linprocfs(5), which has neither flags nor
    /// children of processes, and shows all who sleep in the kernel as sleeping.
    final class ProcessTable {
        /// What else is read of /proc is cut here.
        private static let statusLimit = 4096
        /// The arguments of one process are waited for so long when a run is taken up.
        private static let patience = Duration.milliseconds(250)
        /// `PF_KTHREAD` of the kernel's include/linux/sched.h.
        private static let kernelFlag: UInt64 = 0x0020_0000

        private let titles = TitleReader()

        /// Begins to look for every process that has a title, but for our own.
        ///
        /// If one title does not come, nothing can be told: a name without its title would be taken
        /// for absent.
        func begin() -> ProcessLook {
            guard let all = Self.pids() else {
                return .answered(
                    .missing(why: "/proc cannot be read: \(words(of: system_error()))"))
            }
            let passedOver = Self.kernelThreads().union([getpid(), titles.pid ?? 0])
            let asked = all.filter { !passedOver.contains($0) }
            guard !asked.isEmpty else { return .answered(.processes([])) }
            guard let look = TitleLook(asked, by: titles) else {
                return .answered(.missing(why: "no process could be started to read titles"))
            }
            return .open(look)
        }

        /// Most of the kernel's threads: the children of kthreadd(8), which have no title. What is
        /// missing here is only asked for in vain.
        private static func kernelThreads() -> Set<Int32> {
            let parent: Int32 = 2
            // In a container that number is anybody's.
            guard state(of: parent)?.isKernel == true else { return [] }
            let children = bytes(of: "/proc/\(parent)/task/\(parent)/children", limit: 65_536)
            // Each is followed by a space: without one it was cut.
            let whole = children.prefix((children.lastIndex(of: UInt8(ascii: " ")) ?? -1) + 1)
            return Set(whole.split(separator: UInt8(ascii: " ")).compactMap(number) + [parent])
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
                isStopped: ["T", "t"].contains(fields[0]),
                isStuck: fields[0] == "D",
                isKernel: (UInt64(fields[6]) ?? 0) & kernelFlag != 0
            )
        }

        /// Who a process is; nil when it has ended meanwhile, or cannot be read.
        ///
        /// None of it lies in the memory of the process, so that nobody has to wait for that.
        static func origin(of pid: Int32) -> ProcessEntry.Origin? {
            guard let state = state(of: pid) else { return nil }
            return ProcessEntry.Origin(
                program: program(of: pid) ?? state.name, user: user(of: pid),
                parent: state.parent, started: state.started)
        }

        /// The real user, if it is the effective one too. The owner of the folder in /proc is no
        /// proof: it is root for each process that lets nobody look into it (proc_pid(5)).
        private static func user(of pid: Int32) -> UInt32? {
            for line in bytes(of: "/proc/\(pid)/status").split(separator: UInt8(ascii: "\n"))
            where line.starts(with: "Uid:".utf8) {
                let words = String(decoding: line.dropFirst(4), as: UTF8.self)
                    .split(whereSeparator: \.isWhitespace).map { UInt32($0) }
                guard words.count >= 2, words[0] == words[1] else { return nil }
                return words[0]
            }
            return nil
        }

        /// The file that a process executes, also when it has been replaced since; nil where it is
        /// not told, as to somebody else than root.
        private static func program(of pid: Int32) -> String? {
            let replaced = " (deleted)"
            guard let target = linkTarget(of: "/proc/\(pid)/exe"), target.hasPrefix("/") else {
                return nil
            }
            return target.hasSuffix(replaced) ? String(target.dropLast(replaced.count)) : target
        }

        /// Whether two looks at one number saw the same start.
        ///
        /// linprocfs(5) takes the time of boot from that of the start after it has rounded both
        /// down (linprocfs_doprocstat), so that the difference may change by one once the clock is
        /// set.
        static func isOneStart(
            _ one: UInt64, _ other: UInt64, on platform: Platform = .local
        ) -> Bool {
            max(one, other) - min(one, other) <= (platform == .freebsd ? 1 : 0)
        }

        /// All processes; nil when they cannot be listed.
        static func states() -> [ProcessState]? { pids()?.compactMap(state(of:)) }

        /// The words that a process was started with; nil when they cannot be read.
        static func commandLine(of process: ProcessState) -> [String]? {
            let file = DiskReader(
                path: "/proc/\(process.pid)/cmdline", limit: Int(TITLE_LIMIT), patience: patience
            ).file()
            guard case .success(let bytes) = file else { return nil }
            return bytes.split(separator: 0, omittingEmptySubsequences: false)
                .dropLast(bytes.last == 0 ? 1 : 0)
                .map { String(decoding: $0, as: UTF8.self) }
        }

        private static func pids() -> [Int32]? {
            guard let folder = opendir("/proc") else { return nil }
            defer { closedir(folder) }
            var pids: [Int32] = []
            while let entry = readdir(folder) {
                let pid = withUnsafeBytes(of: entry.pointee.d_name) { name in
                    number(name.prefix { $0 != 0 })
                }
                if let pid { pids.append(pid) }
            }
            return pids.sorted()
        }

        /// The number of a process from its digits; nil for anything else.
        ///
        /// By hand, since it is done for each process at each look.
        private static func number(_ digits: some Collection<UInt8>) -> Int32? {
            guard (1...9).contains(digits.count) else { return nil }
            var number: Int32 = 0
            for digit in digits {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
                number = number * 10 + Int32(digit - UInt8(ascii: "0"))
            }
            return number
        }

        /// The arguments with spaces between them.
        static func title(_ arguments: [UInt8]) -> String {
            var text = arguments
            while let last = text.last, last == 0 || last == UInt8(ascii: " ") {
                text.removeLast()
            }
            return String(decoding: text.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        }

        private static func bytes(of path: String, limit: Int = statusLimit) -> [UInt8] {
            guard let file = Descriptor(system_open(path, O_RDONLY)) else { return [] }
            return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                count = file.read(UnsafeMutableRawBufferPointer(buffer)) ?? 0
            }
        }
    }
#endif
