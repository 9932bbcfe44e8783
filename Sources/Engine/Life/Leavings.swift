/// What the runs of this boot have left of an acquire that is stuck.
public enum Leavings: String, Sendable {
    /// None is stuck, or it is known that nothing of it is left.
    case nothing
    /// A part that serves nobody: the release plan may take it away.
    case part
    /// It was past its point of no return: clients may be served, and whether they lose what they
    /// have is for a person to say, or for a signal that wants the release.
    case service

    /// After another run, in this direction, has ended so.
    ///
    /// A release that did not get through has not taken away what a stuck acquire left; another
    /// acquire runs only where a look, or a person, found nothing of it.
    public func after(_ ending: Ending, of direction: Plan.Direction?) -> Leavings {
        switch direction {
        case .acquire: ending.kind != .stuck ? .nothing : ending.isCommitted ? .service : .part
        case .release: ending.kind == .done ? .nothing : self
        case nil: self
        }
    }
}
