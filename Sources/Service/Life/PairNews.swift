import Engine
import LocalHost

/// What is told of a pair outside a run: to the log, and to whoever the site says.
struct PairNews {
    private let installation: Installation
    private let pair: String

    init(_ installation: Installation, of pair: String) {
        self.installation = installation
        self.pair = pair
    }

    /// Tells it; waits for nobody.
    func tell(_ text: String, _ weight: Dispatcher.Weight) {
        let syslog = installation.syslog
        syslog?.send("\(pair): \(text)", level: weight.level)
        let complaint = syslog?.line("nobody is notified: ", level: "warning")
        let notification = Notification(installation.site, of: "pair \(pair): \(text)")
        guard let fault = notification?.send(complaint: complaint) else { return }
        syslog?.send("nobody is notified: \(fault)", level: "warning")
    }
}
