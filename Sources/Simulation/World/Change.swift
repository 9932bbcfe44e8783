/// Something that happens to a world by itself.
public enum Change: Sendable {
    /// A primary's worker has made its device; void when it is not this worker any more.
    case deviceAppears(String, worker: Int32)
    /// A primary's worker lets I/O through; void when it is not this worker any more.
    case ioFlows(String, worker: Int32)
    /// A worker dies, whatever it was; a primary falls back to init (sbin/hastd/hastd.c).
    case workerDies(String)
    /// The peer is not primary of a resource any more: this node's secondary worker ends.
    case peerReleases(String)
    /// The peer becomes primary of a resource: this node's secondary gets a worker.
    case peerTakes(String)
    /// A peer that is primary finds this node's secondary, which gets a worker.
    case peerConnects(String)
    /// The peer has exported a pool.
    case peerExports(String)
    /// Something happens to a resource of DRBD.
    case drbd(DrbdEvent, String)
    /// The peer dies without a word.
    case peerDies
    /// A virtual host changes its state.
    case carp(String, vhid: Int, VirtualHost.State)
    /// A virtual host does what the peer's advertisements, or their absence, make it do.
    case carpSettles(String, vhid: Int)
    /// A pool's I/O is suspended.
    case suspends(String)
    /// A pool's I/O goes on.
    case resumes(String)
    /// Something begins to hold a pool.
    case holds(String, Pool.Holder)
    /// Nothing but ctld holds a pool any more.
    case lets(String)
    /// A service starts, as its start goes, unless its configuration cannot be applied.
    case serviceStarts(String)
    /// A process of a service that daemonised has applied its configuration, or gives up; void when
    /// the process is gone.
    case serviceApplies(String, process: Int32)
    /// A service dies.
    case serviceDies(String)
    /// A file appears, or another kind of thing.
    case creates(FileEntry)
    /// What stands at a path goes away.
    case removes(String)
    /// A process of this title begins.
    case processBegins(String)
    /// Every process of this title ends.
    case processEnds(String)
    /// Commands in which these words occur hang from now on.
    case hangs([String])
    /// Commands in which these words occur do not hang any more.
    case answers([String])
    /// A signal arrives that names another plan.
    case signal(String)
    /// A person presses Ctrl-C.
    case interrupt
}

/// A change and when it comes.
public struct Later: Sendable {
    /// How long after the start, or after what brings it about.
    public var after: Duration
    /// What happens.
    public var change: Change

    /// Creates it.
    public init(after: Duration, _ change: Change) {
        self.after = after
        self.change = change
    }
}
