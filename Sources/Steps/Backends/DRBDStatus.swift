import Engine

/// What `drbdsetup status --verbose` says of one resource.
///
/// Read word by word, as `key:value`: 8.4 and 9 print the same words for what matters here, other
/// releases others between them, and all of them break a line before its 80th column, whatever the
/// output is (wrap_printf of drbd-utils).
struct DRBDStatus {
    /// The role here: `Primary`, `Secondary`.
    private(set) var role: Bytes
    /// Why I/O waits, if it does: `user`, `no-data`, `fencing`, `quorum`.
    private(set) var suspended: Bytes?
    /// The states of this node's disks, one for each volume.
    private(set) var disks: [Bytes] = []
    /// Whether a volume lacks the quorum that the configuration wants.
    private(set) var lacksQuorum = false
    /// The other nodes, as far as this one has a connection for them.
    private(set) var peers: [Peer] = []

    /// Another node.
    struct Peer {
        /// The state of the connection: `Connected`, `Connecting`, `StandAlone`; nil where it is
        /// left out, as it is without --verbose while there is one.
        var connection: Bytes?
        /// Its role; `Unknown` while it is not connected.
        var role: Bytes?
        /// What is known of its disks.
        var disks: [Bytes] = []
        /// How its copy and this one are made alike, other than `Established` and `Off`.
        var replication: Bytes?

        var isConnected: Bool { connection?.equals("Connected") ?? true }
        /// Whether it said what it is; while both ends introduce themselves, neither has.
        var isKnown: Bool { isPrimary || role?.equals("Secondary") ?? false }
        var isPrimary: Bool { role?.equals("Primary") ?? false }
        /// Whether nothing is tried any more: by hand, or since both copies were written apart.
        var isStandAlone: Bool { connection?.equals("StandAlone") ?? false }
        /// Whether this node tries to reach it, and does not.
        var isSought: Bool {
            connection.map { $0.equals("Connecting") || $0.equals("Unconnected") } ?? false
        }
        var isUpToDate: Bool { !disks.isEmpty && disks.allSatisfy { $0.equals("UpToDate") } }
    }

    /// Whether the kernel has no DRBD, so that no resource is up: drbdsetup(8) found no /proc/drbd,
    /// and could not load the module (modprobe_drbd of drbd-utils).
    static func isWithoutModule(_ answers: Answers, of resource: String) -> Bool {
        guard case .output(let output) = answers[query(resource)] else { return false }
        return isWithoutModule(output)
    }

    private static func isWithoutModule(_ output: Output) -> Bool {
        output.status == .exited(20) && output.standardOutput.isEmpty
            && output.standardError.mentions("Failed to modprobe drbd")
    }

    /// Reads the status; nil when the resource is not up.
    static func read(
        _ answers: Answers, of resource: String
    ) throws(Unreadable) -> DRBDStatus? {
        let query = query(resource)
        let output = try answers.output(of: query)
        guard output.succeeded else {
            if output.standardError.mentions("No such resource") { return nil }
            if isWithoutModule(output) { return nil }
            throw Unreadable(query, output)
        }
        var status = DRBDStatus(role: [][...])
        var lines = ByteLines(output.standardOutput)
        var head = ByteWords(lines.next() ?? [])
        guard let name = head.next(), name.elementsEqual(resource.utf8) else {
            throw Unreadable(query, output)
        }
        for word in head { status.take(word) }
        for line in lines {
            for word in ByteWords(line) { status.take(word) }
        }
        guard !status.role.isEmpty else { throw Unreadable(query, output) }
        return status
    }

    /// The look behind it.
    static func query(_ resource: String) -> Query { .command(.drbdStatus(resource)) }

    /// Takes one word in; one without a colon is the name of a peer.
    private mutating func take(_ word: Bytes) {
        guard let colon = word.firstIndex(of: UInt8(ascii: ":")) else {
            return peers.append(Peer())
        }
        let value = word[(colon + 1)...]
        let last = peers.indices.last
        switch word[..<colon] {
        case "role":
            if let last { peers[last].role = value } else { role = value }
        case "suspended":
            suspended = value.equals("no") ? nil : value
        case "disk": disks.append(value)
        case "quorum": lacksQuorum = lacksQuorum || value.equals("no")
        case "connection":
            // 9 names no peer of which it knows the number alone.
            if let last, peers[last].connection == nil {
                peers[last].connection = value
            } else {
                peers.append(Peer(connection: value))
            }
        case "peer-disk":
            if let last { peers[last].disks.append(value) }
        case "replication":
            let isAtRest = value.equals("Established") || value.equals("Off")
            if let last, !isAtRest { peers[last].replication = value }
        default: break
        }
    }
}

extension DRBDStatus {
    var isPrimary: Bool { role.equals("Primary") }
    var isUpToDate: Bool { !disks.isEmpty && disks.allSatisfy { $0.equals("UpToDate") } }
    var isConnected: Bool { peers.contains { $0.isConnected } }

    /// Whether nothing ever comes from a peer until a person reconnects: for want of any connection
    /// too, since 8.4 forgets one that it has dropped.
    var isStandAlone: Bool { peers.allSatisfy(\.isStandAlone) }

    /// Whether all data can be read and written, if need be on a connected peer.
    var isReadable: Bool {
        isUpToDate || !disks.isEmpty && peers.contains { $0.isConnected && $0.isUpToDate }
    }

    /// This node's disks in a word: the one that is worst off, and what is done about it.
    var ownCopy: String {
        let worst = disks.first { !$0.equals("UpToDate") } ?? disks.first
        let word = worst?.text ?? "without a disk"
        guard let synchronizes = peers.lazy.compactMap(\.replication).first else { return word }
        return "\(word), \(synchronizes.text)"
    }
}
