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
    /// By what it is known as the same thing, where names can be spelled in more than one way.
    public let identity: String
    /// The layer on which it lies, and up to which it takes others along.
    public let layers: ClosedRange<Layer>
    /// Whether it is taken though the other node did not give it up, or given up though it is in
    /// use.
    public let isForced: Bool
    /// Whether it is everything of its layers that the host has.
    public let isWhole: Bool
    /// The service of the host that it is a part of, or that it is itself; nil where it is none.
    public let service: String?

    /// A thing of one layer.
    public init(_ thing: String, on layer: Layer) { self.init(thing, on: layer...layer) }

    /// A thing that takes others along.
    public init(_ thing: String, on layers: ClosedRange<Layer>, isForced: Bool = false) {
        self.init(thing, layers, isForced: isForced, isWhole: false, service: nil)
    }

    /// A service of the host, with all that it serves.
    public init(service: String) { self.init(service, of: service) }

    /// A part of what a service of the host serves: `target iqn…` of `iSCSI`.
    ///
    /// `identity` is the same for two spellings of one thing.
    public init(_ thing: String, of service: String, identity: String? = nil) {
        self.init(
            thing, .services ... .services, isForced: false, isWhole: false, service: service,
            identity: identity)
    }

    /// All things of a kind, in the plural: `pools`.
    public init(all things: String, on layers: ClosedRange<Layer>, isForced: Bool = false) {
        self.init("all \(things)", layers, isForced: isForced, isWhole: true, service: nil)
    }

    /// All things of a kind, of one layer.
    public init(all things: String, on layer: Layer) { self.init(all: things, on: layer...layer) }

    private init(
        _ thing: String, _ layers: ClosedRange<Layer>, isForced: Bool, isWhole: Bool,
        service: String?, identity: String? = nil
    ) {
        self.thing = thing
        self.identity = identity ?? thing
        self.layers = layers
        self.isForced = isForced
        self.isWhole = isWhole
        self.service = service
    }

    /// Whether it is a service of the host with all that it serves, or all of a kind: what no pair
    /// has to itself.
    var isOfHost: Bool { isWhole || thing == service }

    /// Whether giving this up gives up all of what is taken by another one.
    func covers(_ other: Reach) -> Bool {
        (identity == other.identity || thing == other.service || isWhole || other.isWhole)
            && layers.lowerBound <= other.layers.lowerBound
            && layers.upperBound >= other.layers.upperBound
    }
}

/// What a step does to what a pair serves, as the lint orders it.
public struct Bearing: Hashable, Sendable {
    /// Whether it takes or gives up.
    public let effect: Effect
    /// What; empty where nobody can tell.
    public let reaches: [Reach]
    /// The devices or folders of devices in which a pool is searched; empty for all of the host,
    /// nil where none is searched.
    public let searched: [String]?
    /// The kinds of step that do it in full, for a person; nil when this is one.
    public let better: String?

    /// Takes or gives up each of these.
    public init(
        _ effect: Effect, _ reaches: [Reach], searching devices: [String]? = nil,
        better: String? = nil
    ) {
        self.effect = effect
        self.reaches = reaches
        searched = devices
        self.better = better
    }

    /// The layers that it touches in a plan of that direction.
    func layers(in direction: Plan.Direction?) -> [ClosedRange<Layer>] {
        switch (effect, direction) {
        case (.acquires, .acquire), (.releases, .release): reaches.map(\.layers)
        default: []
        }
    }
}
