import Engine

/// Something that must never be, and was.
public struct Breach: Sendable {
    /// What must never be.
    public enum Kind: String, Sendable, CaseIterable {
        case twoImports = "pool-on-two-nodes"
        case servedWithoutPool = "served-without-pool"
        case demotedUnderPool = "demoted-under-pool"
        case brokenCopy = "broken-copy"
        case splitBrain = "split-brain"
        case lostWrite = "lost-write"
        case overBudget = "over-budget"
        case falseDone = "false-done"
        case falseRollBack = "false-roll-back"
        case falseRefusal = "false-refusal"
        case doneTwice = "done-twice"
        case unguarded
        case openedEarly = "opened-early"
        case notHandedOver = "not-handed-over"
        case noWayOut = "no-way-out"
        case notConverged = "not-converged"

        /// What it means, in a sentence.
        public var sentence: String {
            switch self {
            case .twoImports: "the pool was imported on both nodes at once"
            case .servedWithoutPool: "iSCSI or NFS served without the pool and its datasets"
            case .demotedUnderPool: "a disk was demoted under the imported pool"
            case .brokenCopy: "the pool was imported from a copy that was half made"
            case .splitBrain: "both copies of a disk were written apart from each other"
            case .lostWrite: "a write that a client was told of is gone, and a copy of it was there"
            case .overBudget: "a run was under way for longer than its budgets allow"
            case .falseDone: "a run said done, and a goal of its plan did not hold"
            case .falseRollBack: "a run said rolled back, and something of it was left"
            case .falseRefusal: "a run said refused before any effect, and there was one"
            case .doneTwice: "a run that was taken up did again what it had done"
            case .unguarded: "an effect was begun although its guard did not hold"
            case .openedEarly: "file systems were open while the import could still be taken back"
            case .notHandedOver: "a handover in which nothing went wrong did not hand over"
            case .noWayOut: "a stuck run named commands that do not lead out"
            case .notConverged: "the pair did not come to rest with one master"
            }
        }

        /// Whether data is at stake, and not service or a word alone.
        public var isOfData: Bool {
            switch self {
            case .twoImports, .demotedUnderPool, .brokenCopy, .splitBrain, .lostWrite: true
            default: false
            }
        }
    }

    /// What.
    public let kind: Kind
    /// When, since the beginning of the story.
    public let at: Duration
    /// Where, if it is of one node.
    public let side: Side?
    /// What was seen.
    public let detail: String
    /// Whether one machine alone is on, and has booted since the other one was lost.
    var isOfLoneNode = false
}
