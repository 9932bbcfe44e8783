import CSystem
import Engine

/// Reads what may lie on a disk that hangs: a process of its own does it, and is left behind when
/// it does not come back.
struct DiskReader {
    /// Why there is nothing to be had.
    enum Fault: Error, Equatable {
        /// The system's error number.
        case error(Int32)
        /// The disk did not answer in time.
        case silent
    }

    let path: String
    /// More bytes are not read.
    let limit: Int
    /// The process comes back within this time, or is left behind.
    let patience: Duration
    /// So long of it a writer of the file is waited for.
    var lockPatience = Duration.zero

    /// The bytes of a regular file.
    func file() -> Result<[UInt8], Fault> { read(READ_FILE) }

    /// The names in a folder, without its own two.
    func names() -> Result<[String], Fault> {
        read(READ_NAMES).map { bytes in
            bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
                .filter { $0 != "." && $0 != ".." }
        }
    }

    /// The same, with what the folder tells of each.
    func entries() -> Result<[JournalFolder.Entry], Fault> { read(READ_ENTRIES).map(Self.entries) }

    private static func entries(in bytes: [UInt8]) -> [JournalFolder.Entry] {
        let size = MemoryLayout<reader_entry>.size
        var entries: [JournalFolder.Entry] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0), rest.endIndex - end > size {
            var told = reader_entry()
            withUnsafeMutableBytes(of: &told) {
                $0.copyBytes(from: rest[(end + 1)...].prefix(size))
            }
            let name = String(decoding: rest[..<end], as: UTF8.self)
            entries.append(
                JournalFolder.Entry(name: name, size: Int(told.size), changed: told.changed))
            rest = rest[(end + 1 + size)...]
        }
        return entries
    }

    private func read(_ what: Int32) -> Result<[UInt8], Fault> {
        begin(what).flatMap { $0.end(until: MonotonicClock.now + patience) }
    }

    /// Starts the process, so that several can be at work at once.
    func begin(_ what: Int32 = READ_FILE) -> Result<Reading, Fault> {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else { return .failure(.error(ENOENT)) }
        var pid: pid_t = 0
        var number: Int32 = -1
        let wait = Int32(clamping: lockPatience.milliseconds)
        let error = system_start_reader(&pid, &number, path, what, limit, wait)
        guard error == 0, let output = Descriptor(number) else { return .failure(.error(error)) }
        return .success(Reading(pid: pid, output: output))
    }

    /// A process that reads.
    final class Reading {
        private let pid: Int32
        private let output: Descriptor

        fileprivate init(pid: Int32, output: Descriptor) {
            self.pid = pid
            self.output = output
        }

        deinit {
            // What sleeps in the kernel does not die of it at once, and is not waited for.
            kill(pid, SIGKILL)
            system_leave_child(pid)
        }

        /// What it read.
        func end(until end: Instant) -> Result<[UInt8], Fault> {
            guard var bytes = bytes(until: end) else { return .failure(.silent) }
            let size = MemoryLayout<Int32>.size
            guard bytes.count >= size else { return .failure(.error(EIO)) }
            var failure: Int32 = 0
            withUnsafeMutableBytes(of: &failure) { $0.copyBytes(from: bytes.suffix(size)) }
            bytes.removeLast(size)
            return failure == 0 ? .success(bytes) : .failure(.error(failure))
        }

        /// All that the process sends; nil when it does not come to its end in time.
        private func bytes(until end: Instant) -> [UInt8]? {
            var bytes: [UInt8] = []
            return withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
                while true {
                    let left = max(0, (end - MonotonicClock.now).nanoseconds)
                    guard system_await(output.number, POLLIN, left) == 1 else { return nil }
                    guard let count = output.read(buffer) else { return nil }
                    if count == 0 { return bytes }
                    bytes.append(contentsOf: buffer[..<count])
                }
            }
        }
    }
}
