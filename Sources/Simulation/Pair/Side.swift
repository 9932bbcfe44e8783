/// One of the two nodes of a pair.
public enum Side: Int, Sendable, Hashable, CaseIterable {
    case a, b

    /// The other one.
    public var other: Side { self == .a ? .b : .a }
}

/// What can be cut and healed apart.
public enum Link: Sendable, Hashable, CaseIterable {
    /// What hastd and the hooks' messages go over.
    case replication
    /// What CARP advertises on and clients come by.
    case service
}

/// A small value for each node; large ones stand in an array.
struct Both<Value> {
    var a: Value
    var b: Value

    init(_ a: Value, _ b: Value) {
        self.a = a
        self.b = b
    }

    subscript(side: Side) -> Value {
        @inline(__always) get { side == .a ? a : b }
        _modify {
            switch side {
            case .a: yield &a
            case .b: yield &b
            }
        }
    }
}

extension Array {
    /// What belongs to a node, in the order of `Side`.
    ///
    /// Read by `get`: without optimization, a call on a part of a large value that a `_read` yields
    /// destroys the value in the frame of that coroutine, which is free by then (Swift 6.3); once
    /// the frame has more than 1032 bytes, malloc has written over it.
    subscript(side: Side) -> Element {
        @inline(__always) get { self[side.rawValue] }
        @inline(__always) _modify { yield &self[side.rawValue] }
    }
}

extension Both: Sendable where Value: Sendable {}
extension Both: Equatable where Value: Equatable {}
