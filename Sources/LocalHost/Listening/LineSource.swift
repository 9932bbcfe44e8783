import CSystem
import Engine

/// Where lines come from that may be signals: it is opened, read, and opened anew when it ends.
final class LineSource {
    /// A line may have so many bytes; a longer one is dropped.
    static let lineLimit = 4096
    /// So long after a failure it is tried again, then twice as long, up to the longest.
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)

    let name: SignalListener.Source
    private let open: () -> Result<Descriptor, SignalListener.Failure>
    /// Whether each read is a line of its own, as from a packet socket.
    private let isPacketed: Bool
    private(set) var descriptor: Descriptor?
    private var buffer: [UInt8] = []
    private var isOverlong = false
    private var dueAt = Instant.zero
    private var pause = LineSource.firstPause
    private var openedAt = Instant.zero
    private var lastFailure = ""

    init(
        _ name: SignalListener.Source,
        isPacketed: Bool,
        open: @escaping () -> Result<Descriptor, SignalListener.Failure>
    ) {
        self.name = name
        self.isPacketed = isPacketed
        self.open = open
    }

    /// When it wants to be opened again.
    var due: Instant { descriptor == nil ? dueAt : .never }

    /// Opens it when that is due; tells a failure once, and each success.
    func connect(at now: Instant) -> SignalListener.Heard? {
        guard descriptor == nil, now >= dueAt else { return nil }
        switch open() {
        case .success(let open):
            descriptor = open
            openedAt = now
            buffer = []
            lastFailure = ""
            return .connected(name)
        case .failure(let failure):
            putOff(at: now)
            guard failure.why != lastFailure else { return nil }
            lastFailure = failure.why
            return .lost(name, why: failure.why)
        }
    }

    /// It is tried again after a while, each time a longer one.
    private func putOff(at now: Instant) {
        dueAt = now + pause
        pause = min(pause * 2, Self.longestPause)
    }

    /// Reads what is there, a bounded amount at a time.
    func read(at now: Instant) -> [SignalListener.Heard] {
        guard let descriptor else { return [] }
        var heard: [SignalListener.Heard] = []
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { room in
            for _ in 0..<64 {
                guard let count = descriptor.read(room) else {
                    let error = system_error()
                    if error != EAGAIN && error != EWOULDBLOCK {
                        heard.append(lose(words(of: error), at: now))
                    }
                    return
                }
                guard count > 0 else {
                    heard.append(lose("it was closed", at: now))
                    return
                }
                heard += take(room[..<count])
            }
        }
        return heard
    }

    /// A tool that ends as soon as it starts was not open in a way that counts.
    private func lose(_ why: String, at now: Instant) -> SignalListener.Heard {
        descriptor = nil
        if now - openedAt >= Self.longestPause { pause = Self.firstPause }
        putOff(at: now)
        return .lost(name, why: why)
    }

    private func take(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> [SignalListener.Heard] {
        if isPacketed { return line(Array(bytes)).map { [$0] } ?? [] }
        var heard: [SignalListener.Heard] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                isOverlong = isOverlong || buffer.count >= Self.lineLimit
                if !isOverlong { buffer.append(byte) }
                continue
            }
            if !isOverlong, let line = line(buffer) { heard.append(line) }
            buffer = []
            isOverlong = false
        }
        return heard
    }

    private func line(_ bytes: [UInt8]) -> SignalListener.Heard? {
        guard !bytes.isEmpty, bytes.count <= Self.lineLimit else { return nil }
        return .line(name, String(decoding: bytes, as: UTF8.self))
    }
}
