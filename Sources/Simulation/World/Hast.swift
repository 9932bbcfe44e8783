/// HAST on this node: the daemon and its resources.
public struct Hast: Sendable {
    /// Whether hastd runs and answers on its socket.
    public var isRunning = true
    /// The resources in the order of /etc/hast.conf.
    public var resources: [HastResource] = []
    /// The resource whose worker does not end, on which single-threaded hastd waits.
    var waitsFor: String?

    /// No resources.
    public init() {}

    /// The index of a resource.
    func index(of name: String) -> Int? {
        for index in resources.indices where resources[index].name == name { return index }
        return nil
    }
}
