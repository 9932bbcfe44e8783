import CSystem

/// The ends of processes that are not our children, as far as the system tells of them.
///
/// It only hurries: what does not come by this way is seen by the next look.
struct Exits {
    /// More than this are not waited for at once, since each takes a descriptor.
    private static let limit = 4

    private var descriptors: [Int32: Descriptor] = [:]
    /// Those that have ended; if one of these numbers is seen again, a look will have to do.
    private var ended: Set<Int32> = []

    /// Waits for these processes, and for no others.
    mutating func expect(_ pids: [Int32]) {
        var kept: [Int32: Descriptor] = [:]
        for pid in pids.prefix(Self.limit) where !ended.contains(pid) {
            kept[pid] = descriptors[pid] ?? Descriptor(system_exit_descriptor(pid))
        }
        descriptors = kept
    }

    func wait(in polls: inout PollSet) {
        for descriptor in descriptors.values { polls.add(descriptor) }
    }

    /// Whether one of them has ended.
    mutating func serve(_ polls: PollSet) -> Bool {
        let over = descriptors.filter { polls.isReady($0.value) }.keys
        for pid in over {
            descriptors[pid] = nil
            ended.insert(pid)
        }
        return !over.isEmpty
    }
}
