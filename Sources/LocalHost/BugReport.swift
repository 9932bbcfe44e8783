import CSystem

/// What the program says when it meets a bug of its own.
public enum BugReport {
    /// `EX_SOFTWARE` of sysexits(3).
    public static let exitCode: Int32 = 70

    private static let text: StaticString = """
        failover: this is a bug of failover. It ended in the middle of what it did: look at the \
        host before you run anything else, and report the lines above.

        """

    /// From now on a trap ends the program with the exit code of a bug.
    public static func install() {
        text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount) {
            system_exit_on_trap($0, exitCode)
        }
    }
}
