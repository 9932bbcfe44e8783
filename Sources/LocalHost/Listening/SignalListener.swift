import CSystem
public import Engine

/// Listens where the system gives signals out: devd's socket, keepalived's FIFO, the events of DRBD
/// and of ZFS.
public final class SignalListener {
    /// Where a line is from.
    public enum Source: String, Sendable {
        case devd, keepalived, drbd, zfs

        /// Whether a line of this source may mean that a pool or a replica is not what it was.
        public func tellsOfStorage(_ line: String) -> Bool {
            // A line of the history, as for each snapshot, says nothing of how the pool is.
            switch self {
            case .devd: line.hasPrefix("!system=ZFS ") && !line.contains(".history_event")
            case .zfs: !line.contains(".history_event")
            case .drbd: true
            case .keepalived: false
            }
        }
    }

    /// What there is to hear.
    public enum Heard: Hashable, Sendable {
        /// One line, as it came.
        case line(Source, String)
        /// The source is open; what was said before was missed.
        case connected(Source)
        /// The source is not to be had; it is tried again.
        case lost(Source, why: String)
        /// A person or the service manager wants the program to end.
        case interrupt
    }

    struct Failure: Error {
        let why: String
    }

    /// Where the sources are; nil for one that is not listened to.
    public struct Places: Sendable {
        /// devd's packet socket.
        public var devd: String?
        /// The FIFO of keepalived's `vrrp_notify_fifo`, which is made where there is none.
        public var keepalived: String?
        /// The command that prints DRBD's events.
        public var drbd: [String]?
        /// The command that prints the events of ZFS, where devd does not tell of them.
        public var zfs: [String]?

        /// Nowhere.
        public init() {}

        /// Where devd(8) listens.
        public static let usualDevd = "/var/run/devd.seqpacket.pipe"
    }

    private let sources: [LineSource]
    private let interrupts: InterruptSignals?
    private let streams: [EventStream]
    private var exits = Exits()

    /// Listens at these places, and to the signals that end a program.
    public init(_ places: Places, path: [String] = LocalHost.usualPath) {
        system_reserve_standard_streams()
        system_expect_children()
        interrupts = InterruptSignals()
        var streams: [EventStream] = []
        var sources: [LineSource] = []
        if let place = places.devd {
            sources.append(LineSource(.devd, isPacketed: true) { Self.packets(place) })
        }
        if let place = places.keepalived {
            sources.append(LineSource(.keepalived, isPacketed: false) { Self.pipe(place) })
        }
        for (source, argv) in [(Source.drbd, places.drbd), (.zfs, places.zfs)] {
            guard let argv else { continue }
            let stream = EventStream(argv, Spawner(Toolbox(folders: path)))
            streams.append(stream)
            sources.append(LineSource(source, isPacketed: false) { stream.start() })
        }
        self.sources = sources
        self.streams = streams
    }

    deinit { for stream in streams { stream.end() } }

    /// Waits until there is something to hear, one of these processes ends, or `until`.
    public func listen(until: Instant, orEndOf processes: [Int32] = []) -> [Heard] {
        var heard: [Heard] = []
        for source in sources {
            if let news = source.connect(at: MonotonicClock.now) { heard.append(news) }
        }
        guard heard.isEmpty else { return heard }
        var polls = PollSet()
        interrupts?.wait(in: &polls)
        for source in sources { polls.add(source.descriptor) }
        exits.expect(processes)
        exits.wait(in: &polls)
        let due = sources.reduce(until) { min($0, $1.due) }
        polls.wait(max(.zero, due - MonotonicClock.now))
        let now = MonotonicClock.now
        for source in sources where polls.isReady(source.descriptor) {
            heard += source.read(at: now)
        }
        // Whoever asked looks for itself who is left.
        _ = exits.serve(polls)
        if (interrupts?.take(polls) ?? 0) > 0 { heard.append(.interrupt) }
        return heard
    }

    private static func packets(_ path: String) -> Result<Descriptor, Failure> {
        guard let socket = Descriptor(system_connect_packets(path)) else {
            return .failure(Failure(why: "\(path): \(words(of: system_error()))"))
        }
        return .success(socket)
    }

    /// Opened for writing, too, so that it has no end when a writer goes away.
    private static func pipe(_ path: String) -> Result<Descriptor, Failure> {
        if mkfifo(path, 0o600) != 0 && system_error() != EEXIST {
            return .failure(Failure(why: "\(path): \(words(of: system_error()))"))
        }
        guard let pipe = Descriptor(system_open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW)) else {
            return .failure(Failure(why: "\(path): \(words(of: system_error()))"))
        }
        var status = stat()
        guard fstat(pipe.number, &status) == 0, system_kind(status.st_mode) == S_IFIFO,
            status.st_uid == geteuid() || status.st_uid == 0
        else { return .failure(Failure(why: "\(path) is no FIFO of our own")) }
        return .success(pipe)
    }
}
