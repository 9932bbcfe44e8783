/// What a site may take for granted of its machines and networks.
public enum Assumption: String, Sendable, CaseIterable {
    /// A node that does not answer is down: no link fails while both nodes live.
    case noPartition = "no-partition"
    /// Something outside lets one node at most be master, also while they cannot hear each other.
    case arbiter
    /// DRBD fences: a copy that came up alone serves nobody before it has met its peer.
    case fencing

    /// Whether stories go otherwise under it; else it leaves some of them out.
    public var changesStories: Bool { self != .noPartition }

    /// What is assumed, in a sentence.
    public var sentence: String {
        switch self {
        case .noPartition:
            "a node that does not answer is down: no link fails while both nodes live"
        case .arbiter:
            "something outside lets one node at most be master, also while they cannot hear each"
                + " other"
        case .fencing:
            "drbd.conf has `fencing` and a `fence-peer` for each resource, so that a copy that came"
                + " up alone serves nobody before it has met its peer"
        }
    }

    /// What cannot be guaranteed without it: in a few words, and in a sentence.
    public var hole: (title: String, why: String) {
        switch self {
        case .noPartition, .arbiter:
            (
                "what two nodes without an arbiter cannot guarantee",
                "a link fails while both live, and neither can tell it from the other's death"
            )
        case .fencing:
            (
                "what DRBD without fencing cannot guarantee",
                "a node that comes up alone takes its copy for the newest, also where its peer"
                    + " wrote on without it"
            )
        }
    }

    /// What closes the hole, in sentences, the best first.
    public func remedies(isOfData: Bool) -> [String] {
        switch self {
        case .noPartition, .arbiter: Self.apart(isOfData: isOfData)
        case .fencing:
            [
                "in drbd.conf, `fencing resource-only` and a `fence-peer` for each resource, as"
                    + " docs/linux.md has them; or `quorum` with a third node"
            ]
        }
    }

    /// What keeps two nodes apart that cannot hear each other.
    private static func apart(isOfData: Bool) -> [String] {
        var remedies = [
            "an arbiter: a third machine gives one node a lease, which the acquire plan asks for"
                + " under `require` and under the `guard` of the import",
            "fencing: a step before the import that cuts the peer's power and waits for that",
        ]
        if isOfData {
            remedies.append(
                "with DRBD: `quorum` with a third node, or `fencing resource-and-stonith`, so that"
                    + " a primary without its peer stops writing")
        }
        remedies.append(
            "no remedy is the pool's `multihost`: it looks for another host on this node's disks,"
                + " and cannot see the peer's replica")
        return remedies
    }
}
