@testable import Engine

/// A host in virtual time whose commands fail as they are told to.
struct ToyHost: Host {
    /// How a command behaves.
    enum Behaviour: Sendable {
        case works(after: Duration)
        case failsBefore, failsAfter
        /// It does not end by itself; its effect comes so long after its start, or never.
        case hangs(effectAfter: Duration?)
        /// It fails, and what it left in its process group does it so long after its end.
        case leaves(effectAfter: Duration)
    }

    private enum Due {
        case look(WorkID)
        case end(WorkID, Command, Output, takesEffect: Bool)
        case giveUp(WorkID)
        case leave(WorkID, Command, Duration)
        case late(WorkID, Command)
        case wake(WorkID)
        case input(Event.Input)
        case change((inout ToyHost) -> Void)
    }

    private struct Waiting {
        let condition: any Condition
        var attention: Attention
        let isWatch: Bool
    }

    private(set) var now = Instant.zero
    private(set) var up: Set<String> = []
    /// Every command as it was started, with the time.
    private(set) var started: [(at: Instant, Command)] = []
    private var queue: [(at: Instant, order: Int, Due)] = []
    private var order = 0
    /// What was seen by looks ahead, and when.
    private var glances: [Query: (at: Instant, Answer)] = [:]
    private var waiting: [WorkID: Waiting] = [:]
    private var running: Set<WorkID> = []
    private var sleeping: Set<WorkID> = []
    private var behave: (Command, Int) -> Behaviour
    private var blind: Set<String> = []
    /// Commands that never end, whatever is done to them.
    private var hung: Set<WorkID> = []

    init(up: Set<String> = [], behave: @escaping (Command, Int) -> Behaviour) {
        self.up = up
        self.behave = behave
    }

    /// Lets something happen at a time.
    mutating func inject(_ input: Event.Input, at: Instant) { push(at, .input(input)) }

    /// Lets the world change at a time, behind the run's back.
    mutating func change(at: Instant, _ body: @escaping (inout ToyHost) -> Void) {
        push(at, .change(body))
    }

    /// Makes all looks at a flag fail.
    mutating func hide(_ name: String) { blind.insert(name) }

    /// Makes looks at a flag succeed again.
    mutating func show(_ name: String) { blind.remove(name) }

    /// Lets time pass in which nothing happens.
    mutating func pass(to time: Instant) { now = max(now, time) }

    /// Sets a flag behind the run's back.
    mutating func set(_ name: String, isUp: Bool) {
        if isUp { up.insert(name) } else { up.remove(name) }
    }

    mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, let condition, let until, _):
            let attention = Attention.await(condition, until: until, at: now)
            waiting[id] = Waiting(condition: condition, attention: attention, isWatch: false)
            push(now + .milliseconds(1), .look(id))
            if let look = earlier(condition) {
                waiting[id] = nil
                push(now, .input(.looked(id, look)))
            }
        case .lookAhead(let queries):
            for query in queries { glances[query] = (now, answer(query)) }
        case .watch(let id, let condition):
            let attention = Attention.watch(condition, at: now)
            waiting[id] = Waiting(condition: condition, attention: attention, isWatch: true)
            push(now + .milliseconds(1), .look(id))
        case .execute(let id, let command, let until): execute(id, command, until)
        case .sleep(let id, let until):
            sleeping.insert(id)
            push(max(now, until), .wake(id))
        case .cancel(let id): cancel(id)
        case .adopt(let id, _, _): adopt(id)
        }
    }

    mutating func next() -> Event? {
        while let index = queue.indices.min(by: { soon(queue[$0], queue[$1]) }) {
            let (at, _, due) = queue.remove(at: index)
            now = max(now, at)
            if let input = happen(due) { return Event(at: now, input) }
        }
        return nil
    }
}

extension ToyHost {
    private func soon(
        _ left: (at: Instant, order: Int, Due), _ right: (at: Instant, order: Int, Due)
    ) -> Bool {
        (left.at, left.order) < (right.at, right.order)
    }

    private mutating func push(_ at: Instant, _ due: Due) {
        order += 1
        queue.append((at, order, due))
    }

