/// What follows from looks at what is to hold while a pair is served here: a pure state machine.
/// Each item is judged by itself, so that one that is waited for holds up no other.
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
        /// Give the pair up, if the peer can take it over, since this item is broken; whether that
        /// is news.
        case release(item: Int, isNews: Bool)
        /// Run the plan at this path, since this item is broken.
        case run(plan: String, item: Int)
    }

    private let items: [Item]
    /// What is remembered of each goes by this: two that read alike are numbered.
    private let names: [String]
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
        self.breaks = breaks.filter { names.contains($0.summary) }
    }

    /// What is to be looked at, and how long each may be waited for until it holds: what was told
    /// as broken is looked at once.
    public var looks: [(condition: any Condition, patience: Duration)] {
        items.indices.map { index in
            let patience = told(index)?.kind == .broken ? .zero : items[index].patience
            return (Lasting(items[index].condition), patience)
        }
    }

    /// What follows from a look at one item, at this time of day.
    public mutating func take(_ verdict: Verdict, of index: Int, at time: Int64) -> [Deed] {
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
            case .run(let plan): return tell + (isNews ? [.run(plan: plan, item: index)] : [])
            }
        }
    }

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
