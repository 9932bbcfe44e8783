/// What follows from looks at what is to hold while a pair is served here: a pure state machine.
///
/// A look at which it has held mends what was told as broken. What cannot be told is said, and
/// nothing else follows from it. What was told is told once, whichever process looks next: what
/// there is to remember is handed on as `breaks`.
public struct Monitor: Sendable {
    /// One thing that is to hold.
    public struct Item: Sendable {
        /// What is to hold.
        public let condition: any Condition
        /// How long it may be broken without a break.
        public let patience: Duration
        /// What follows then.
        public let consequence: Signals.Watched.Consequence

        /// Creates an item.
        public init(
            _ condition: any Condition, patience: Duration,
            consequence: Signals.Watched.Consequence
        ) {
            self.condition = condition
            self.patience = patience
            self.consequence = consequence
        }

        /// What is remembered of it goes by this.
        fileprivate var name: String { condition.summary }
    }

    /// Something that was told as broken and is not known to hold again.
    public struct Break: Hashable, Sendable {
        /// What it is that is known of it.
        public enum Kind: String, Sendable {
            /// It does not hold.
            case broken
            /// Whether it holds cannot be told.
            case untold
        }

        /// What is to hold, as its condition says it.
        public let summary: String
        /// What is known of it.
        public let kind: Kind
        /// When that was told: milliseconds of the time of day.
        public let since: Int64

        /// Creates one.
        public init(summary: String, kind: Kind, since: Int64) {
            self.summary = summary
            self.kind = kind
            self.since = since
        }

        /// It, for a person, but for the time.
        public var text: String {
            kind == .broken ? "not so: \(summary)" : "it cannot be told whether \(summary)"
        }
    }

    /// What is to be done.
    public enum Deed: Hashable, Sendable {
        /// Tell the log, and whoever the site says.
        case tell(String, Dispatcher.Weight)
        /// Give the pair up, if the peer can take it over, since this is broken; whether that is
        /// news.
        case release(why: String, isNews: Bool)
        /// Run the plan at this path, since this is broken.
        case run(plan: String, why: String)
    }

    private let items: [Item]
    /// What was told as broken, and is not known to hold again.
    public private(set) var breaks: [Break]

    /// Watches over the items; `breaks` are what an earlier one has left.
    public init(_ items: [Item], breaks: [Break] = []) {
        self.items = items
        self.breaks = breaks.filter { old in items.contains { $0.name == old.summary } }
    }

    /// What is to be looked at, and how long each may be waited for until it holds: what was told
    /// as broken is looked at once.
    public var looks: [(condition: any Condition, patience: Duration)] {
        items.map { item in
            (Lasting(item.condition), told(item)?.kind == .broken ? .zero : item.patience)
        }
    }

    /// What follows from a look at each, at this time of day; the verdicts are in the order of the
    /// items.
    public mutating func take(_ verdicts: [Verdict], at time: Int64) -> [Deed] {
        precondition(verdicts.count == items.count, "each item has one verdict")
        var deeds: [Deed] = []
        for (item, verdict) in zip(items, verdicts) {
            deeds += take(verdict, of: item, at: time)
        }
        guard let release = deeds.first(where: \.isRelease) else { return deeds }
        // Nothing is mended of what is given up.
        return deeds.filter(\.isTold) + [release]
    }

    private mutating func take(_ verdict: Verdict, of item: Item, at time: Int64) -> [Deed] {
        let before = told(item)
        switch verdict {
        case .holds:
            guard before != nil else { return [] }
            breaks.removeAll { $0.summary == item.name }
            return [.tell("so again: \(item.name)", .info)]
        case .unknown(let why):
            guard before == nil else { return [] }
            return [note(.untold, item, time, why, .warning)]
        case .doesNot(let seen), .never(let seen):
            if before?.kind == .broken {
                guard item.consequence == .release else { return [] }
                return [.release(why: item.name, isNews: false)]
            }
            let tell = note(.broken, item, time, seen, .failure)
            switch item.consequence {
            case .notify: return [tell]
            case .release: return [tell, .release(why: item.name, isNews: true)]
            case .run(let plan): return [tell, .run(plan: plan, why: item.name)]
            }
        }
    }

    private func told(_ item: Item) -> Break? { breaks.first { $0.summary == item.name } }

    private mutating func note(
        _ kind: Break.Kind, _ item: Item, _ time: Int64, _ seen: String,
        _ weight: Dispatcher.Weight
    ) -> Deed {
        breaks.removeAll { $0.summary == item.name }
        let new = Break(summary: item.name, kind: kind, since: time)
        breaks.append(new)
        let since = item.patience == .zero ? "" : ", for \(durationText(item.patience))"
        let detail = seen.isEmpty ? "" : ": \(seen)"
        return .tell(new.text + since + detail, weight)
    }
}

extension Monitor.Deed {
    fileprivate var isRelease: Bool { if case .release = self { true } else { false } }
    fileprivate var isTold: Bool { if case .tell = self { true } else { false } }
}

/// A condition that is to hold now and may come back: one look that finds it holding is enough, and
/// nothing of it is hopeless.
private struct Lasting: Condition {
    private let inner: any Condition

    init(_ inner: any Condition) { self.inner = inner }

    var summary: String { inner.summary }
    var queries: [Query] { inner.queries }
    func judge(_ answers: Answers) -> Verdict { inner.judge(answers) }
    func isWorthWaiting(after verdict: Verdict) -> Bool { true }
}
