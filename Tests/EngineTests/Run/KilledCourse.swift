@testable import Engine

/// A course whose engine is killed at a time, and what another makes of it.
struct KilledCourse {
    var course: Course
    /// Before the first event that is not earlier than this.
    var killed: Duration
    var choice = Recovery.Choice.automatic(isWanted: true)
    /// So many of the last records did not get to the disk.
    var lost = 0
    /// What comes in after the kill, so long after it.
    var inputs: [(Duration, Event.Input)] = []

    init(_ course: Course, killed: Duration) {
        self.course = course
        self.killed = killed
    }

    /// What is known when the engine is killed.
    private func kill() -> (Past, ToyHost, [Record]) {
        var host = course.host
        var run = Run(course.plan)
        var past = Past(course.plan)
        var records: [Record] = []
        var event: Event? = Event(at: .zero, .begin(settled: .zero))
        var later = host
        while let next = event, next.at < .zero + killed {
            host = later
            let turn = run.handle(next)
            records += turn.records
            for work in turn.work { host.perform(work) }
            later = host
            event = run.ending == nil ? later.next() : nil
        }
        host = host.orphaned()
        host.pass(to: .zero + killed)
        records.removeLast(lost)
        for record in records { past.take(record) }
        return (past, host, records)
    }

    var past: Past { kill().0 }

    func play() -> Course.Played {
        var (past, host, records) = kill()
        for (after, input) in inputs { host.inject(input, at: host.now + after) }
        switch Recovery.decide(past, of: course.plan, choice) {
        case .refuse(let why):
            return Course.Played(
                host: host, ending: Ending(.refused, reason: "refuses: \(why)"),
                records: records, end: host.now)
        case .close(let ending):
            return Course.Played(host: host, ending: ending, records: records, end: host.now)
        case .resume(let way):
            var driver = Driver(course.plan, resuming: (past, way))
            let ending = driver.drive(&host, from: host.now) {
                past.take($0)
                records.append($0)
            }
            return Course.Played(host: host, ending: ending, records: records, end: host.now)
        }
    }

    /// The commands, those of both engines; the ending and its code, what is left.
    var told: String {
        let played = play()
        return played.ending.told(after: played.host.started.map(\.1.line))
    }
}
