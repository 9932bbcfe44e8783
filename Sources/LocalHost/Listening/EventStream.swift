import CSystem
import Engine

/// A tool that prints events for as long as it lives; started anew when it ended.
final class EventStream {
    private let argv: [String]
    private let spawner: Spawner
    private var pid: Int32?

    init(_ argv: [String], _ spawner: Spawner) {
        self.argv = argv
        self.spawner = spawner
    }

    /// Ends what is left of the last start, and starts the tool; gives its output.
    func start() -> Result<Descriptor, SignalListener.Failure> {
        end()
        do {
            let (pid, output) = try spawner.stream(argv)
            self.pid = pid
            return .success(output)
        } catch {
            return .failure(SignalListener.Failure(why: error.why))
        }
    }

    /// Ends the tool.
    func end() {
        guard let pid else { return }
        kill(-pid, SIGKILL)
        system_leave_child(pid)
        self.pid = nil
    }
}
