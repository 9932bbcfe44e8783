import Engine
import Testing

@testable import Simulation

/// VRRP between the nodes, as two real ones behaved that were watched beside it.
@Suite struct PairKeepalivedTests {
    private static let file = Vrrp().trackFile
    private static let writes = ["awk", "BEGIN { print 1 > ARGV[1] }", file]

    @Test func `a backup takes over when nobody advertises`() {
        var story = PairStory(by: Vrrp())
        story.pair.cutPower(.a)
        story.pass(.seconds(10))
        #expect(story.told == ["0ms a: down", "3609ms b: VI_1 MASTER"])
    }

    @Test func `a yield moves the address once, and soon`() {
        var story = PairStory(by: Vrrp())
        story.yield(.a)
        story.pass(.seconds(30))
        #expect(
            story.heard("VI_1") == ["a: VI_1 FAULT", "b: VI_1 MASTER", "a: VI_1 BACKUP"])
        #expect(story.address(.b) == .master)
    }

    @Test func `a yield that nobody takes comes back`() {
        var story = PairStory(by: Vrrp())
        story.pair.cutPower(.b)
        story.yield(.a)
        story.pass(.seconds(30))
        #expect(
            story.heard("VI_1") == ["a: VI_1 FAULT", "a: VI_1 BACKUP", "a: VI_1 MASTER"])
    }

    @Test func `and the way back is the same`() {
        var story = PairStory(by: Vrrp())
        story.yield(.a)
        story.pass(.seconds(5))
        story.yield(.b)
        story.pass(.seconds(30))
        #expect(story.address(.a) == .master)
        #expect(story.address(.b) == .backup)
    }

    @Test func `a file that stays keeps the node in FAULT`() {
        var story = PairStory(by: Vrrp())
        story.run(Self.writes, on: .a)
        story.pass(.seconds(5))
        story.pair.cutPower(.b)
        story.pass(.seconds(60))
        #expect(story.address(.a) == .initial)
    }

    @Test(arguments: [false, true])
    func `a better node that returns preempts, unless told not to`(_ preempts: Bool) {
        var vrrp = Vrrp()
        vrrp.preempts = preempts
        var story = PairStory(by: vrrp)
        story.pair[.a].alter { $0.virtualHosts[0].vrrp?.priority = 150 }
        story.pair.cutPower(.a)
        story.pass(.seconds(10))
        story.told = []
        story.pair.boot(.a)
        story.pass(.seconds(60))
        let moves = ["a: VI_1 BACKUP", "a: VI_1 MASTER", "b: VI_1 BACKUP"]
        #expect(story.heard("VI_1") == (preempts ? moves : ["a: VI_1 BACKUP"]))
    }

    @Test func `a lost interface is FAULT, and the other node takes over for good`() {
        var story = PairStory(by: Vrrp())
        story.pair.setInterface(.a, up: false)
        story.pass(.seconds(10))
        story.pair.setInterface(.a, up: true)
        story.pass(.seconds(10))
        #expect(
            story.heard("VI_1") == ["a: VI_1 FAULT", "b: VI_1 MASTER", "a: VI_1 BACKUP"])
    }

    @Test func `a service link that is cut has two masters until it is healed`() {
        var story = PairStory(by: Vrrp())
        story.pair.cut(.service)
        story.pass(.seconds(10))
        #expect(story.address(.a) == .master)
        #expect(story.address(.b) == .master)
        story.pair.heal(.service)
        story.pass(.seconds(10))
        #expect(story.address(.a) == .backup)
        #expect(story.address(.b) == .master)
    }

    @Test func `a daemon that is killed leaves its address behind, and the peer has it too`() {
        var story = PairStory(by: Vrrp())
        story.pair[.a].alter { $0.apply(.serviceDies("keepalived")) }
        story.pass(.seconds(10))
        #expect(story.heard("VI_1") == ["b: VI_1 MASTER"])
        #expect(story.address(.a) == .master)
        #expect(story.pair.outline.contains("a: VI_1 on vlan50: no keepalived, address left over"))
        story.run("ip address del 192.0.2.250/24 dev vlan50", on: .a)
        #expect(story.address(.a) == .initial)
    }

    @Test func `an orderly stop lets the peer have it soon`() {
        var story = PairStory(by: Vrrp())
        story.run("service keepalived onestop", on: .a)
        story.pass(.seconds(2))
        #expect(story.heard("VI_1") == ["a: VI_1 FAULT", "b: VI_1 MASTER"])
    }

    @Test func `both nodes booted at once have one master`() {
        var story = PairStory(serving: nil, by: Vrrp())
        story.pair.boot(.a)
        story.pair.boot(.b)
        story.pass(.seconds(60))
        let masters = Side.allCases.filter { story.address($0) == .master }
        #expect(masters.count == 1)
    }
}

extension PairStory {
    fileprivate mutating func yield(_ side: Side) {
        run(["awk", "BEGIN { print 1 > ARGV[1] }", Vrrp().trackFile], on: side)
        run("sleep 1", on: side)
        run("rm -f \(Vrrp().trackFile)", on: side)
    }
}
