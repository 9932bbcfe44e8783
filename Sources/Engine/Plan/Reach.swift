/// The layers of what a pair serves, each of which rests on those before it.
public enum Layer: Int, Comparable, CaseIterable, Sendable {
    case replicas, pool, datasets, services
    /// Moves by rules of its own: CARP brings it before all else, a person may move it last.
    case address

    /// Whether a layer lies beneath another.
    public static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
}

/// What a step takes or gives up of what a pair serves.
public struct Reach: Hashable, Sendable {
    /// The thing, as its counterpart names it, too: `pool tank`.
    public let thing: String
    /// The layer on which it lies, and up to which it takes others along.
    public let layers: ClosedRange<Layer>
    /// Whether it is taken though the other node did not give it up.
    public let isForced: Bool

    /// A thing of one layer.
    public init(_ thing: String, on layer: Layer) { self.init(thing, on: layer...layer) }

    /// A thing that takes others along.
    public init(_ thing: String, on layers: ClosedRange<Layer>, isForced: Bool = false) {
        self.thing = thing
        self.layers = layers
        self.isForced = isForced
    }
}
