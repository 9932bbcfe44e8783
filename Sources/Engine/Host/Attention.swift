/// One await or watch as its host keeps it: when to look again, and when a look is the answer.
///
/// Pure, and shared by all hosts, so that each polls and judges by the same rules.
public struct Attention: Sendable {
    /// What a look led to.
    public enum Next: Hashable, Sendable {
        /// The await or watch is over, with this verdict.
        case answer(Verdict)
        /// Look again at this time.
        case look(at: Instant)
    }

    /// A look that does not come back for so long counts as missing until it does: what is judged
    /// meanwhile is judged without it. It goes on, and its late answer counts.
    public static let patience = Duration.seconds(1)
    /// A look is ended that has gone on for so long, where a site does not say otherwise
    /// (`look-timeout`); then another one may begin. 20,000 file systems on disks that turn take
    /// minutes, and during an import `zpool list` waits for its end.
    public static let lookTimeout = Duration.seconds(300)
    /// Two looks that break a watch lie so far apart.
    public static let doubt = Duration.milliseconds(100)
    /// Looks that cannot tell for so long break a watch. One that hangs cannot tell from its
    /// patience's end on: a busy machine starts a tool late, and nothing new begins meanwhile.
    public static let darkness = Duration.seconds(2)
    /// What was asked for so long ago may still do (`Earlier`).
    public static let freshness = Duration.milliseconds(500)
    /// Two looks of a poll lie no further apart; in nanoseconds, as it reckons.
    private static let slowest = Duration.milliseconds(50).nanoseconds
    /// The same where a look starts a process.
    private static let slowestWithProcess = Duration.milliseconds(500).nanoseconds

    private let condition: any Condition
    private let began: Instant
    private let until: Instant
    private let seenBy: Instant
    private let isWatch: Bool
    private let slowest: Int64
    private var holdsSince: Instant?
    private var deniedSince: Instant?
    private var untoldSince: Instant?

    /// An await that is over at `until`, or with the look that is under way then, at `seenBy` at
    /// the latest.
    ///
    /// `forks` says whether a look starts a process here, where it is not the queries' own affair.
    public static func await(
        _ condition: any Condition, until: Instant, seenBy: Instant = .zero, at now: Instant,
        forks: Bool? = nil
    ) -> Attention {
        Attention(condition, began: now, until: until, seenBy: seenBy, isWatch: false, forks)
    }

    /// A watch, which is over when the condition is broken.
    public static func watch(
        _ condition: any Condition, at now: Instant, forks: Bool? = nil
    ) -> Attention {
        Attention(condition, began: now, until: .never, seenBy: .zero, isWatch: true, forks)
    }

    private init(
        _ condition: any Condition, began: Instant, until: Instant, seenBy: Instant, isWatch: Bool,
        _ forks: Bool?
    ) {
        self.condition = condition
        self.began = began
        self.until = until
        self.seenBy = max(until, seenBy)
        self.isWatch = isWatch
        let forks = forks ?? condition.queries.contains(where: \.forks)
        slowest = forks ? Self.slowestWithProcess : Self.slowest
    }

    /// Takes the verdict of a look made at `now`; `isUnderWay` where it had to do without an
    /// answer that is still to come.
    public mutating func take(
        _ verdict: Verdict, isUnderWay: Bool = false, at now: Instant
    ) -> Next {
        isWatch ? watched(verdict, at: now) : awaited(verdict, isUnderWay, at: now)
    }

    private mutating func awaited(
        _ verdict: Verdict, _ isUnderWay: Bool, at now: Instant
    ) -> Next {
        guard verdict == .holds else {
            holdsSince = nil
            let isOpen = isUnderWay && verdict.isUnknown
            let end = isOpen ? seenBy : until
            if now >= end || !condition.isWorthWaiting(after: verdict) { return .answer(verdict) }
            let pause = spaced(by: (now.nanoseconds - began.nanoseconds) / 10)
            return .look(at: min(now + pause, now < until ? until : end))
        }
        let since = holdsSince ?? now
        holdsSince = since
        let steady = since + condition.steadyFor
        if now >= steady { return .answer(.holds) }
        if now >= until {
            return .answer(.doesNot("it has held for \(elapsedText(now - since)) so far"))
        }
        let pause = spaced(by: condition.steadyFor.nanoseconds / 10)
        return .look(at: min(now + pause, steady, until))
    }

    private mutating func watched(_ verdict: Verdict, at now: Instant) -> Next {
        switch verdict {
        case .holds:
            deniedSince = nil
            untoldSince = nil
        case .doesNot, .never:
            untoldSince = nil
            let since = deniedSince ?? now
            deniedSince = since
            if now - since >= Self.doubt { return .answer(verdict) }
            return .look(at: since + Self.doubt)
        case .unknown:
            let since = untoldSince ?? now
            untoldSince = since
            if now - since >= Self.darkness { return .answer(verdict) }
            return .look(at: now + Self.doubt)
        }
        return .look(at: Instant(nanoseconds: now.nanoseconds + slowest))
    }

    /// A tenth of the time waited, or of the time that a condition must hold once it does: from
    /// 1 ms to 50 ms, or 500 ms where a look starts a process. In nanoseconds, since dividing
    /// durations would cost more than many a look.
    private func spaced(by tenth: Int64) -> Duration {
        .nanoseconds(min(max(1_000_000, tenth), slowest))
    }
}

extension Query {
    /// Whether a look starts a process.
    public var forks: Bool {
        switch self {
        case .command, .userCommand: true
        case .processes, .path, .text, .port: false
        }
    }
}
