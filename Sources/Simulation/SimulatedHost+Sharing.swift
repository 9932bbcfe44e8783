import Engine

/// What others have seen shortly before, for those whom that will do (`Earlier`).
extension SimulatedHost {
    /// Whether a command may take an effect.
    private var isActing: Bool {
        commands.contains {
            switch $0.phase {
            case .running, .orphan, .settling, .killed: !$0.argv.isEmpty
            case .abandoned, .left, .over: false
            }
        }
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
            guard let answer = answer(query) else { return nil }
            values.append(answer)
        }
        let answers = Answers(queries, values)
        let verdict = looks[index].condition.judge(answers)
        guard looks[index].condition.earlier.accepts(verdict) else { return nil }
        close(index)
        return .looked(looks[index].id, Look(verdict, answers))
    }

    private func sharedReturn(of query: Query) -> Instant? {
        let takes = world.end(of: query) - now
        guard takes <= Attention.freshness else { return nil }
        for look in looks where look.isOpen && look.isWatch && look.queries.contains(query) {
            guard look.hanging == nil else { continue }
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
