/// What hastd gives to the program of `exec` (hast.conf(5)).
public struct HookWords: Hashable, Sendable {
    /// What happened.
    public enum Event: Hashable, Sendable {
        /// The role was changed.
        case role(HastResource.Role, HastResource.Role)
        /// The nodes are connected, or not any more.
        case connect, disconnect
        /// On the primary: the copies are being made alike, are alike, or were left half way.
        case syncstart, syncdone, syncintr
        /// Both copies were written apart from each other.
        case splitBrain
    }

    /// What happened.
    public let event: Event
    /// To which resource.
    public let resource: String

    /// The arguments.
    public var arguments: [String] {
        switch event {
        case .role(let old, let new): ["role", resource, old.rawValue, new.rawValue]
        case .connect: ["connect", resource]
        case .disconnect: ["disconnect", resource]
        case .syncstart: ["syncstart", resource]
        case .syncdone: ["syncdone", resource]
        case .syncintr: ["syncintr", resource]
        case .splitBrain: ["split-brain", resource]
        }
    }
}
