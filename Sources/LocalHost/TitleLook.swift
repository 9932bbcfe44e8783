#if os(Linux)
    import CSystem
    import Engine

    /// The titles of some processes, on their way from the process that reads them.
    final class TitleLook: SlowLook {
        /// So many numbers are sent ahead: fewer bytes than a channel takes without blocking.
        private static let ahead = 256
        /// So much is taken from the channel at once.
        private static let piece = 65_536

        private let reader: TitleReader
        private let channel: Descriptor
        private let pids: [Int32]
        private var sent = 0
        private var arguments: [[UInt8]] = []
        /// What came and was not yet taken.
        private var received: ArraySlice<UInt8> = []
        private(set) var answer: Answer?

        /// Asks for the titles of these; nil when nobody reads them.
        init?(_ pids: [Int32], by reader: TitleReader) {
            guard let channel = reader.open() else { return nil }
            self.reader = reader
            self.channel = channel
            self.pids = pids
            proceed()
        }

        /// Who else would wait for the one that does not come, is told of it.
        var silence: String {
            let pid = pids[min(arguments.count, pids.count - 1)]
            let name = ProcessTable.state(of: pid).map { " (\(printable($0.name)))" } ?? ""
            return "the title of pid \(pid)\(name) does not come: it may be stuck in the kernel"
        }

        func wait(in polls: inout PollSet) { polls.add(channel) }

        func serve(_ polls: PollSet) {
            guard answer == nil, polls.isReady(channel) else { return }
            let more = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, taken in
                let count = system_receive(channel.number, buffer.baseAddress, buffer.count)
                taken = max(0, count)
            }
            if more.isEmpty { return fail() }
            received += more
            proceed()
        }

        /// Takes what is whole, and asks for what is next.
        private func proceed() {
            while arguments.count < sent, let bytes = next() { arguments.append(bytes) }
            if arguments.count == pids.count { return finish() }
            guard sent == arguments.count else { return }
            let some = pids[sent...].prefix(Self.ahead)
            let bytes = some.flatMap { pid in withUnsafeBytes(of: pid) { Array($0) } }
            let isSent = bytes.withUnsafeBytes { bytes in
                system_send(channel.number, bytes.baseAddress, bytes.count) == bytes.count
            }
            if !isSent { return fail() }
            sent += some.count
        }

        private func next() -> [UInt8]? {
            let size = MemoryLayout<UInt32>.size
            guard received.count >= size else { return nil }
            let length = Int(
                received.prefix(size).withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
            guard received.count >= size + length else { return nil }
            let bytes = received.dropFirst(size).prefix(length)
            received = received.dropFirst(size + length)
            return Array(bytes)
        }

        private func finish() {
            var entries: [ProcessEntry] = []
            entries.reserveCapacity(pids.count)
            for (pid, arguments) in zip(pids, arguments) {
                let title = ProcessTable.title(arguments)
                guard !title.isEmpty else { continue }
                let origin =
                    ProcessEntry.isDaemon(title) ? ProcessTable.origin(of: pid) : nil
                entries.append(ProcessEntry(pid: pid, title: title, origin: origin))
            }
            answer = .processes(entries)
        }

        /// The next look starts another reader.
        private func fail() {
            reader.leave()
            answer = .missing(why: "the process that reads titles has ended")
        }
    }
#endif
