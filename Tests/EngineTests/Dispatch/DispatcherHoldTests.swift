@testable import Engine
import Testing

/// Holds, a stuck acquire, and a release that settles.
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
        (
            "a stuck acquire is blocked until all is clean",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; sleep 2 until 9s
            9s woke 2 => await 3 until 14s
            9s denied 3 => sleep 4 until 17s
            17s woke 4 => await 5 until 22s
            17s denied 5 => sleep 6 until 25s
            25s woke 6 => await 7 until 30s
            25s holds 7 => await 8 until 85s
            28s holds 8 => run acquire settled 3s
            29s ended stuck => failure; sleep 9 until 34s
            34s woke 9 => await 10 until 39s
            34s holds 10 => await 11 until 94s
            37s holds 11 => run acquire settled 3s last
            38s ended stuck => failure; clear 1; leave
            """
        ),
        (
            "a release signal unblocks at once, and a release that is done makes clean",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; sleep 2 until 9s
            5s wanted release 2 => cancel 2; run release
            6s wanted acquire 3 => supersede acquire
            7s ended done => await 3 until 67s
            """
        ),
        (
            "a release that is stuck does not make clean",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; sleep 2 until 9s
            5s wanted release 2 => cancel 2; run release
            6s wanted acquire 3 => supersede acquire
            7s ended stuck => await 3 until 12s
            8s denied 3 => warning; sleep 4 until 13s
            """
        ),
        (
            "an acquire that was stuck before the start is looked at first",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            0s denied 1 => warning; sleep 2 until 5s
            1s wanted acquire 2 => cancel 2; await 3 until 6s
            1s holds 3 => await 4 until 61s
            """
        ),
        (
            "a signal while it is looked at what is left",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            1s wanted acquire 2
            2s wanted release 3 => cancel 1; run release
            """
        ),
        ("a stuck acquire and a release", "0s start release 1 after stuck acquire => run release"),
        (
            "a stuck release does not block",
            "0s start acquire 1 after stuck release => await 1 until 60s"
        ),
        (
            "a stuck acquire blocks behind a release that did not get through",
            "0s start acquire 1 after stuck acquire stuck release left release => await 1 until 5s"
        ),
        (
            "a stuck acquire that a release took away",
            "0s start acquire 1 after stuck acquire done release left release => await 1 until 60s"
        ),
        (
            "an acquire that failed before the start does not block",
            "0s start acquire 1 after rolled-back acquire => await 1 until 60s"
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

    @Test(arguments: stories.map(\.name)) func `holds and stuck acquires`(_ name: String) throws {
        let story = try #require(Self.stories.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher())
        #expect(try teller.told(story) == story)
    }

    @Test(arguments: settling.map(\.name)) func `a release that settles`(_ name: String) throws {
        let story = try #require(Self.settling.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher("  settle: 2s"))
        #expect(try teller.told(story) == story)
    }

    @Test func `without a look at what is left, a stuck acquire is given up`() throws {
        let story = """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; clear 1; leave
            5s wanted acquire 2 => failure; clear 2; leave
            6s wanted release 3 => run release
            """
        var teller = Tale(try TestPair.dispatcher(isClean: false))
        #expect(try teller.told(story) == story)
    }
}
