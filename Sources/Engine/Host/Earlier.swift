/// Which verdict an await takes from answers that are there already, instead of a look of its own.
///
/// They were asked for at most `Attention.freshness` ago, and since then no command of the run was
/// under way. Any other verdict on them counts for nothing: it is looked anew.
public enum Earlier: Sendable {
    case nothing
    /// Only that it holds: a guard.
    case holding
    /// Only that it does not hold, after which there is something to do: an opening look.
    case lacking

    /// Whether this verdict will do.
    public func accepts(_ verdict: Verdict) -> Bool {
        switch (self, verdict) {
        case (.holding, .holds), (.lacking, .doesNot): true
        default: false
        }
    }
}
