@testable import Engine
import Testing

/// Holds, and a release that settles.
@Suite struct DispatcherHoldTests {
    static let stories: [(name: String, story: String)] = [
        (
            "held while it is looked",
            """
            0s start acquire 1 => await 1 until 60s
            1s held => cancel 1; leave
            2s unheld => await 2 until 62s
            """
        ),
        (
            "held while a run is under way",
            """
            0s start release 1 => run release
            1s held
            2s wanted acquire 2 => supersede acquire
            3s ended done => leave
            4s unheld => await 1 until 64s
            """
        ),
        (
            "a run that is done although held is cleared",
            """
            0s start release 1 => run release
            1s held
            3s ended done => clear 1; leave
            4s unheld
            """
        ),
        (
            "a run that failed while held waits",
            """
            0s start release 1 => run release
            1s held
            3s ended stuck => leave
            4s unheld => run release
            """
        ),
        (
            "held from the start",
            """
            0s held
            0s start release 1 => leave
            1s wanted acquire 2 => leave
            """
        ),
        (
            "acquires are held, a release is not",
            """
            0s acquires-held
            0s start release 1 => run release
            1s wanted acquire 2 => supersede acquire
            3s ended done => leave
            4s wanted release 3 => run release
            5s ended done => clear 3; leave
            """
        ),
        (
            "an acquire that waits is held",
            """
            0s start acquire 1 => await 1 until 60s
            1s acquires-held => cancel 1; leave
            2s unheld => await 2 until 62s
            """
        ),
        (
            "held in a pause",
            """
            0s start release 1 => run release
            1s ended stuck => warning; sleep 1 until 2s
            1500ms held => cancel 1; leave
            2s woke 1
            3s unheld => run release
            """
        ),
    ]

    static let settling: [(name: String, story: String)] = [
        (
            "a release settles once",
            """
            0s start release 1 => sleep 1 until 2s
            1s wanted release 2
            2s woke 1 => run release
            3s ended left => warning; sleep 2 until 4s
            3500ms wanted release 3
            4s woke 2 => run release
            """
        ),
        (
            "a release settles from its signal on, whatever ran meanwhile",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s wanted release 2 => supersede release
            5s ended superseded => sleep 2 until 6s
            5500ms wanted acquire 3 => cancel 2; await 3 until 65500ms
            8500ms holds 3 => run acquire settled 3s
            9s wanted release 4 => supersede release
            12s ended superseded => run release
            """
        ),
        (
            "a flap is over before it is followed",
            """
            0s start release 1 => sleep 1 until 2s
            1s wanted acquire 2 => cancel 1; await 2 until 61s
            2s woke 1
            """
        ),
        (
            "the release of an acquire that is not confirmed does not settle",
            """
            0s start acquire 1 => await 1 until 60s
            60s denied 1 => warning; run release
            """
        ),
    ]

    @Test(arguments: stories.map(\.name)) func holds(_ name: String) throws {
        let story = try #require(Self.stories.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher())
        #expect(try teller.told(story) == story)
    }

    @Test(arguments: settling.map(\.name)) func `a release that settles`(_ name: String) throws {
        let story = try #require(Self.settling.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher("  settle: 2s"))
        #expect(try teller.told(story) == story)
    }
}
