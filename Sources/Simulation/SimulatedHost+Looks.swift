import Engine

extension SimulatedHost {
    /// Begins to look; the first look comes back after its latency.
    mutating func open(_ look: consuming OpenLook) {
        let index: Int
        let shared = look.condition.earlier == .nothing ? nil : sharedReturn(of: look.queries)
        if !look.isWatch { owed += 1 }
        if let free = freeLooks.popLast() {
            looks[free] = look
            index = free
        } else {
            looks.append(look)
            index = looks.count - 1
        }
        guard let shared else { return begin(look: index) }
        looks[index].isBehindOthers = true
        expect(index, at: shared)
    }

    /// Begins a look of its own.
    private mutating func begin(look index: Int) {
        looks[index].asked = now
        expect(index, returning: comesBack(index))
    }

    /// Ends a look; its place is free for another.
    mutating func close(_ index: Int) {
        looks[index].isOpen = false
        freeLooks.append(index)
        if !looks[index].isWatch { owed -= 1 }
    }

    private mutating func expect(_ index: Int, at due: Instant) {
        looks[index].due = due
        guard due < .never else { return }
        agenda.enter(.look, index: index, id: looks[index].id.number, at: due)
    }

    /// A look is under way; it counts as missing when it is away for longer than the patience.
    private mutating func expect(_ index: Int, returning returns: Instant) {
        looks[index].returns = returns
        expect(index, at: min(returns, now + Attention.patience))
    }

    /// When a look that begins now comes back, if nothing holds it up meanwhile.
    private func comesBack(_ index: Int) -> Instant {
        var due = now
        let work = looks[index].id.number
        for query in looks[index].queries { due = max(due, world.end(of: query, for: work)) }
        return due
    }

    /// Judges what a look sees; gives the answer when it is one.
    mutating func comeBack(look index: Int, id: Int, at now: Instant) -> Event.Input? {
        guard looks[index].isOpen, looks[index].id.number == id, looks[index].due == now else {
            return nil
        }
        if looks[index].isBehindOthers {
            looks[index].isBehindOthers = false
            if let input = shared(index) { return input }
            begin(look: index)
            return nil
        }
        let isLate = now < looks[index].returns
        guard let answers = isLate ? missing(index) : ask(index) else {
            let patience = now + Attention.patience
            looks[index].isCalm = true
            expect(index, at: looks[index].isWatch ? patience : min(patience, looks[index].until))
            return nil
        }
        let verdict = looks[index].condition.judge(answers)
        looks[index].lastAnswers = answers
        if let again = looks[index].take(verdict, at: now) {
            if isLate { looks[index].isCalm = false }
            expect(index, at: isLate ? min(again, looks[index].returns) : again)
            return nil
        }
        close(index)
        return .looked(looks[index].id, Look(looks[index].lastVerdict, answers))
    }

    /// The answers to a look that was waited for long enough and has not come back.
    private mutating func missing(_ index: Int) -> Answers {
        let queries = looks[index].queries
        let pid = looks[index].hanging?.pid ?? world.nextPid()
        looks[index].hanging = (pid, now)
        let missing = Answer.missing(why: "pid \(pid) does not answer")
        return Answers(queries, queries.map { _ in missing })
    }

    /// The answers to a look's queries; nil while a command does not come back and there is still
    /// patience with it.
    private mutating func ask(_ index: Int) -> Answers? {
        var values: [Answer] = []
        values.reserveCapacity(looks[index].queries.count)
        var hangs = false
        for query in looks[index].queries {
            if let answer = answer(query) {
                values.append(answer)
            } else {
                hangs = true
                let pid = looks[index].hanging?.pid ?? world.nextPid()
                let since = looks[index].hanging?.since ?? now
                looks[index].hanging = (pid, since)
                values.append(.missing(why: "pid \(pid) does not answer"))
            }
        }
        guard hangs else {
            looks[index].hanging = nil
            return Answers(looks[index].queries, values)
        }
        let since = looks[index].hanging?.since ?? now
        let isPatient = now - since < Attention.patience && now < looks[index].until
        return isPatient ? nil : Answers(looks[index].queries, values)
    }

    /// What a query sees now; nil when it does not come back.
    mutating func answer(_ query: Query) -> Answer? {
        if world.isFenced { return .missing(why: SimulatedHost.fenced) }
        switch query {
        case .processes: return .processes(world.processes)
        case .path(let path): return .path(world.kind(at: path))
        case .text(let path) where Kstat.isState(path): return .text(Kstat.state(path, world))
        case .text(let path): return text(of: path)
        case .port(let host, let port): return .port(world.portState(port, on: host))
        case .command(let look): return answer(look.argv)
        case .userCommand(let look): return answer(look.argv)
        }
    }

    private func text(of path: String) -> Answer {
        if let entry = world.files.first(where: { $0.path == path && $0.kind == .file }) {
            return .text(entry.bytes)
        }
        let kind = world.kind(at: path)
        return kind == .absent
            ? .text(nil) : .missing(why: "\(path) is no file but: \(kind.rawValue)")
    }

    private mutating func answer(_ argv: [String]) -> Answer? {
        let tool = world.tool(for: argv)
        if case .hastctl = tool, let use = HastdUse(argv), let why = world.refusal(of: use) {
            return .missing(why: why)
        }
        let fault = world.fault(striking: argv)
        if let fault, fault.does == .hangs { return nil }
        guard let fault else {
            guard case .exits(let output) = world.run(tool, argv) else { return nil }
            return .output(output)
        }
        switch outcome(of: tool, argv, fault) {
        case .exits(let output): return .output(output)
        case .blocked: return nil
        }
    }

    /// Looks again at what reads from a part of the world that has changed.
    mutating func lookAgain(at touched: World.Parts) {
        for index in looks.indices where looks[index].isOpen && looks[index].isCalm {
            guard !looks[index].parts.isDisjoint(with: touched) else { continue }
            let returns = comesBack(index)
            guard returns < looks[index].due else { continue }
            looks[index].asked = now
            expect(index, returning: returns)
        }
    }
}

extension World {
    /// The parts of the world that a query reads.
    func parts(of query: Query) -> Parts {
        switch query {
        case .processes: .processes
        case .text(let path): Kstat.isState(path) ? [.files, .pools] : .files
        case .path: .files
        case .port: [.services, .hast]
        case .command(let look): tool(for: look.argv).parts
        case .userCommand: .all
        }
    }

    /// When a look that is made now comes back, if nothing holds it up meanwhile.
    func end(of query: Query, for work: Int = 0) -> Instant {
        let argv: [String]
        switch query {
        case .processes, .path, .text, .port:
            let takes = latencies.drawn(latencies.reading, at: now, for: work)
            return Instant(nanoseconds: now.nanoseconds + takes)
        case .command(let look): argv = look.argv
        case .userCommand(let look): argv = look.argv
        }
        let tool = tool(for: argv)
        var begins = now
        if case .hastctl = tool { begins = max(now, hastdFreeAt) }
        let takes = latencies.drawn(latencies.takes(tool, argv, of: tools), at: now, for: work)
        return Instant(nanoseconds: begins.nanoseconds + takes)
    }
}
