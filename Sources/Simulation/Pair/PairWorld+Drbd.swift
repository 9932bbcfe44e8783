import Engine

/// How the DRBDs of two nodes find and lose each other (drbd_receiver.c and drbd_state.c of 8.4).
extension PairWorld {
    /// How often a node tries to reach its peer: `connect-int`.
    private static let reconnect = Duration.seconds(10)
    /// From an attempt that gets through to the end of the introductions.
    private static let handshake = Duration.milliseconds(300)
    /// How long a primary's write may go unanswered: `timeout`.
    private static let unanswered = Duration.seconds(6)

    /// Whether a copy that came up alone serves nobody before it has met its peer, or the program
    /// `fence-peer` knows better: `fencing` in drbd.conf.
    mutating func setFencing(_ isOn: Bool) {
        for side in Side.allCases { hosts[side].alter { $0.drbd.fences = isOn } }
    }

    mutating func coupleDrbd(all isAll: Bool) {
        for index in replicas.indices {
            let ends = Both(drbdEnd(index, .a), drbdEnd(index, .b))
            guard isAll || ends != replicas[index].seenDrbd else { continue }
            replicas[index].seenDrbd = ends
            tellDrbdRoles(index)
            if replicas[index].holds.a || replicas[index].holds.b { checkDrbdEnds(index) }
            shareStates(index)
            expectIntroduction(index)
        }
    }

    func drbdEnd(_ index: Int, _ side: Side) -> DrbdEnd {
        DrbdEnd(hosts[side].world.drbd.resources[index])
    }

    private func isConnected(_ index: Int) -> Bool {
        replicas[index].holds.a && replicas[index].holds.b
    }

    /// Changes one node's resource.
    private mutating func alter(
        _ index: Int, _ side: Side, _ change: (inout DrbdResource) -> Void
    ) {
        hosts[side].alter { change(&$0.drbd.resources[index]) }
    }

    // MARK: - Roles

    private mutating func tellDrbdRoles(_ index: Int) {
        for side in Side.allCases {
            let role = role(of: index, on: side)
            guard role != nodes[side].roles[index] else { continue }
            nodes[side].roles[index] = role
            replicas[index].beginEpoch()
            guard role == .primary else { continue }
            if nodes[side.other].isOn && self.role(of: index, on: side.other) == .primary {
                tell(.primaryOnBoth, side, "\(name(index)) is primary on both nodes")
            }
            // Without its peer, a primary's copy is a generation of its own from the first moment
            // (drbd_uuid_new_current), whether anything is written or not.
            if !replicas[index].holds[side] { beginGeneration(index, side) }
        }
    }

    private mutating func beginGeneration(_ index: Int, _ side: Side) {
        replicas[index].write(at: side, &histories[index])
    }

    // MARK: - Losing each other

    private mutating func checkDrbdEnds(_ index: Int) {
        for side in Side.allCases where replicas[index].holds[side] {
            guard drbdEnd(index, side).connection != .connected else { continue }
            lose(index, side)
        }
        let holds = replicas[index].holds
        guard holds.a || holds.b else { return partDrbd(index) }
        guard isReachable else {
            if !replicas[index].isCut { cutDrbd(index) }
            return
        }
        guard holds.a && holds.b else {
            // The other machine has closed the connection, and says so.
            dropDrbd(index, holds.a ? .a : .b)
            return partDrbd(index)
        }
        guard replicas[index].isCut else { return }
        replicas[index].isCut = false
        replicas[index].cuts += 1
        for side in Side.allCases {
            alter(index, side) {
                $0.isCut = false
                $0.stalls = false
            }
        }
    }

    /// A primary finds out by a write that is not answered, a secondary by the pings.
    private mutating func cutDrbd(_ index: Int) {
        replicas[index].isCut = true
        replicas[index].cuts += 1
        for side in Side.allCases where replicas[index].holds[side] {
            let isPrimary = role(of: index, on: side) == .primary
            alter(index, side) {
                $0.isCut = true
                $0.stalls = isPrimary
            }
            let silence = hosts[side].world.drbd.silence
            agenda.enter(
                .timesOut(index, side), token: replicas[index].cuts,
                at: now + (isPrimary ? min(silence, Self.unanswered) : silence))
        }
    }

    mutating func drbdTimesOut(_ index: Int, _ side: Side, _ token: Int) {
        guard replicas[index].cuts == token, replicas[index].isCut, replicas[index].holds[side]
        else { return }
        dropDrbd(index, side)
        if !replicas[index].holds[side.other] { partDrbd(index) }
        unsettled.insert(.drbd)
    }

    /// An end has found out that it is alone.
    private mutating func dropDrbd(_ index: Int, _ side: Side) {
        alter(index, side) { $0.disconnect(.connecting) }
        lose(index, side)
    }

    private mutating func lose(_ index: Int, _ side: Side) {
        replicas[index].holds[side] = false
        replicas[index].beginEpoch()
        guard role(of: index, on: side) == .primary else { return }
        // The program `fence-peer` is asked; without an answer a `resource-only` primary goes on.
        hosts[side].alter { if $0.drbd.fences { _ = $0.fence(peerOfDrbd: index) } }
        beginGeneration(index, side)
    }

    private mutating func partDrbd(_ index: Int) {
        if let side = replicas[index].synchronizes, role(of: index, on: side) == .primary {
            tellBrokenCopies(of: index, side)
        }
        replicas[index].primary = nil
        replicas[index].isCut = false
        replicas[index].cuts += 1
        replicas[index].synchronizes = nil
        replicas[index].generation += 1
    }

    // MARK: - Finding each other

    private func seeks(_ index: Int, _ side: Side) -> Bool {
        let end = drbdEnd(index, side)
        return nodes[side].isOn && end.isUp && end.connection == .connecting
    }

