import Engine

extension Plan {
    /// Whether it, or its counterpart, would have this node fence itself.
    var fencesItself: Bool {
        ifStuck == .fenceSelf || counterpart?.ifStuck == .fenceSelf
    }

    /// Why a plan that would have this node fence itself is refused on a real host.
    static let noFencing =
        "`if-stuck: fence-self` acts in simulation only, so a stuck release would go on writing;"
        + " settle `park`, or run with --simulate"
}
