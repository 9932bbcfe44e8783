import Engine

/// An await or a watch that a simulated host has not answered yet.
struct OpenLook {
    let id: WorkID
    let condition: any Condition
    let queries: [Query]
    /// The parts of the world that its answers are read from.
    let parts: World.Parts
    let until: Instant
    /// Until when the look is waited for that is under way at `until`.
    let seenBy: Instant
    let isWatch: Bool
    let steadyFor: Duration
    var attention: Attention
    var isOpen = true
    /// When the look under way comes back, or the next one that can say something new.
    var due = Instant.zero
    /// When the look under way comes back, or is ended.
    var returns = Instant.zero
    /// Whether the look under way will be ended before it comes back.
    var isFutile = false
    /// When the look under way, or the last one, began.
    var asked = Instant.zero
    /// Whether it waits for answers that others have asked for.
    var isBehindOthers = false
    /// When it was seen to hold without a break since.
    var holdsSince: Instant?
    /// Whether nothing but a change of the world or a deadline can alter its verdict.
    var isCalm = false
    /// The look command that does not come back, and when it counts as missing.
    var hanging: (pid: Int32, since: Instant)?
    /// The look command that is late.
    var late: Int32?
    var lastVerdict = Verdict.unknown("not looked at yet")
    var lastAnswers = Answers.none

    /// An await.
    init(
        _ id: WorkID,
        _ condition: any Condition,
        until: Instant,
        seenBy: Instant,
        at now: Instant,
        in world: World
    ) {
        let attention = Attention.await(condition, until: until, seenBy: seenBy, at: now)
        self.init(id, condition, attention, until: until, seenBy: max(until, seenBy), in: world)
    }

    /// A watch.
    init(watching condition: any Condition, _ id: WorkID, at now: Instant, in world: World) {
        let attention = Attention.watch(condition, at: now)
        self.init(id, condition, attention, until: .never, seenBy: .never, isWatch: true, in: world)
    }

    private init(
        _ id: WorkID, _ condition: any Condition, _ attention: Attention, until: Instant,
        seenBy: Instant, isWatch: Bool = false, in world: World
    ) {
        self.id = id
        self.condition = condition
        self.attention = attention
        self.until = until
        self.seenBy = seenBy
        self.isWatch = isWatch
        queries = condition.queries
        steadyFor = condition.steadyFor
        var parts: World.Parts = []
        for query in queries { parts.formUnion(world.parts(of: query)) }
        self.parts = parts
    }

    /// Takes a verdict in; gives when to look again, unless it is the answer.
    ///
    /// `Attention` says what counts; but where a look could only repeat itself as long as the
    /// world stays as it is, it is left out. A look that is under way then has its own time.
    mutating func take(
        _ verdict: Verdict, isUnderWay: Bool = false, at now: Instant
    ) -> Instant? {
        let next = attention.take(verdict, isUnderWay: isUnderWay, at: now)
        lastVerdict = verdict
        guard case .look(let suggested) = next else {
            if case .answer(let answer) = next { lastVerdict = answer }
            return nil
        }
        isCalm = !isWatch || verdict == .holds
        if isWatch { return verdict == .holds ? .never : suggested }
        guard verdict == .holds else {
            holdsSince = nil
            return now < until ? until : seenBy
        }
        let since = holdsSince ?? now
        holdsSince = since
        return min(since + steadyFor, until)
    }
}
