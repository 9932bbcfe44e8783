import CSystem

/// The processes that a child has started and that stay in its group.
enum ProcessGroup {
    /// Whether one of them can still do something; the dead that nobody has waited for cannot.
    static func isAlive(_ leader: Int32) -> Bool {
        if kill(-leader, 0) != 0 && system_error() == ESRCH { return false }
        return ProcessTable.hasLivingMember(ofGroup: leader)
    }
}
