import Engine
import Simulation
import Testing

/// What two nodes without a primary tell each other of their copies.
@Suite struct PairWordTests {
    private func bothBooted() -> PairStory {
        var story = PairStory(serving: nil)
        for side in Side.allCases { story.pair.boot(side) }
        story.pass(.seconds(46))
        return story
    }

    @Test func `after a boot of both, each has the word of the other`() {
        var story = bothBooted()
        #expect(!story.isMarked(.a) && !story.isMarked(.b))
        story.role("secondary", on: .a)
        story.pass(.seconds(5))
        #expect(!story.hasWord(.a), "the other one is not secondary yet")
        #expect(story.hasWord(.b), "it was told all the same")
        story.role("secondary", on: .b)
        story.pass(.seconds(5))
        #expect(story.hasWord(.a) && story.hasWord(.b))
        #expect(!story.isMarked(.a) && !story.isMarked(.b))
    }

    @Test func `a new primary is marked once it has met its peer`() {
        var story = bothBooted()
        for side in Side.allCases { story.role("secondary", on: side) }
        story.pass(.seconds(5))
        story.role("primary", on: .a)
        story.pass(.seconds(1))
        #expect(story.isMarked(.a) && !story.hasWord(.a))
        #expect(!story.isMarked(.b) && !story.hasWord(.b), "it is told when it has settled")
        story.pass(.seconds(3))
        #expect(story.isMarked(.b))
    }

    @Test func `a new primary that meets nobody keeps the word and has no mark`() {
        var story = bothBooted()
        for side in Side.allCases { story.role("secondary", on: side) }
        story.pass(.seconds(5))
        story.pair.cutPower(.b)
        story.role("primary", on: .a)
        story.pass(.seconds(60))
        #expect(story.hasWord(.a) && !story.isMarked(.a))
    }

    @Test func `a primary gives nobody its word`() {
        var story = PairStory()
        story.pair.cutPower(.b)
        story.pass(.seconds(21))
        story.pair.cut(.replication)
        story.pair.boot(.b)
        story.pass(.seconds(46))
        story.role("secondary", on: .b)
        story.pass(.seconds(3))
        story.pair.heal(.replication)
        story.pass(.seconds(1))
        #expect(!story.hasWord(.b) && !story.hasWord(.a))
        story.pass(.seconds(30))
        #expect(story.isMarked(.b), "it is brought up to date instead")
    }

    @Test func `a node that is asked late answers`() {
        var story = bothBooted()
        story.role("secondary", on: .a)
        story.pair.cut(.replication)
        story.pass(.seconds(30))
        story.role("secondary", on: .b)
        story.pass(.seconds(30))
        #expect(!story.hasWord(.a) && !story.hasWord(.b))
        story.pair.heal(.replication)
        story.pass(.seconds(12))
        #expect(story.hasWord(.a) && story.hasWord(.b))
    }
}
