import Engine

/// An account of an ending that can be read back, whatever is in it.
extension Ending {
    /// Each list is cut here, in bytes; half of the room that a journal keeps for its last line.
    private static let listLimit = 256 << 10
    private static let reasonLimit = 64 << 10

    /// The same, with what is too long cut and counted.
    var fitting: Ending {
        Ending(
            kind,
            reason: reason.utf8.count <= Self.reasonLimit
                ? reason : String(reason.prefix(Self.reasonLimit / 4)) + "…",
            warnings: Self.fitting(warnings), remaining: Self.fitting(remaining),
            handOver: handOver, isCommitted: isCommitted)
    }

    private static func fitting(_ lines: [String]) -> [String] {
        var room = listLimit
        let kept = lines.prefix { line in
            room -= line.utf8.count
            return room >= 0
        }
        let left = lines.count - kept.count
        return left == 0 ? lines : kept + ["… and \(left) more that are too long to be kept"]
    }
}
