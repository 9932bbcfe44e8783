import Engine

/// HAST on this node: the daemon and its resources.
public struct Hast: Sendable {
    /// Whether hastd runs and answers on its socket.
    public var isRunning = true
    /// The resources in the order of /etc/hast.conf.
    public var resources: [HastResource] = []
    /// The resource whose worker does not end, on which single-threaded hastd waits.
    var waitsFor: String?
    /// `timeout` of hast.conf(5): how long a connection to a peer is waited for.
    public var timeout = usualTimeout
    /// What it is where hast.conf does not say.
    static let usualTimeout = Duration.seconds(20)
    /// Whether hastd waits for a worker that waits for hastd: nobody gets an answer any more, and
    /// only the end of the daemon leads out (recorded on FreeBSD 13.2).
    public internal(set) var isDeadlocked = false
    /// How many workers make their devices each time GEOM has nothing left to taste. Recorded with
    /// five disks and a dead peer: from all that wait down to one.
    public var devicesAtOnce = 2
    /// When the last demotion of a primary came to an end that was reaching for a dead peer.
    var demotedAt: Instant?
    /// Counts the daemons: a request dies with the one that it was sent to.
    private(set) var life = 0

    /// No resources.
    public init() {}

    /// The daemon has ended, or was killed: its socket stays, and its workers are gone.
    mutating func end() {
        isRunning = false
        isDeadlocked = false
        waitsFor = nil
        demotedAt = nil
        life += 1
    }

    /// Whether a promotion is under way; asked before each look, so that nothing is copied.
    var lacksDevices: Bool {
        for index in resources.indices where resources[index].lacksDevice { return true }
        return false
    }

    /// The index of a resource.
    func index(of name: String) -> Int? {
        for index in resources.indices where resources[index].name == name { return index }
        return nil
    }
}