    private mutating func execute(_ id: WorkID, _ command: Command, _ until: Instant) {
        started.append((now, command))
        glances = [:]
        running.insert(id)
        let fine = Output(.exited(0))
        let failed = Output(.exited(1), error: Array("it failed".utf8))
        push(until, .giveUp(id))
        switch behave(command, started.count) {
        case .works(let after): push(now + after, .end(id, command, fine, takesEffect: true))
        case .failsBefore:
            push(now + .milliseconds(5), .end(id, command, failed, takesEffect: false))
        case .failsAfter:
            push(now + .milliseconds(5), .end(id, command, failed, takesEffect: true))
        case .leaves(let after): push(now + .milliseconds(5), .leave(id, command, after))
        case .hangs(let effect):
            if let effect { push(now + effect, .late(id, command)) } else { hung.insert(id) }
        }
    }

    private mutating func cancel(_ id: WorkID) {
        if let entry = waiting.removeValue(forKey: id), !entry.isWatch {
            push(now, .input(.looked(id, Look(.unknown("it was ended"), .none))))
        }
        if running.contains(id) { push(now, .giveUp(id)) }
        if sleeping.contains(id) { push(now, .wake(id)) }
    }

    /// The same world for another engine: what was begun goes on, and nobody waits for anything.
    func orphaned() -> ToyHost {
        var host = self
        host.waiting = [:]
        host.running = []
        host.sleeping = []
        host.queue.removeAll { entry in
            switch entry.2 {
            case .look, .giveUp, .wake, .input: true
            case .end, .leave, .late, .change: false
            }
        }
        return host
    }

    /// Ends a command that another engine began, unless it hangs; a late one still takes effect.
    private mutating func adopt(_ id: WorkID) {
        let isLate = queue.contains { if case .late(id, _) = $0.2 { true } else { false } }
        guard !isLate, !hung.contains(id) else { return }
        queue.removeAll { if case .end(id, _, _, _) = $0.2 { true } else { false } }
        push(now, .input(.gone(id)))
    }

    private mutating func happen(_ due: Due) -> Event.Input? {
        switch due {
        case .look(let id): return look(id)
        case .end(let id, let command, let output, let takesEffect):
            guard running.remove(id) != nil else { return nil }
            if takesEffect { affect(command) }
            return .finished(id, .ended(output))
        case .leave(let id, let command, let after):
            guard running.remove(id) != nil else { return nil }
            push(now + after, .late(id, command))
            return .finished(id, .left(pid: 7, Output(.exited(1))))
        case .giveUp(let id):
            guard running.remove(id) != nil else { return nil }
            return .finished(id, .gaveUp(pid: 7, Output(.signalled(9))))
        case .late(let id, let command):
            affect(command)
            return running.remove(id) == nil
                ? .gone(id) : .finished(id, .ended(Output(.exited(0))))
        case .wake(let id): return sleeping.remove(id).map { .woke($0) }
        case .input(let input): return input
        case .change(let body):
            body(&self)
            return nil
        }
    }

    private mutating func look(_ id: WorkID) -> Event.Input? {
        guard var entry = waiting[id] else { return nil }
        let all = Answers(entry.condition.queries, entry.condition.queries.map(answer))
        switch entry.attention.take(entry.condition.judge(all), at: now) {
        case .answer(let verdict):
            waiting[id] = nil
            return .looked(id, Look(verdict, all))
        case .look(let at):
            waiting[id] = entry
            push(at, .look(id))
            return nil
        }
    }

    private func answer(_ query: Query) -> Answer {
        guard case .path(let name) = query else { return .missing(why: "no such look") }
        if blind.contains(name) { return .missing(why: "nobody can see it") }
        return .path(up.contains(name) ? .file : .absent)
    }

    /// The answer from what was seen ahead, for whom that will do.
    private func earlier(_ condition: any Condition) -> Look? {
        guard condition.earlier != .nothing, running.isEmpty else { return nil }
        var values: [Answer] = []
        for query in condition.queries {
            guard let (at, answer) = glances[query], now - at <= Attention.freshness else {
                return nil
            }
            values.append(answer)
        }
        let answers = Answers(condition.queries, values)
        let verdict = condition.judge(answers)
        return condition.earlier.accepts(verdict) ? Look(verdict, answers) : nil
    }

    private mutating func affect(_ command: Command) {
        guard case .tool(let argv) = command.action, argv.count == 2 else { return }
        set(argv[1], isUp: argv[0] == "raise")
    }
}
