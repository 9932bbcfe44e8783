import CSystem

/// The service manager that started this program, as far as it wants to be told (sd_notify(3));
/// where there is none, nothing is told.
public struct ServiceManager: Sendable {
    private let socket: String?

    /// `socket` is what the variable `NOTIFY_SOCKET` says.
    public init(socket: String?) { self.socket = socket }

    /// Tells one thing: `READY=1`, `WATCHDOG=1`, `STOPPING=1`, `STATUS=…`.
    public func tell(_ state: String) {
        guard let socket else { return }
        let bytes = Array(state.utf8)
        _ = system_send_datagram(socket, bytes, bytes.count)
    }
}
