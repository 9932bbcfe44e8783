#if os(Linux)
    import CSystem
    import Engine

    /// The process table, from proc(5).
    enum ProcessTable {
        /// A title is cut here; longer ones have file names in them, not titles.
        private static let titleLimit = 4096

        /// Every process that has a title, but not our own.
        static func read() -> Answer {
            guard let pids = pids() else {
                return .missing(why: "/proc cannot be read: \(words(of: system_error()))")
            }
            let own = getpid()
            var entries: [ProcessEntry] = []
            entries.reserveCapacity(pids.count)
            for pid in pids where pid != own {
                let title = title(bytes(of: "/proc/\(pid)/cmdline"))
                // Threads of the kernel and the dead have none.
                if !title.isEmpty { entries.append(ProcessEntry(pid: pid, title: title)) }
            }
            return .processes(entries)
        }

        /// Whether the process group has a member that is not dead.
        static func hasLivingMember(ofGroup leader: Int32) -> Bool {
            guard let pids = pids() else { return true }
            return pids.contains { pid in
                // pid (name) state parent group …; the name may hold anything.
                let status = bytes(of: "/proc/\(pid)/stat")
                guard let name = status.lastIndex(of: UInt8(ascii: ")")) else { return false }
                let fields = status[(name + 1)...].split(separator: UInt8(ascii: " "))
                guard fields.count > 2 else { return false }
                let state = String(decoding: fields[0], as: UTF8.self)
                return state != "Z" && state != "X"
                    && Int32(String(decoding: fields[2], as: UTF8.self)) == leader
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

        private static func bytes(of path: String) -> [UInt8] {
            guard let file = Descriptor(system_open(path, O_RDONLY)) else { return [] }
            return [UInt8](unsafeUninitializedCapacity: titleLimit) { buffer, count in
                count = file.read(UnsafeMutableRawBufferPointer(buffer)) ?? 0
            }
        }
    }
#endif
