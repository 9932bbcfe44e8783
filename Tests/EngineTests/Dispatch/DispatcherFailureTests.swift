@testable import Engine
import Testing

/// What follows an acquire that is stuck, or refused.
@Suite struct DispatcherFailureTests {
    static let stories: [(name: String, story: String)] = [
        (
            "an acquire that is stuck while it serves is blocked until all is clean",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck-serving => failure; sleep 2 until 9s
            9s woke 2 => await 3 until 14s
            9s denied 3 => sleep 4 until 17s
            17s woke 4 => await 5 until 22s
            17s denied 5 => sleep 6 until 25s
            25s woke 6 => await 7 until 30s
            25s holds 7 => await 8 until 85s
            28s holds 8 => run acquire settled 3s
            29s ended stuck-serving => failure; sleep 9 until 34s
            34s woke 9 => await 10 until 39s
            34s holds 10 => await 11 until 94s
            37s holds 11 => run acquire settled 3s last
            38s ended stuck-serving => failure; clear 1; leave
            """
        ),
        (
            "the release plan takes away what a stuck acquire left, and another attempt follows",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; sleep 2 until 9s
            9s woke 2 => await 3 until 14s
            9s denied 3 => warning; run release
            20s ended done => await 4 until 80s
            23s holds 4 => run acquire settled 3s
            24s ended done => clear 1; leave
            """
        ),
        (
            "what the release plan cannot take away is given up again, ever less often",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended stuck => failure; sleep 2 until 9s
            9s woke 2 => await 3 until 14s
            9s denied 3 => warning; run release
            20s ended stuck => failure; sleep 4 until 28s
            28s woke 4 => await 5 until 33s
            28s denied 5 => warning; run release
            30s ended left => failure; sleep 6 until 38s
            38s woke 6 => await 7 until 43s
            38s holds 7 => await 8 until 98s
            """
        ),
        (
            "what the last attempt left is taken away, too",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended rolled-back => warning; sleep 2 until 9s
            9s woke 2 => await 3 until 69s
            12s holds 3 => run acquire settled 3s
            13s ended rolled-back => warning; sleep 4 until 21s
            21s woke 4 => await 5 until 81s
            24s holds 5 => run acquire settled 3s last
            25s ended stuck => failure; sleep 6 until 30s
            30s woke 6 => await 7 until 35s
            30s denied 7 => warning; run release
            31s ended done => failure; clear 1; leave
            """
        ),
        (
            "a release that is wanted in the middle of it is done with it",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            0s denied 1 => warning; run release
            1s wanted release 2
            3s ended done => clear 2; leave
            """
        ),
        (
            "a fresh signal for the acquire in the middle of it begins the attempts anew",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            0s denied 1 => warning; run release
            1s wanted acquire 2 => supersede acquire
            3s ended done => await 2 until 63s
            """
        ),
        (
            "a person ends what takes it away, and what was wanted with it",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            0s denied 1 => warning; run release
            1s ended interrupted => warning; clear 1; leave
            """
        ),
        (
            "a hold in the middle of it",
            """
            0s start acquire 1 after stuck acquire => await 1 until 5s
            0s denied 1 => warning; run release
            1s held
            2s ended stuck => leave
            3s unheld => await 2 until 8s
            3s denied 2 => warning; run release
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
            8s denied 3 => warning; run release
            """
        ),
        (
            "an acquire that was stuck before the start is looked at first",
            """
            0s start acquire 1 after stuck-serving acquire => await 1 until 5s
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
        (
            "the pause after a refusal ends when what was required holds",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended refused requiring => warning; await 2 until 9s
            6s holds 2 => await 3 until 66s
            9s holds 3 => run acquire settled 3s
            10s ended refused requiring => warning; await 4 until 18s
            18s denied 4 => await 5 until 78s
            21s holds 5 => run acquire settled 3s last
            22s ended refused requiring => failure; clear 1; leave
            """
        ),
        (
            "another signal ends the pause after a refusal",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended refused requiring => warning; await 2 until 9s
            5s wanted release 2 => cancel 2; run release
            6s ended refused requiring => warning; sleep 3 until 7s
            """
        ),
        (
            "what failed for another reason pauses to the end",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended rolled-back requiring => warning; sleep 2 until 9s
            """
        ),
    ]

    @Test(arguments: stories.map(\.name)) func `stuck and refused acquires`(_ name: String) throws {
        let story = try #require(Self.stories.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher())
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