    /// Each end tries when it begins to seek, and every 10 s from then.
    private mutating func expectIntroduction(_ index: Int) {
        for side in Side.allCases {
            if !seeks(index, side) {
                replicas[index].seeks[side] = nil
            } else if replicas[index].seeks[side] == nil {
                replicas[index].seeks[side] = now
            }
        }
        guard replicas[index].attempts & 1 == 0, isReachable, !isConnected(index),
            let first = replicas[index].seeks.a, let second = replicas[index].seeks.b
        else { return }
        replicas[index].attempts += 1
        let due = min(attempt(after: first), attempt(after: second))
        agenda.enter(
            .connects(index), token: replicas[index].attempts, at: due + Self.handshake)
    }

    private func attempt(after start: Instant) -> Instant {
        let period = Self.reconnect.nanoseconds
        let passed = now.nanoseconds - start.nanoseconds
        return Instant(
            nanoseconds: start.nanoseconds + (passed + period - 1) / period * period)
    }

    mutating func drbdTriesToConnect(_ index: Int, _ token: Int) {
        guard replicas[index].attempts == token else { return }
        replicas[index].attempts += 1
        unsettled.insert(.drbd)
        guard isReachable, !isConnected(index), seeks(index, .a), seeks(index, .b) else { return }
        introduce(index)
    }

    /// Both ends tell each other what they have, and the older copy is made like the newer one.
    private mutating func introduce(_ index: Int) {
        let primaries = Side.allCases.filter { role(of: index, on: $0) == .primary }
        switch (relation(of: index), primaries.count) {
        case (.diverged, _): splitDrbd(index)
        case (_, 2):
            // Of two primaries neither gives way.
            for side in Side.allCases { alter(index, side) { $0.disconnect(.standAlone) } }
        case (.older(let side), _) where primaries.contains(side):
            // "I shall become SyncTarget, but I am primary!"
            alter(index, side) { $0.disconnect(.standAlone) }
        case (.older(let side), _): connectDrbd(index, target: side)
        case (.alike, _): connectDrbd(index, target: nil)
        }
    }

    private enum Relation {
        case alike, diverged
        case older(Side)
    }

    private func relation(of index: Int) -> Relation {
        let copies = replicas[index].copies
        let isAhead = histories[index].descends(copies.a.version, from: copies.b.version)
        let isBehind = histories[index].descends(copies.b.version, from: copies.a.version)
        switch (isAhead, isBehind) {
        case (true, true): break
        case (true, false): return .older(.b)
        case (false, true): return .older(.a)
        case (false, false):
            // The one that was told to lose what it has.
            let losers = Side.allCases.filter { drbdEnd(index, $0).discards }
            if losers.count == 1 { return .older(losers[0]) }
            return .diverged
        }
        if copies.a.isWhole == copies.b.isWhole { return .alike }
        return .older(copies.a.isWhole ? .b : .a)
    }

    private mutating func splitDrbd(_ index: Int) {
        replicas[index].isSplit = true
        if !replicas[index].isToldSplit {
            replicas[index].isToldSplit = true
            let name = name(index)
            tell(.splitBrain, .a, "both copies of \(name) were written apart from each other")
        }
        for side in Side.allCases {
            hosts[side].alter { $0.apply(.splits, toDrbd: index) }
        }
    }

    private mutating func connectDrbd(_ index: Int, target: Side?) {
        for side in Side.allCases {
            alter(index, side) {
                $0.connection = .connected
                $0.discards = false
                $0.isPinging = false
                if $0.disk == .consistent { $0.disk = .upToDate }
            }
        }
        replicas[index].holds = Both(true, true)
        replicas[index].isSplit = false
        replicas[index].generation += 1
        replicas[index].beginEpoch()
        guard let target else { return }
        replicas[index].synchronizes = target
        replicas[index].copies[target].isWhole = false
        let all = replicas[index].copies[target].version == .blank
        agenda.enter(
            .synchronized(index), token: replicas[index].generation,
            at: now + (all ? Self.synchronizesAll : Self.synchronizes))
    }

    mutating func drbdSynchronized(_ index: Int, _ token: Int) {
        guard replicas[index].generation == token, let target = replicas[index].synchronizes
        else { return }
        guard !replicas[index].isCut else {
            agenda.enter(.synchronized(index), token: token, at: now + Self.synchronizes)
            return
        }
        replicas[index].synchronizes = nil
        replicas[index].copies[target].isWhole = true
        replicas[index].copies[target].version = replicas[index].copies[target.other].version
        carryLabels(of: index, from: target.other)
        unsettled.insert(.drbd)
    }

    /// What connected ends tell each other all the time.
    private mutating func shareStates(_ index: Int) {
        guard isConnected(index), !replicas[index].isCut else { return }
        replicas[index].primary = Side.allCases.first { role(of: index, on: $0) == .primary }
        let target = replicas[index].synchronizes
        for side in Side.allCases where replicas[index].copies[side].isWhole || side == target {
            let disk: DrbdResource.Disk = side == target ? .inconsistent : .upToDate
            if drbdEnd(index, side).disk != disk { alter(index, side) { $0.disk = disk } }
        }
        for side in Side.allCases {
            let other = drbdEnd(index, side.other)
            let replication: DrbdResource.Replication =
                target.map { $0 == side ? .target : .source } ?? .established
            let mine = drbdEnd(index, side)
            guard
                mine.peer != other.role || mine.peerDisk != other.disk
                    || mine.replication != replication
            else { continue }
            alter(index, side) {
                $0.peer = other.role
                $0.peerDisk = other.disk
                $0.replication = replication
            }
        }
    }
}
