import Engine
import Testing

@testable import Simulation

/// Hooks of hastd that do their work late: behind the messages of the peer.
@Suite struct PairHookTests {
    /// A pair whose link was cut for long enough to part it, up to the moment of the next connect.
    private func reconnected(lateOn sides: [Side]) -> PairStory {
        var story = PairStory()
        for side in sides { story.pair.delayHooks(side) }
        story.pair.cut(.replication)
        story.pass(.seconds(41))
        story.pair.heal(.replication)
        for _ in 0..<200 where story.heard("b: hook connect disk0").isEmpty {
            story.pass(.milliseconds(100))
        }
        #expect(story.heard("b: hook connect disk0").count == 1)
        return story
    }

    private func isOfConnection(_ story: PairStory) -> Bool {
        story.pair[.b].world.isMarkOfConnection("disk0")
    }

    @Test func `the mark of another connection goes at once, or is none`() {
        let story = reconnected(lateOn: [])
        #expect(!story.isMarked(.b))
        let late = reconnected(lateOn: [.b])
        #expect(late.isMarked(.b) && !isOfConnection(late), "the hook has not come yet")
    }

    @Test(arguments: [[], [Side.b], [.a], [.a, .b]])
    func `a late connect leaves the mark that the peer's word has brought`(_ sides: [Side]) {
        var story = reconnected(lateOn: sides)
        story.pass(.seconds(60))
        #expect(story.isMarked(.b) && isOfConnection(story))
        #expect(story.isMarked(.a))
    }

    @Test func `a syncdone that comes to a standby marks nothing`() {
        var story = reconnected(lateOn: [.a])
        for _ in 0..<600 where story.heard("a: hook syncdone disk0").isEmpty {
            story.pass(.milliseconds(100))
        }
        #expect(story.heard("a: hook syncdone disk0").count == 1)
        story.pair[.a].alter { $0.mark("disk0", isFresh: false) }
        story.run("hastctl role init disk0", on: .a)
        story.run("hastctl role secondary disk0", on: .a)
        story.pass(.seconds(20))
        #expect(!story.isMarked(.a) && !story.isMarked(.b))
    }
}
