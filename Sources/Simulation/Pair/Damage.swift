public import Engine

/// Something that no pair survives unharmed.
public struct Damage: Hashable, Sendable {
    /// The kinds of damage.
    public enum Kind: String, Sendable, CaseIterable {
        /// A pool was imported while the other node had it.
        case poolOnBoth = "pool-on-both"
        /// A disk was taken away from an imported pool.
        case demotedUnderPool = "demoted-under-pool"
        /// A resource began to serve as primary while the other node's did.
        case primaryOnBoth = "primary-on-both"
        /// Both copies of a resource were written apart from each other, and met.
        case splitBrain = "split-brain"
        /// A pool was imported from a copy that was half made, or not at all.
        case brokenCopy = "broken-copy"
    }

    /// When.
    public let at: Instant
    /// On which node it was done.
    public let side: Side
    /// What kind.
    public let kind: Kind
    /// What happened, as a sentence.
    public let text: String
}

/// A write that a client was told of and that is gone.
public struct LostWrite: Hashable, Sendable {
    /// When it was acknowledged.
    public let at: Instant
    /// By which node.
    public let side: Side
    /// Where a whole copy of it is left; nil when it was overwritten there too.
    public let survivor: Side?
}

/// Damage as the emulators tell it, which know neither side nor time.
struct Harm: Hashable, Sendable {
    let kind: Damage.Kind
    let text: String
}
