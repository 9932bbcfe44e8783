extension Past {
    /// What the records say of one node.
    struct Trace: Hashable, Sendable {
        /// How its `when` was decided.
        var when: Verdict?
        var forward = Passage()
        var back = Passage()

        /// Whether it may have had an effect.
        var isApplied: Bool { !forward.announced.isEmpty }
        /// Whether its effect was taken back, or was seen not to be there.
        var isTakenBack: Bool { back.result == .undone || back.result == .nothingToUndo }
        /// Whether its undo is through with it, one way or the other.
        var isBehind: Bool {
            if case .noInverse = back.result { true } else { isTakenBack }
        }
        /// Whether it is done as far as its section is concerned.
        var isReached: Bool {
            switch forward.result {
            case .done, .already, .notWanted: true
            case nil, .failed, .cut, .undone, .nothingToUndo, .noInverse, .parked: false
            }
        }

        subscript(way: Way) -> Passage {
            get { way == .forward ? forward : back }
            set { if way == .forward { forward = newValue } else { back = newValue } }
        }
    }

    /// What the records say of one way through a step.
    struct Passage: Hashable, Sendable {
        /// How it came to its end; nil when another attempt was announced since.
        var result: StepResult?
        /// Whether it has begun and has no end.
        var isUnderWay = false

        /// The commands of earlier attempts that may have had an effect.
        private var kept: [Command] = []
        /// The commands of the last attempt.
        private var intent: [Command] = []
        private var began = 0
        /// The commands of the last attempt whose end nobody saw; one that was given up on is one.
        private var open = 0
        private var succeeded = 0
        /// Whether the last command that ended did so with success.
        private var isFine = false
        /// Whether a command of the last attempt did anything at all, as far as is known.
        private var hasActed = false
    }
}

extension Past.Passage {
    /// The commands that were announced last and may have had an effect.
    var announced: [Command] {
        hasActed || open > 0 || (began == 0 && !intent.isEmpty) ? intent : kept
    }

    /// How a step without a goal came out, by its commands where no end of it was written.
    var onceResult: StepResult? {
        if intent.isEmpty { return nil }
        if let result, result != .cut { return result }
        return succeeded == intent.count ? .done(.seen) : nil
    }

    /// Whether nobody can tell if a step without a goal took effect: it was announced, it was not
    /// seen to be done, and not seen to fail.
    var isOnceInDoubt: Bool {
        guard !intent.isEmpty, onceResult == nil else { return false }
        return open > 0 || began == 0 || isFine
    }

    mutating func announce(_ commands: [Command]) {
        kept = announced
        intent = commands
        result = nil
        (began, open, succeeded) = (0, 0, 0)
        (isFine, hasActed) = (false, false)
    }

    mutating func began(_ command: Command) {
        if intent.isEmpty { announce([command]) }
        began += 1
        open += 1
    }

    mutating func ended(_ output: Output) {
        open = max(0, open - 1)
        if output.refusal == nil { hasActed = true }
        isFine = output.succeeded
        if isFine { succeeded += 1 }
    }
}
