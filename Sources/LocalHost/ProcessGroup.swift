import CSystem

/// The processes that a child has started and that stay in its group.
enum ProcessGroup {
    /// Whether one of them can still do something; the dead that nobody has waited for cannot.
    static func isAlive(_ leader: Int32) -> Bool {
        if kill(-leader, 0) != 0 && system_error() == ESRCH { return false }
        guard let all = ProcessTable.states() else { return true }
        return all.contains { $0.group == leader && !$0.isDead }
    }

    /// Whether a group is alive whose leader started its session then; nil when nobody can tell.
    ///
    /// A number is not given away while a group has it. So whoever has it with another start is
    /// not of that group, and that group is no more.
    static func isAlive(_ leader: Int32, started: UInt64) -> Bool? {
        if kill(-leader, 0) != 0 && system_error() == ESRCH { return false }
        if let process = ProcessTable.state(of: leader),
            !ProcessTable.isOneStart(process.started, started)
        {
            return false
        }
        return ProcessTable.states()?.contains {
            $0.group == leader && $0.session == leader && !$0.isDead
        }
    }
}
