import Engine
import Testing

@testable import Simulation

/// Stories that a seed tells: whatever happened, the pair comes to rest as it should.
@Suite struct PairWeatherTests {
    /// Draws by a seed (splitmix64).
    struct Dice {
        var state: UInt64

        mutating func draw(_ count: Int) -> Int {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return Int((mixed ^ (mixed >> 31)) % UInt64(count))
        }
    }

    static let commands = [
        "hastctl role primary all", "hastctl role secondary all", "hastctl role init all",
        "hastctl role secondary disk1", "hastctl role primary disk2", "hastctl create disk3",
        "zpool import -f tank", "zpool import tank", "zpool export tank", "zpool clear tank",
        "service ctld onestop", "service ctld onestart", "service nfsd onestop",
        "service nfsd onestart", "service hastd onerestart",
        "ifconfig vlan50 vhid 1 advskew 0 state master",
        "ifconfig vlan50 vhid 1 advskew 254 state backup",
    ]

    private func story(_ seed: Int, _ check: (PairStory) -> Void = { _ in }) -> PairStory {
        var dice = Dice(state: UInt64(seed))
        var story = PairStory(serving: seed % 5 == 0 ? nil : .a, preempts: seed % 2 == 0)
        for _ in 0..<40 {
            let side: Side = dice.draw(2) == 0 ? .a : .b
            switch dice.draw(18) {
            case 0: story.pair.cut(.replication)
            case 1: story.pair.cut(.service)
            case 2: story.pair.heal(.replication)
            case 3: story.pair.heal(.service)
            case 4: story.pair.cutPower(side)
            case 5: story.pair.boot(side)
            case 6: story.pair.shutDown(side)
            case 7: story.pair.setInterface(side, up: dice.draw(2) == 0)
            case 8: story.pair[side] = story.pair[side].orphaned()
            case 9, 10: story.pass(.milliseconds(dice.draw(40_000)))
            case 11 where story.pair.isOn(side): story.takeOver(side, force: true)
            case 12 where story.pair.isOn(side): story.role("secondary", on: side)
            default:
                guard story.pair.isOn(side) else { continue }
                story.begin(Self.commands[dice.draw(Self.commands.count)], on: side)
                story.pass(.milliseconds(dice.draw(4_000)))
            }
            check(story)
        }
        return story
    }

    @Test func `whatever happens, each end knows of its worker`() {
        for seed in 0..<300 {
            _ = story(seed) { story in
                for (index, replica) in story.pair.replicas.enumerated() {
                    for side in Side.allCases where replica.holds[side] {
                        let end = story.pair.end(index, side)
                        let isPrimary = replica.primary == side
                        #expect(end.worker == replica.workers[side])
                        #expect(end.role == (isPrimary ? .primary : .secondary))
                        #expect(end.stalls == (isPrimary && replica.isCut), "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test func `whatever happens, what can meet is in step in the end`() {
        for seed in 0..<300 {
            var story = story(seed)
            for link in Link.allCases { story.pair.heal(link) }
            // Whoever is about to shut down does so first.
            story.pass(.seconds(10))
            for side in Side.allCases {
                story.pair.setInterface(side, up: true)
                story.pair.boot(side)
            }
            story.pass(.seconds(90))
            for side in Side.allCases {
                story.run("service nfsd onestop", on: side)
                story.cureHastd(side)
            }
            story.role("init", on: .a)
            story.role("init", on: .b)
            story.role("secondary", on: .b)
            story.role("primary", on: .a)
            story.pass(.seconds(60))
            for disk in PairStory.disks {
                let copies = story.copies(disk)
                let isWell = copies == "connected from a, in step" || copies == "apart, split brain"
                #expect(isWell, "seed \(seed): \(disk): \(copies) \(story.pair.outline)")
                #expect(story.isMarked(.b, disk) == copies.hasPrefix("connected"), "seed \(seed)")
            }
            let masters = Side.allCases.filter { story.address($0) == .master }
            #expect(masters.count == 1, "seed \(seed)")
        }
    }

    @Test func `equal seeds tell equal stories, and others tell others`() {
        let first = story(7)
        #expect(first.told == story(7).told && first.pair.outline == story(7).pair.outline)
        #expect(first.told != story(8).told)
    }

    @Test func `the weather is bad enough`() {
        var kinds: Set<Damage.Kind> = []
        var lostWrites = 0
        for seed in 0..<300 {
            let story = story(seed)
            kinds.formUnion(story.pair.damage.map(\.kind))
            lostWrites += story.pair.lostWrites().count
        }
        #expect(kinds == Set(Damage.Kind.allCases))
        #expect(lostWrites > 0)
    }
}
