import CSystem
import Engine

/// The right to run the plans of a pair on this node; one process has it at a time, and its death
/// releases it.
public final class PairLock {
    /// Who has the lock; what it does not say is empty.
    public struct Holder: Hashable, Sendable {
        /// Its process, or 0.
        public let pid: Int32
        /// What it does.
        public let what: String
        /// When it began that: milliseconds of the time of day, or 0.
        public let since: Int64

        /// Whether it is this process, or a worker that got the lock from it and has yet to say
        /// its own name.
        public var isOneself: Bool { pid == getpid() }

        /// Whether somebody has stopped it, so that it does nothing and lets nobody else.
        public let isStopped: Bool

        /// Whether it mends something of a pair that stays as it is, so that what is served here is
        /// looked at meanwhile.
        public let mends: Bool

        /// Creates what is known of a holder.
        public init(
            pid: Int32, what: String, since: Int64, isStopped: Bool = false, mends: Bool = false
        ) {
            self.pid = pid
            self.what = what
            self.since = since
            self.isStopped = isStopped
            self.mends = mends
        }
    }

    /// Why a lock was not had.
    public enum LockFault: Error, Sendable {
        /// Somebody else has it.
        case held(Holder)
        /// It could not be asked for.
        case failed(StoreFault)
    }

    /// A file that is removed while it is being locked is asked for again so often.
    private static let attempts = 10
    /// Those who only ask for the holder are waited for so often, and so long each time.
    private static let askers = 100
    private static let instant = Duration.milliseconds(1)
    /// What is said of a holder is cut here.
    private static let wordLimit = 500

    private let file: Descriptor

    /// The locked descriptor, for a detached child to inherit.
    var descriptor: Int32 { file.number }

    private init(_ file: Descriptor) { self.file = file }

    /// What a lock is the right to.
    public enum Kind: String, Sendable {
        /// To run the pair's plans.
        case lock
        /// To have the lock next: whoever holds that is asked to hand over.
        case takeover
        /// To be the service that watches the pair.
        case watch
        /// To look whether all is well while the pair is served here.
        case monitor
        /// To give the pair up for what is watched, if that can be; who says what for wants the
        /// lock, and who mends something hands it over.
        case release
    }

    /// Takes the lock of a pair, without waiting, to do `what`; `mends` as a holder's.
    public static func take(
        _ pair: String,
        in folders: StateFolders,
        for what: String = "",
        _ kind: Kind = .lock,
        mends: Bool = false
    ) -> Result<PairLock, LockFault> {
        let path = path(of: pair, in: folders, kind)
        for _ in 0..<attempts {
            guard let file = Descriptor(system_create(path, O_RDWR | O_NOFOLLOW, 0o600)) else {
                return .failure(.failed(fault("cannot be taken", path)))
            }
            switch seize(file) {
            case 0: break
            case EWOULDBLOCK: return .failure(.held(holder(in: file)))
            default: return .failure(.failed(fault("cannot be taken", path)))
            }
            guard file.isFile(at: path) else { continue }
            let lock = PairLock(file)
            lock.note(what, mends: mends)
            return .success(lock)
        }
        return .failure(.failed(StoreFault("the lock \(path) is removed again and again")))
    }

    /// Adopts the lock that a parent took and handed over as a descriptor, which is this lock's
    /// from now on, also when it is refused.
    public init(
        inheriting descriptor: Int32,
        _ pair: String,
        in folders: StateFolders
    ) throws(LockFault) {
        let path = Self.path(of: pair, in: folders)
        guard descriptor > 2, let file = Descriptor(descriptor), file.isFile(at: path) else {
            throw .failed(StoreFault("what was handed over is not the lock \(path)"))
        }
        system_close_on_exec(descriptor)
        // Asking again for what one has is granted; what nobody had is had from here on.
        switch system_lock(descriptor, 0) {
        case 0: self.file = file
        case EWOULDBLOCK: throw .held(Self.holder(in: file))
        case let error:
            throw .failed(StoreFault("the lock \(path) cannot be taken", error, at: path))
        }
    }

    /// Takes a file's lock; `EWOULDBLOCK` where another has it.
    ///
    /// flock(2) cannot be asked for a holder, so that who asks shares the lock for an instant. No
    /// holder shares it: what can be shared is free in a moment.
    private static func seize(_ file: Descriptor) -> Int32 {
        for _ in 0..<askers {
            let answer = system_lock(file.number, 0)
            guard answer == EWOULDBLOCK, system_lock(file.number, 1) == 0 else { return answer }
            system_unlock(file.number)
            MonotonicClock.pause(instant)
        }
        return EWOULDBLOCK
    }

    /// Who has the lock of a pair now; nil when nobody has it.
    public static func holder(
        of pair: String,
        in folders: StateFolders,
        _ kind: Kind = .lock
    ) -> Holder? {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK
        guard let file = Descriptor(system_open(path(of: pair, in: folders, kind), flags)),
            system_lock(file.number, 1) == EWOULDBLOCK
        else { return nil }
        return holder(in: file)
    }

    /// Gives the lock back now, whoever else still refers to it.
    public func release() { system_unlock(file.number) }

    /// Says in the lock's file who has it, and what for; that cannot fail the holder.
    public func note(_ what: String, mends: Bool = false) {
        let since = WallClock.milliseconds
        let word = printable(what).prefix(Self.wordLimit)
        let kind = mends ? "mends yes\n" : ""
        let text = Array("pid \(getpid())\nwhat \(word)\nsince \(since)\n\(kind)".utf8)
        // Never empty in between: it is overwritten, then cut.
        if pwrite(file.number, text, text.count, 0) == text.count {
            ftruncate(file.number, off_t(text.count))
        }
    }

    private static func path(
        of pair: String, in folders: StateFolders, _ kind: Kind = .lock
    ) -> String {
        folders.runtime(of: pair) + "/" + kind.rawValue
    }

    private static func fault(_ what: String, _ path: String) -> StoreFault {
        StoreFault("the lock \(path) \(what)", system_error(), at: path)
    }

    private static func holder(in file: Descriptor) -> Holder {
        var words: [Substring: Substring] = [:]
        for line in String(decoding: file.readAll(limit: StoreFile.limit) ?? [], as: UTF8.self)
            .split(separator: "\n")
        {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { words[parts[0]] = parts[1] }
        }
        let pid = words["pid"].flatMap { Int32($0) } ?? 0
        return Holder(
            pid: pid,
            what: String(words["what"] ?? ""),
            since: words["since"].flatMap { Int64($0) } ?? 0,
            isStopped: pid > 0 && ProcessTable.state(of: pid)?.isStopped == true,
            mends: words["mends"] != nil)
    }
}

extension PairLock.Holder {
    /// Ends one that is stopped, and is of this program; whether it did. What it holds is free soon
    /// afterwards.
    public func endStopped() -> Bool {
        guard isStopped, !isOneself, let other = ProcessTable.state(of: pid),
            let own = ProcessTable.state(of: getpid()), other.name == own.name
        else { return false }
        return kill(pid, SIGKILL) == 0
    }
}

extension Descriptor {
    /// Whether this is the regular file that stands at `path` now.
    func isFile(at path: String) -> Bool {
        var own = stat()
        var there = stat()
        return fstat(number, &own) == 0 && lstat(path, &there) == 0
            && system_kind(own.st_mode) == S_IFREG
            && own.st_ino == there.st_ino && own.st_dev == there.st_dev
    }
}
