package import Engine
package import LocalHost

/// Tells the system's log what a run does, a line for each thing that matters.
package struct SyslogView {
    private var chronicle: Chronicle
    private let log: Syslog

    package init(_ plan: Plan, to log: Syslog) {
        chronicle = Chronicle(plan)
        self.log = log
    }

    package mutating func take(_ record: Record) {
        for line in chronicle.take(record) where line.weight > .passing { send(line) }
    }

    private func send(_ line: Chronicle.Line) {
        let level: String? =
            switch line.weight {
            case .passing, .ordinary, .notable: nil
            case .warning: "warning"
            case .failure: "err"
            }
        log.send("\(chronicle.progress.plan.name): \(line.word): \(line.text)", level: level)
    }
}
