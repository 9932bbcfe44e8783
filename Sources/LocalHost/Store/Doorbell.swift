import CSystem
import Engine

/// Tells whoever holds a lock of a pair that there is something new to read, or to look at.
public final class Doorbell {
    /// Who is rung for.
    public enum Kind: String, Sendable {
        /// Who holds the pair's lock.
        case worker = "bell"
        /// Who looks whether all is well while the pair is served here.
        case monitor = "monitor-bell"
    }

    let descriptor: Descriptor

    /// The listener's end, which is made if it is not there.
    public init(
        _ pair: String, in folders: StateFolders, _ kind: Kind = .worker
    ) throws(StoreFault) {
        let path = Self.path(of: pair, in: folders, kind)
        // Open for writing, too, so that it never is at its end.
        if mkfifo(path, 0o600) != 0 && system_error() != EEXIST {
            throw StoreFault("the doorbell \(path) cannot be made", system_error(), at: path)
        }
        let flags = O_RDWR | O_NONBLOCK | O_NOFOLLOW
        guard let open = Descriptor(system_open(path, flags)) else {
            throw StoreFault("the doorbell \(path) cannot be opened", system_error(), at: path)
        }
        guard open.isOwnPipe else {
            throw StoreFault(
                "\(path) is no doorbell: not a FIFO of our own", help: "rm \(shellQuoted(path))")
        }
        descriptor = open
    }

    /// Rings at a pair, without blocking; whether somebody listens.
    @discardableResult
    public static func ring(
        _ pair: String, in folders: StateFolders, _ kind: Kind = .worker
    ) -> Bool {
        let flags = O_WRONLY | O_NONBLOCK | O_NOFOLLOW
        guard let bell = Descriptor(system_open(path(of: pair, in: folders, kind), flags)),
            bell.isOwnPipe
        else { return false }
        // A full one has rung enough. The listener may go away meanwhile (EPIPE).
        system_ignore_broken_pipes()
        let byte: [UInt8] = [1]
        return write(bell.number, byte, 1) == 1 || system_error() == EAGAIN
    }

    /// Takes all rings that there are; whether there was one.
    func take() -> Bool {
        var hasRung = false
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            // A pipe holds no more than so many reads.
            for _ in 0..<256 {
                guard let count = descriptor.read(buffer), count > 0 else { return }
                hasRung = true
            }
        }
        return hasRung
    }

    private static func path(
        of pair: String, in folders: StateFolders, _ kind: Kind
    ) -> String {
        folders.runtime(of: pair) + "/" + kind.rawValue
    }
}

extension Descriptor {
    /// Whether this is a FIFO that nobody else but root made.
    fileprivate var isOwnPipe: Bool {
        var status = stat()
        return fstat(number, &status) == 0 && system_kind(status.st_mode) == S_IFIFO
            && (status.st_uid == geteuid() || status.st_uid == 0)
    }
}
