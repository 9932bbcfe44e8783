/// What the pair looks at in a resource of one node's DRBD: without its texts, as it does so all
/// the time.
struct DrbdEnd: Hashable, Sendable {
    let isUp: Bool
    let role: DrbdResource.Role
    let disk: DrbdResource.Disk
    let connection: DrbdResource.Connection
    let peer: DrbdResource.Role?
    let peerDisk: DrbdResource.Disk
    let replication: DrbdResource.Replication
    let stalls: Bool
    let discards: Bool

    @inline(__always)
    init(_ resource: borrowing DrbdResource) {
        isUp = resource.isUp
        role = resource.role
        disk = resource.disk
        connection = resource.connection
        peer = resource.peer
        peerDisk = resource.peerDisk
        replication = resource.replication
        stalls = resource.stalls
        discards = resource.discards
    }
}
