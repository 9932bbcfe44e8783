extension Signals {
    /// Something that is to hold for as long as the pair is served here.
    public struct Watched: Sendable {
        /// What is to hold.
        public enum Subject: Sendable {
            /// What the acquire plan has brought about: its lasting goals.
            case goals
            /// One condition of its own.
            case condition(any Condition)
        }

        /// What follows when it does not.
        public enum Consequence: Hashable, Sendable {
            /// The log and the site's `notify` say so, as they do of everything that is broken.
            case notify
            /// The pair is given up, if the peer can take it over.
            case release
            /// The plan at this path runs, once until it holds again.
            case run(plan: String)
        }

        /// What is to hold.
        public let subject: Subject
        /// How long it may be broken without a break.
        public let patience: Duration
        /// What follows then.
        public let consequence: Consequence
        /// Where that is said.
        public let span: Span?

        /// What a pair watches that says nothing about it.
        static let usual = Watched(
            subject: .goals, patience: usualPatience, consequence: .notify, span: nil)
        /// `for` where nothing is said.
        static let usualPatience = Duration.seconds(30)
    }
}

extension Signals.Pair {
    /// The plans that run by what the pair watches, each once, with the place that names it.
    public var watchedPlans: [(path: String, span: Span?)] {
        var plans: [(path: String, span: Span?)] = []
        for item in watched {
            guard case .run(let path) = item.consequence,
                !plans.contains(where: { $0.path == path })
            else { continue }
            plans.append((path, item.span))
        }
        return plans
    }

    /// Whether the goals of the acquire plan are among what it watches.
    public var watchesGoals: Bool {
        watched.contains { if case .goals = $0.subject { true } else { false } }
    }

    /// What is to hold, one thing an item; `goals` are those of the acquire plan, in its order.
    public func watchedItems(goals: [any Condition]) -> [Monitor.Item] {
        watched.flatMap { item -> [Monitor.Item] in
            let conditions =
                switch item.subject {
                case .goals: goals
                case .condition(let condition): [condition]
                }
            return conditions.map {
                Monitor.Item($0, patience: item.patience, consequence: item.consequence)
            }
        }
    }

    /// What is wrong with a plan that runs by what the pair watches; the places are in the signals'
    /// file.
    public func faults(ofWatched plan: Plan, at span: Span?) -> [Diagnostic] {
        guard plan.direction == .release else { return unattendedQuestions(in: plan, at: span) }
        return [
            Diagnostic(
                code: "wrong-direction",
                "the plan \(plan.name) has `direction: release`, and stands under `watch`",
                at: span,
                note: "a pair is given up by its signal alone, which keeps count of what is wanted",
                help: "write `then: release`")
        ]
    }
}
