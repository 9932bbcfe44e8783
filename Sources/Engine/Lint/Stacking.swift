/// What stands against the order of the layers: a takeover goes up through them, each on what it
/// rests on, and what gives up, read backwards, is a takeover.
///
/// Nobody can tell from a plan which disks a pool lies on, so that a plan may well build one stack
/// after or beside another. A step is out of order when nothing of a lower layer that the plan
/// builds stands before it, and a lower one is when nothing higher stands behind it any more.
struct Stacking {
    /// Two steps of which the lower one must be there first, and need not be.
    struct Inversion {
        let lower: NodeID
        let upper: NodeID
        /// Whether they stand side by side, and not the wrong way round.
        let isBeside: Bool
    }

    /// Each pair of places once, in the order of the plan.
    private(set) var inversions: [Inversion] = []
    private let nodes: [PlanNode]
    private let direction: Plan.Direction?
    private var isRelease: Bool { direction == .release }
    /// What stands under each node of the section.
    private var floors: [Floors]
    private var seen: Set<[Span]> = []

    init(_ nodes: [PlanNode], from root: NodeID, direction: Plan.Direction?) {
        self.nodes = nodes
        self.direction = direction
        floors = [Floors](repeating: Floors(), count: nodes.count)
        survey(root)
        visit(root, Place())
    }

    private mutating func survey(_ id: NodeID) {
        switch nodes[id.index].kind {
        case .step(let step): floors[id.index] = Floors(step.step.bearing.layers(in: direction), id)
        case .group(let group):
            var all = Floors()
            for child in group.children {
                survey(child)
                all.add(floors[child.index])
            }
            floors[id.index] = all
        case .pointOfNoReturn: break
        }
    }

    private mutating func visit(_ id: NodeID, _ place: Place) {
        switch nodes[id.index].kind {
        case .step(let step):
            let layers = step.step.bearing.layers(in: direction)
            guard let layer = layers.first?.lowerBound, layer < .address else { return }
            let seen = isRelease ? place.backwards : place
            check(id, on: layer, seen)
        case .group(let group): visit(group, place)
        case .pointOfNoReturn: break
        }
    }

    private mutating func visit(_ group: GroupNode, _ place: Place) {
        var following = [Floors()]
        for child in group.children.reversed() {
            var floors = floors[child.index]
            if let last = following.last { floors.add(last) }
            following.append(floors)
        }
        var preceding = Floors()
        for (index, child) in group.children.enumerated() {
            let behind = following[group.children.count - index - 1]
            var inner = place
            if group.atOnce > 1 {
                inner.beside.add(preceding)
                inner.beside.add(behind)
            } else {
                inner.before.add(preceding)
                inner.after.add(behind)
            }
            visit(child, inner)
            preceding.add(floors[child.index])
        }
    }

    private mutating func check(_ id: NodeID, on layer: Layer, _ place: Place) {
        // Of several layers, the nearest one: once that is in order, so are mostly the others.
        for lower in Layer.allCases.reversed() where lower < layer && place.before[lower] == nil {
            guard let found = place.after[lower] ?? place.beside[lower] else { continue }
            report(lower: found, upper: id, isBeside: place.after[lower] == nil)
            break
        }
        let bears = Layer.allCases.contains { $0 > layer && place.after[$0] != nil }
        guard !bears else { return }
        for upper in Layer.allCases where upper > layer {
            // One pool may well be mounted while the next one is imported.
            if layer == .pool && upper == .datasets { continue }
            guard let found = place.before[upper] ?? place.beside[upper] else { continue }
            report(lower: id, upper: found, isBeside: place.before[upper] == nil)
            break
        }
    }

    private mutating func report(lower: NodeID, upper: NodeID, isBeside: Bool) {
        let spans = [nodes[lower.index].span, nodes[upper.index].span]
        guard seen.insert(spans).inserted else { return }
        inversions.append(Inversion(lower: lower, upper: upper, isBeside: isBeside))
    }
}

/// What stands around a node.
private struct Place {
    var before = Floors()
    var beside = Floors()
    var after = Floors()

    /// The same, read from the end.
    var backwards: Place { Place(before: after, beside: beside, after: before) }
}

/// The first step of each layer in a part of a plan.
private struct Floors {
    /// The indices of the nodes; -1 for none.
    private var first = SIMD4<Int32>(repeating: -1)

    init() {}

    /// Of a step that touches these layers.
    init(_ layers: [ClosedRange<Layer>], _ id: NodeID) {
        for layer in Layer.allCases where layer < .address {
            guard layers.contains(where: { $0.contains(layer) }) else { continue }
            first[layer.rawValue] = Int32(id.index)
        }
    }

    subscript(layer: Layer) -> NodeID? {
        guard layer < .address, first[layer.rawValue] >= 0 else { return nil }
        return NodeID(Int(first[layer.rawValue]))
    }

    mutating func add(_ other: Floors) {
        first = first.replacing(with: other.first, where: first .< 0)
    }
}
