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

    /// A look is under way; it counts as missing when it is away for longer than the patience, and
    /// is ended when its time is up.
    private mutating func expect(_ index: Int, returning returns: Instant) {
        let end = now + world.lookTimeout
        looks[index].isFutile = returns > end
        looks[index].returns = min(returns, end)
        if returns > now + Attention.patience { occupy(index) }
        expect(index, at: min(looks[index].returns, now + Attention.patience))
    }

    /// Lets no second look at the same begin while this one is under way.
    private mutating func occupy(_ index: Int) {
        let work = looks[index].id.number
        let end = now + world.lookTimeout
        for query in looks[index].queries {
            let returns = min(comesBack(query, for: work), end)
            if returns > now + Attention.patience { busy[query] = returns }
        }
    }

    /// When a look that begins now comes back, if nothing holds it up meanwhile.
    private func comesBack(_ index: Int) -> Instant {
        var due = now
        let work = looks[index].id.number
        for query in looks[index].queries { due = max(due, comesBack(query, for: work)) }
        return due
    }

    private func comesBack(_ query: Query, for work: Int) -> Instant {
        guard !busy.isEmpty, let free = busy[query], free > now else {
            return world.end(of: query, for: work)
        }
        return world.end(of: query, from: free, for: work)
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
        let isEnded = !isLate && looks[index].isFutile
        guard let answers = isLate || isEnded ? missing(index) : ask(index) else {
            let patience = now + Attention.patience
            looks[index].isCalm = true
            expect(index, at: looks[index].isWatch ? patience : min(patience, looks[index].until))
            return nil
        }
        let verdict = looks[index].condition.judge(answers)
        looks[index].lastAnswers = answers
        let end = isLate ? looks[index].returns : isEnded ? now : hangsUntil(index)
        let isUnderWay = now < end
        if let again = looks[index].take(verdict, isUnderWay: isUnderWay, at: now) {
            if isLate { looks[index].isCalm = false }
            guard !isEnded else {
                begin(look: index)
                return nil
            }
            expect(index, at: isUnderWay ? min(again, end) : again)
            return nil
        }
        close(index)
        return .looked(looks[index].id, Look(looks[index].lastVerdict, answers))
    }

    /// When a look that hangs is ended; now where none does. Another one begins then.
    private mutating func hangsUntil(_ index: Int) -> Instant {
        guard let hanging = looks[index].hanging else { return now }
        let end = hanging.since + world.lookTimeout
        if end <= now { looks[index].hanging = (hanging.pid, now) }
        return max(now, end)
    }

    /// The answers to a look that was waited for long enough and has not come back: those there
    /// are, as far as they were asked for apart.
    private mutating func missing(_ index: Int) -> Answers {
        let queries = looks[index].queries
        let work = looks[index].id.number
        let asked = looks[index].asked
        let pid = looks[index].late ?? world.nextPid()
        looks[index].late = pid
        var values: [Answer] = []
        for query in queries {
            let isHere = world.end(of: query, from: asked, for: work) <= now
            let seen = isHere && busy[query, default: asked] <= now ? answer(query) : nil
            values.append(seen ?? .missing(why: "pid \(pid) does not answer"))
        }
        return Answers(queries, values)
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
        looks[index].late = nil
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
        case .text(Lio.files[0]) where world.lio.restore != .noFile && world.hasLio:
            return .text(world.savedTargets)
        case .text(World.ctlConf) where !world.isLinux && world.kind(at: World.ctlConf) == .absent:
            return .text(world.ctlConfiguration)
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
    func end(of query: Query, from start: Instant? = nil, for work: Int = 0) -> Instant {
        let argv: [String]
        let start = start ?? now
        switch query {
        case .processes, .path, .text, .port:
            let takes = latencies.drawn(latencies.reading, at: start, for: work)
            return Instant(nanoseconds: start.nanoseconds + takes)
        case .command(let look): argv = look.argv
        case .userCommand(let look): argv = look.argv
        }
        let tool = tool(for: argv)
        var begins = start
        if case .hastctl = tool { begins = max(start, hastdFreeAt) }
        let usual = latencies.looks(tool, argv, of: tools)
        let takes = latencies.drawn(usual, at: start, for: work)
        return Instant(nanoseconds: begins.nanoseconds + takes)
    }
}
