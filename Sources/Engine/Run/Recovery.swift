/// What is to become of an unfinished run whose engine died; pure.
public enum Recovery {
    /// Who asks, and for what.
    public enum Choice: Sendable {
        /// The next engine asks; whether the node is still wanted to be what the plan makes it.
        case automatic(isWanted: Bool)
        /// A person wants it to go on.
        case resume
        /// A person wants it taken back.
        case rollBack
        /// A person takes it over as it is.
        case abandon
    }

    /// So often a run is taken up by itself; a person can do so again.
    public static let limit = 5

    /// What is to be done.
    public enum Decision: Sendable {
        /// Take it up on this way.
        case resume(Resumption)
        /// Write this ending; nothing more is to be done.
        case close(Ending)
        /// Do nothing: why, and what to do instead.
        case refuse(String)
    }

    /// Decides on an unfinished run of this boot.
    public static func decide(_ past: Past, of plan: Plan, _ choice: Choice) -> Decision {
        if let ending = past.ending {
            return .refuse("the run is over: it ended \(ending.kind.rawValue)")
        }
        switch choice {
        case .automatic(let isWanted): return automatic(past, plan, isWanted: isWanted)
        case .resume: return resume(past, plan)
        case .rollBack: return rollBack(past, plan)
        case .abandon: return .close(ending(.left, "abandoned by a person", past, plan))
        }
    }

    /// The ending of a run that another boot began: the machine went down in the middle of it, and
    /// with it every process; nothing is resumed or undone.
    public static func cutOff(_ past: Past, of plan: Plan) -> Ending {
        let place = past.place.map { " at: \($0)" } ?? ""
        let doubts = past.doubts.map { "\($0.text) was under way when the machine went down" }
        return Ending(
            .cutOff,
            reason: "the machine went down while this run was \(past.course)\(place)",
            warnings: past.warnings + doubts,
            handOver: past.newer
        )
    }
}

extension Recovery {
    private static func automatic(_ past: Past, _ plan: Plan, isWanted: Bool) -> Decision {
        if plan.direction == .release { return .resume(.forward) }
        switch past.aim {
        case .forward where !past.hasEffects && past.doubts.isEmpty:
            return .close(ending(.refused, "the engine died before any effect", past, plan))
        case .forward where isWanted && past.newer == nil: return .resume(.forward)
        case .forward, .handOver: return leave(past, plan)
        // Only damage says so, and there is no way back past the point of no return.
        case .back where past.isCommitted: return .resume(.counterpart)
        case .back: return .resume(.back)
        case .counterpart: return .resume(.counterpart)
        // A newer signal says what the address is to be.
        case .ifFailed(let kind) where past.newer != nil || plan.ifFailed == nil:
            return .close(afterIfFailed(kind, past, plan))
        case .ifFailed: return .resume(.ifFailed)
        // Only a journal that lost lines says both.
        case .stop(.refused) where past.hasEffects || !past.doubts.isEmpty:
            return .close(ending(.left, past.reason ?? unknown, past, plan))
        case .stop(let kind): return .close(ending(kind, past.reason ?? unknown, past, plan))
        }
    }

    /// Nobody wants what the run was about any more.
    private static func leave(_ past: Past, _ plan: Plan) -> Decision {
        guard past.isCommitted else { return .resume(.back) }
        if !past.doubts.isEmpty && plan.counterpart != nil { return .resume(.counterpart) }
        let why = "the engine died past the point of no return, and another plan is wanted"
        return .close(ending(.superseded, why, past, plan))
    }

    private static func afterIfFailed(
        _ kind: Ending.Kind, _ past: Past, _ plan: Plan
    ) -> Ending {
        let warning = "the engine died in `if-failed`: see whether it has done its work"
        return ending(kind, past.reason ?? unknown, past, plan, warning)
    }

    /// The ending of a run that is not taken up once more: an engine that dies in it each time
    /// would go on like that for ever.
    public static func exhausted(_ past: Past, of plan: Plan) -> Ending {
        if case .ifFailed(let kind) = past.aim { return afterIfFailed(kind, past, plan) }
        let place = past.place.map { " at: \($0)" } ?? ""
        let times = "the engine died in it \(limit + 1) times, the last time"
        return ending(.stuck, "\(times) while it was \(past.course)\(place)", past, plan)
    }

    private static func resume(_ past: Past, _ plan: Plan) -> Decision {
        if plan.direction == .release { return .resume(.forward) }
        if case .ifFailed = past.aim, plan.ifFailed != nil { return .resume(.ifFailed) }
        if past.hasTurnedBack {
            return .refuse(
                "it had begun to take back what it did, and half of it may be gone; roll it back "
                    + "to the end, then run the plan again")
        }
        switch past.aim {
        case .ifFailed: return .refuse("it is over but for its ending; abandon it")
        // Its steps go the other way already: it can only go on with that.
        case .counterpart: return .resume(.counterpart)
        case .stop where past.hasGivenUp: return .resume(.counterpart)
        case .forward, .handOver, .back, .stop: return .resume(.forward)
        }
    }

    private static func rollBack(_ past: Past, _ plan: Plan) -> Decision {
        let other = plan.counterpart.map { "run \($0.name)" } ?? "run a plan that does the opposite"
        if plan.direction == .release {
            return .refuse(
                "a release is never taken back, since that would be a promotion which nothing "
                    + "guards; resume it, or abandon it and \(other)")
        }
        if past.isCommitted {
            return .refuse(
                "never past the point of no return, since clients may have written; resume it, "
                    + "or abandon it and \(other)")
        }
        switch past.aim {
        case .counterpart: return .refuse(givingUp)
        case .stop where past.hasGivenUp: return .refuse(givingUp)
        case .ifFailed:
            return .refuse(
                "it was taken back already, and nothing of it is left but `if-failed`; resume it")
        case .forward, .handOver, .back, .stop: return .resume(.back)
        }
    }

    /// An ending that names what may still be under way, and what is left to do by hand.
    private static func ending(
        _ kind: Ending.Kind, _ reason: String, _ past: Past, _ plan: Plan, _ more: String...
    ) -> Ending {
        let isUnfinished = kind == .left || kind == .stuck
        return Ending(
            kind,
            reason: reason,
            warnings: past.warnings + past.orphans.warnings() + more,
            remaining: isUnfinished ? past.remaining : [],
            handOver: past.newer,
            isCommitted: kind == .stuck && past.isCommitted && !past.hasGivenUp
                && plan.direction == .acquire
        )
    }

    private static let givingUp = "its counterpart is giving up what there is already; resume it"
    private static let unknown = "the engine died, and why it was to end so was not written down"
}
