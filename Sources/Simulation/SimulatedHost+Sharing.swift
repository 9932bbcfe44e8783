import Engine

/// What others have seen shortly before, for those whom that will do (`Earlier`).
extension SimulatedHost {
    /// Whether a command may take an effect.
    private var isActing: Bool {
        commands.contains {
            switch $0.phase {
            case .queued, .running, .orphan, .lingering, .settling, .killed: !$0.argv.isEmpty
            case .abandoned, .left, .over: false
            }
        }
    }

    /// Looks ahead; what such looks saw before a command counts for nothing any more.
    mutating func glance(at query: Query) {
        glances.removeAll { $0.asked < quietSince || $0.query == query }
        glanced += 1
        let returns = world.end(of: query)
        glances.append(Glance(number: glanced, query: query, asked: now, returns: returns))
        agenda.enter(.glance, index: glanced, at: returns)
    }

    /// A look ahead comes back, unless it hangs.
    mutating func comeBack(glance number: Int) {
        guard let index = glances.firstIndex(where: { $0.number == number }) else { return }
        glances[index].answer = answer(glances[index].query)
        if glances[index].answer == nil { glances.remove(at: index) }
    }

    /// When all the answers are there that others have asked for; nil when one was not asked for.
    func sharedReturn(of queries: [Query]) -> Instant? {
        guard !isActing else { return nil }
        var latest = now
        for query in queries {
            guard let returns = sharedReturn(of: query) else { return nil }
            latest = max(latest, returns)
        }
        return latest
    }

    /// The answer to an await from what others have seen, if that is one.
    mutating func shared(_ index: Int) -> Event.Input? {
        let queries = looks[index].queries
        guard sharedReturn(of: queries) == now else { return nil }
        var values: [Answer] = []
        for query in queries {
            // As it was seen then, not as it is now.
            let seen = glances.first { $0.query == query && $0.asked >= oldest }?.answer
            guard let answer = seen ?? answer(query) else { return nil }
            values.append(answer)
        }
        let answers = Answers(queries, values)
        let verdict = looks[index].condition.judge(answers)
        guard looks[index].condition.earlier.accepts(verdict) else { return nil }
        close(index)
        return .looked(looks[index].id, Look(verdict, answers))
    }

    /// What was asked for before counts for nothing.
    private var oldest: Instant { max(quietSince, now + (.zero - Attention.freshness)) }

    private func sharedReturn(of query: Query) -> Instant? {
        let takes = world.end(of: query) - now
        guard takes <= Attention.freshness else { return nil }
        if let glance = glances.first(where: { $0.query == query && $0.asked >= oldest }) {
            return max(now, glance.returns)
        }
        for look in looks where look.isOpen && look.isWatch && look.queries.contains(query) {
            guard look.hanging == nil, look.late == nil else { continue }
            if look.due == .never {
                // Nothing has changed that it looks at: its latest look of many would say the same.
                let hasLooked =
                    look.asked >= quietSince
                    || now - quietSince >= Attention.freshness + takes
                if look.lastVerdict == .holds && hasLooked { return now }
            } else if look.due == look.returns, look.asked >= quietSince {
                return look.due
            }
        }
        return nil
    }
}
