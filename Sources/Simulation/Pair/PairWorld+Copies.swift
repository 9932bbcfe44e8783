import Engine

/// How the copies of a resource are made alike (sync_thread in sbin/hastd/primary.c).
extension PairWorld {
    /// How long that takes for what was written meanwhile, and for everything.
    static let synchronizes = Duration.seconds(3)
    static let synchronizesAll = Duration.seconds(8)

    mutating func synchronize(
        _ index: Int, _ primary: Side, isAhead: Bool, isBehind: Bool
    ) {
        let copies = replicas[index].copies
        let isTheirs = !copies[primary].isWhole && copies[primary.other].isWhole
        if isAhead && isBehind && copies.a.isWhole && copies.b.isWhole { return }
        // The newer copy is the source, be it the secondary's: reads go there until it is done.
        let isSecondarySource = isBehind && (!isAhead || isTheirs)
        let target = isSecondarySource ? primary : primary.other
        let all = copies[target].version == .blank
        replicas[index].synchronizes = target
        replicas[index].copies[target].isWhole = false
        if target == primary {
            replicas[index].copies[primary].version = copies[primary.other].version
            carryLabels(of: index, from: primary.other)
        }
        happenings.append(say(.syncstart, index, primary))
        agenda.enter(
            .synchronized(index), token: replicas[index].generation,
            at: now + (all ? Self.synchronizesAll : Self.synchronizes))
    }

    mutating func hastSynchronized(_ index: Int, _ token: Int) {
        guard replicas[index].generation == token, let primary = replicas[index].primary,
            let target = replicas[index].synchronizes
        else { return }
        // What is cut goes on when it is heard of again in time.
        guard !replicas[index].isCut else {
            agenda.enter(.synchronized(index), token: token, at: now + Self.synchronizes)
            return
        }
        replicas[index].synchronizes = nil
        replicas[index].copies[target].isWhole = true
        replicas[index].copies[target].version =
            replicas[index].copies[target.other].version
        if target != primary { carryLabels(of: index, from: primary) }
        happenings.append(say(.syncdone, index, primary))
        heard(.syncdone, index, primary)
        unsettled.insert(.hast)
    }

    /// Whether a primary holds what its secondary does not, as `hastctl list` says it.
    mutating func hastTellsDirt(_ index: Int) {
        let copies = replicas[index].copies
        let isAlike = copies.a.version == copies.b.version && copies.a.isWhole && copies.b.isWhole
        for side in Side.allCases {
            let resource = end(index, side)
            let isDirty = !isAlike && resource.role == .primary
            guard resource.isDirty != isDirty else { continue }
            hosts[side].alter { $0.hast.resources[index].isDirty = isDirty }
        }
    }
}
