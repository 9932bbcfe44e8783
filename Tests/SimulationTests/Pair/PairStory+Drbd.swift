import Engine

@testable import Simulation

/// A pair whose disks DRBD replicates.
extension PairStory {
    static func drbd(
        serving: Side? = .a, _ adjusting: (inout World) -> Void = { _ in }
    ) -> PairStory {
        var pair = Pair()
        pair.replication = .drbd(.v84)
        var story = PairStory()
        story.pair = PairWorld(pair, serving: serving) { adjusting(&$1) }
        return story
    }

    /// Changes the role of each disk; gives how the commands ended.
    @discardableResult
    mutating func drbdadm(_ verb: String, on side: Side) -> [Output.Status?] {
        Self.disks.map { run("drbdadm \(verb) \($0)", on: side) }
    }

    mutating func giveUpDrbd(_ side: Side) {
        run("ifconfig vlan50 vhid 1 advskew 254 state backup", on: side)
        run("service ctld onestop", on: side)
        run("service nfsd onestop", on: side)
        run("zpool export tank", on: side)
        pass(.seconds(1))
        drbdadm("secondary", on: side)
    }

    mutating func takeOverDrbd(_ side: Side) {
        run("ifconfig vlan50 vhid 1 advskew 0 state master", on: side)
        drbdadm("primary", on: side)
        run("zpool import -f -o cachefile=none tank", on: side)
        run("service nfsd onestart", on: side)
        run("service ctld onestart", on: side)
        pass(.seconds(1))
    }

    func disk(_ side: Side, _ index: Int = 0) -> DrbdResource {
        pair[side].world.drbd.resources[index]
    }
}
