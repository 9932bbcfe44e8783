/// What ctld serves.
public struct Iscsi: Sendable {
    /// A logical unit.
    public struct Lun: Sendable {
        /// The volume or file beneath.
        public var path: String
        /// The pool that it lies on; nil when it lies on none.
        public var pool: String?
        /// Its size in blocks of 512 bytes.
        public var blocks: Int

        /// Creates a logical unit.
        public init(_ path: String, pool: String?, blocks: Int = 2_097_152) {
            self.path = path
            self.pool = pool
            self.blocks = blocks
        }
    }

    /// The names of the targets, each a port of its own.
    public var targets: [String] = []
    /// The logical units.
    public var luns: [Lun] = []

    /// Nothing to serve.
    public init() {}
}

extension Pair {
    /// What iSCSI serves of it.
    var luns: [Iscsi.Lun] {
        volumes.map { Iscsi.Lun(World.volumes + "\(pool)/\($0)", pool: pool) }
    }
}
