/// What is to hold while a pair is served here: what is looked at, and what follows; a pure state
/// machine. Each item goes its own way, so that one that is waited for, or whose look takes long,
/// holds up no other.
///
/// In a round each item is looked at that is not looked at already. What does not hold is waited
/// for as long as it may be broken. A look at which it has held mends what was told as broken. What
/// cannot be told is said, and nothing else follows from it. What was told is told once, whichever
/// process looks next: what there is to remember is handed on as `breaks`.
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

        /// What is to hold, as it is told.
        public let summary: String
        /// What is known of it.
        public let kind: Kind
        /// When that was told: milliseconds of the time of day.
        public let since: Int64
        /// Whether the plan that is to follow was begun.
        public var isFollowed: Bool

        /// Creates one.
        public init(summary: String, kind: Kind, since: Int64, isFollowed: Bool = false) {
            self.summary = summary
            self.kind = kind
            self.since = since
            self.isFollowed = isFollowed
        }

        /// It, for a person, but for the time.
        public var text: String {
            kind == .broken ? "not so: \(summary)" : "it cannot be told whether \(summary)"
        }
    }

    /// What is to be done.
    public enum Deed: Hashable, Sendable {
        /// Look at this item, and wait so long until it holds.
        case look(item: Int, patience: Duration)
        /// Tell the log, and whoever the site says.
        case tell(String, Dispatcher.Weight)
        /// Give the pair up, if the peer can take it over, since this item is broken; whether that
        /// is news.
        case release(item: Int, isNews: Bool)
        /// Run the plan at this path, since this item is broken, and say so by `follow`; whether
        /// that is news. Where it cannot run now, the next look orders it again.
        case run(plan: String, item: Int, isNews: Bool)
    }

    private enum Stage {
        /// Nobody looks at it; nobody is to before this time.
        case resting(until: Instant)
        /// It is looked at since then, and not waited for.
        case looking(since: Instant)
        /// It is waited for until it holds.
        case waiting(restUntil: Instant)
    }

    private let items: [Item]
    /// What is remembered of each goes by this: two that read alike are numbered.
    private let names: [String]
    private var stages: [Stage]
    /// What was told as broken, and is not known to hold again.
    public private(set) var breaks: [Break]

    /// Watches over the items; `breaks` are what an earlier one has left.
    public init(_ items: [Item], breaks: [Break] = []) {
        self.items = items
        var count: [String: Int] = [:]
        let names = items.map { item in
            let summary = item.condition.summary
            count[summary, default: 0] += 1
            let number = count[summary] ?? 1
            return number == 1 ? summary : "\(summary) (\(number))"
        }
        self.names = names
        stages = items.map { _ in .resting(until: .zero) }
        self.breaks = breaks.filter { names.contains($0.summary) }
    }

    /// A round is due: everything is looked at, but for what is looked at already, or was with
    /// effort just now.
    public mutating func round(at now: Instant) -> [Deed] {
        items.indices.compactMap { index in
            guard case .resting(let end) = stages[index], end <= now else { return nil }
            stages[index] = .looking(since: now)
            return .look(item: index, patience: .zero)
        }
    }

    /// When nobody looks at anything any more, and another process may begin a round; nil while
    /// something is looked at.
    public var restsUntil: Instant? {
        var last = Instant.zero
        for stage in stages {
            guard case .resting(let end) = stage else { return nil }
            last = max(last, end)
        }
        return last
    }

    /// What follows from what a look at one item came to; `time` is that of day.
    public mutating func take(
        _ verdict: Verdict, of index: Int, at now: Instant, _ time: Int64
    ) -> [Deed] {
        let rest: Instant
        switch stages[index] {
        case .resting: return []
        case .waiting(let end): rest = end
        case .looking(let since):
            // What it takes to wait tells nothing of what a look takes.
            rest = now + MonitorRounds.rest(after: now - since)
            guard !isDecided(verdict, index) else { break }
            stages[index] = .waiting(restUntil: rest)
            return [.look(item: index, patience: items[index].patience)]
        }
        stages[index] = .resting(until: rest)
        return judge(verdict, index, time)
    }

    /// The plan that follows from an item that is broken was begun.
    public mutating func follow(_ index: Int) {
        guard let place = breaks.firstIndex(where: { $0.summary == names[index] }) else { return }
        breaks[place].isFollowed = true
    }

    /// Whether waiting could change what follows from this first look.
    private func isDecided(_ verdict: Verdict, _ index: Int) -> Bool {
        guard items[index].patience > .zero else { return true }
        switch verdict {
        case .holds: return true
        case .unknown: return told(index) != nil
        case .doesNot, .never: return told(index)?.kind == .broken
        }
    }

    private mutating func judge(_ verdict: Verdict, _ index: Int, _ time: Int64) -> [Deed] {
        let before = told(index)
        switch verdict {
        case .holds:
            guard before != nil else { return [] }
            breaks.removeAll { $0.summary == names[index] }
            return [.tell("holds again: \(names[index])", .info)]
        case .unknown(let why):
            guard before == nil else { return [] }
            return [note(.untold, index, time, why, .warning)]
        case .doesNot(let seen), .never(let seen):
            let isNews = before?.kind != .broken
            let tell = isNews ? [note(.broken, index, time, seen, .failure)] : []
            switch items[index].consequence {
            case .notify: return tell
            case .release: return tell + [.release(item: index, isNews: isNews)]
            case .run(let plan):
                guard before?.isFollowed != true else { return tell }
                return tell + [.run(plan: plan, item: index, isNews: isNews)]
            }
        }
    }

    /// The item that is told so; nil where there is none.
    public func item(named name: String) -> Int? { names.firstIndex(of: name) }

    /// An item as it is told.
    public func name(of index: Int) -> String { names[index] }

    private func told(_ index: Int) -> Break? { breaks.first { $0.summary == names[index] } }

    private mutating func note(
        _ kind: Break.Kind, _ index: Int, _ time: Int64, _ seen: String,
        _ weight: Dispatcher.Weight
    ) -> Deed {
        breaks.removeAll { $0.summary == names[index] }
        let new = Break(summary: names[index], kind: kind, since: time)
        breaks.append(new)
        let patience = items[index].patience
        let since = patience == .zero ? "" : ", for \(durationText(patience))"
        let detail = seen.isEmpty ? "" : ": \(seen)"
        return .tell(new.text + since + detail, weight)
    }
}

extension Monitor {
    /// An item as it is looked at, and waited for.
    public func condition(of index: Int) -> any Condition { Lasting(items[index].condition) }
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
