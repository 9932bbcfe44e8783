/// What a condition makes sure of before a takeover.
public enum Assurance: Hashable, Sendable {
    /// This node is master of a shared address.
    case mastership
    /// This node has a full copy of the data, of which a person can decide to do without.
    case fullCopy
    /// The peer has let go of a thing, by the name that it has in a `Reach`, or of all that it had;
    /// nothing here can bring that about.
    case peerLetGo(String?)
}

/// The copies of replicated things at which a condition looks.
public struct Copies: Hashable, Sendable {
    /// The things, by the names that they have in a `Reach`.
    public let things: [String]
    /// Whether it goes by marks, which somebody must tell this node of.
    public let areMarked: Bool

    /// The copies of these things.
    public init(of things: [String], areMarked: Bool) {
        self.things = things
        self.areMarked = areMarked
    }
}
