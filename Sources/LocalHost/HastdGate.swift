import CSystem
public import Engine

/// Keeps the looks and commands of all our processes away from hastd while they would deadlock it
/// (`HastdInterlock`).
///
/// What is under way shows by titles and device nodes. Two locks in the runtime folder, which die
/// with their holders, close the gap between a look at these and what follows from it: whoever asks
/// shares the first, whoever promotes has it alone; whoever demotes has the second alone. Who gives
/// one back leaves a note in it until when others pause.
public final class HastdGate: Sendable {
    /// What the machine needs: nothing where there is no hastd, of which its pid file tells on a
    /// system that is not FreeBSD (a stage).
    public static var local: HastdGate? {
        guard Platform.local == .freebsd || access("/var/run/hastd.pid", F_OK) == 0 else {
            return nil
        }
        return HastdGate(folder: StateFolders.usual.runtime)
    }

    /// From the end of a promotion's tool until its worker has its title, at the latest.
    static let naming = Duration.milliseconds(500)
    /// How soon to try again what has to wait.
    static let retry = Duration.milliseconds(50)
    private static let deviceLimit = 4096

    private let folder: String
    private let devices: String

    /// A gate whose locks lie in an absolute folder, and for the devices in another.
    public init(folder: String, devices: String = HastdInterlock.devices) {
        self.folder = folder
        self.devices = devices
    }

    /// The right to use hastd in a way, for as long as this lives.
    final class Permit {
        let use: HastdUse
        private let locks: [Descriptor]

        init(_ use: HastdUse, _ locks: [Descriptor]) {
            self.use = use
            self.locks = locks
        }

        /// Gives it back, with a note until when others pause still.
        deinit {
            guard let pause = HastdGate.pause(behind: use), let last = locks.last else { return }
            let text = Array("\((MonotonicClock.now + pause).nanoseconds)\n".utf8)
            if pwrite(last.number, text, text.count, 0) == text.count {
                ftruncate(last.number, off_t(text.count))
            }
        }
    }

    /// How long others pause behind the end of such a use.
    private static func pause(behind use: HastdUse) -> Duration? {
        switch use {
        case .asks, .demotesAtOnce: nil
        case .promotes: naming
        case .demotes: HastdInterlock.pause
        }
    }

    /// What comes of asking for a permit.
    enum Reservation {
        case granted(Permit)
        case refused(String)
    }

    /// Keeps others from what must not go beside such a use. It may be made of only if `refusal`
    /// says so by a process table that was asked for while this was held.
    func reserve(_ use: HastdUse) -> Reservation {
        var locks: [Descriptor] = []
        switch take("hastd.promotions", for: use, isShared: use != .promotes) {
        case .taken(let lock): locks.append(contentsOf: [lock].compactMap(\.self))
        case .busy: return .refused(Self.busy(use))
        }
        guard use == .demotes else { return .granted(Permit(use, locks)) }
        switch take("hastd.demotions", for: use, isShared: false) {
        case .taken(let lock): locks.append(contentsOf: [lock].compactMap(\.self))
        case .busy: return .refused("another disk is being given up, and hastd takes one at a time")
        }
        return .granted(Permit(use, locks))
    }

    /// The resources whose promotion is under way.
    public func underway(_ processes: [ProcessEntry]) -> [String] {
        HastdInterlock.underway(processes: processes, devices: deviceNames)
    }

    /// Why a use must wait, by what is seen; nil when it need not.
    func refusal(of use: HastdUse, seeing processes: [ProcessEntry]) -> String? {
        HastdInterlock.refusal(of: use, processes: processes, devices: deviceNames)
    }

    private var deviceNames: [String] {
        StoreFile.names(in: devices, limit: Self.deviceLimit) ?? []
    }

    private static func busy(_ use: HastdUse) -> String {
        use == .promotes
            ? "hastd is being asked something, and is told of promotions after that"
            : "hastd is being told of a promotion, and must not be asked before its device is there"
    }

    /// Whether the last holder's note says that others pause still; one that says more than any
    /// holder would is damage.
    private func isPausing(_ file: Descriptor) -> Bool {
        let text = String(decoding: file.readAll(limit: StoreFile.limit) ?? [], as: UTF8.self)
        guard let until = text.split(separator: "\n").first.flatMap({ Int64($0) }) else {
            return false
        }
        let left = Instant(nanoseconds: until) - MonotonicClock.now
        return left > .zero && left <= HastdInterlock.pause
    }

    private enum Lock {
        /// Nil where there can be none: what is seen has to do then.
        case taken(Descriptor?)
        case busy
    }

    private func take(_ name: String, for use: HastdUse, isShared: Bool) -> Lock {
        let path = folder + "/" + name
        _ = StateFolders.makeFolders(folder)
        guard let file = Descriptor(system_create(path, O_RDWR | O_NOFOLLOW, 0o600)) else {
            return .taken(nil)
        }
        switch system_lock(file.number, isShared ? 1 : 0) {
        case 0: return use != .promotes && isPausing(file) ? .busy : .taken(file)
        case EWOULDBLOCK: return .busy
        default: return .taken(nil)
        }
    }
}
