@testable import Engine
import Testing

/// What the dispatcher orders, story by story.
@Suite struct DispatcherTests {
    static let usual: [(name: String, story: String)] = [
        ("nothing is wanted", "0s start => leave"),
        (
            "an acquire is confirmed and done",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            9s ended done => clear 1; leave
            """
        ),
        (
            "an acquire that is not confirmed is a release",
            """
            0s start acquire 1 => await 1 until 60s
            60s denied 1 => warning; run release
            61s ended done => clear 1; leave
            """
        ),
        (
            "that release is tried again, and a fresh signal ends it",
            """
            0s start acquire 1 => await 1 until 60s
            60s denied 1 => warning; run release
            61s ended refused => warning; sleep 2 until 62s
            61500ms wanted acquire 2 => cancel 2; await 3 until 121500ms
            65s holds 3 => run acquire settled 3s
            70s ended done => clear 2; leave
            """
        ),
        (
            "a fresh signal during that release is told to it, and followed",
            """
            0s start acquire 1 => await 1 until 60s
            60s denied 1 => warning; run release
            61s wanted acquire 2 => supersede acquire
            62s ended done => await 2 until 122s
            """
        ),
        (
            "a signal while it is looked has its own time",
            """
            0s start acquire 1 => await 1 until 60s
            59s wanted acquire 2
            60s denied 1 => await 2 until 120s
            63s holds 2 => run acquire settled 3s
            """
        ),
        (
            "a release begins at once and keeps trying",
            """
            0s start release 1 => run release
            1s ended stuck => warning; sleep 1 until 2s
            2s woke 1 => run release
            3s ended refused => warning; sleep 2 until 5s
            5s woke 2 => run release
            6s ended left => warning; sleep 3 until 10s
            10s woke 3 => run release
            11s ended rolled-back => warning; sleep 4 until 15s
            15s woke 4 => run release
            16s ended done => clear 1; leave
            """
        ),
        (
            "a fresh signal lets a release pause no longer than at first",
            """
            0s start release 1 => run release
            1s ended stuck => warning; sleep 1 until 2s
            2s woke 1 => run release
            3s ended left => warning; sleep 2 until 5s
            5s woke 2 => run release
            6s ended left => warning; sleep 3 until 10s
            7s wanted release 2 => cancel 3; sleep 4 until 8s
            7500ms wanted release 3
            8s woke 4 => run release
            9s ended left => warning; sleep 5 until 11s
            """
        ),
        (
            "an acquire is tried three times, confirmed each time, and then given up",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended rolled-back => warning; sleep 2 until 9s
            9s woke 2 => await 3 until 69s
            12s holds 3 => run acquire settled 3s
            13s ended refused => warning; sleep 4 until 21s
            21s woke 4 => await 5 until 81s
            24s holds 5 => run acquire settled 3s last
            25s ended released => failure; clear 1; leave
            """
        ),
        (
            "a fresh signal begins the attempts anew",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended left => warning; sleep 2 until 9s
            5s wanted acquire 2 => cancel 2; await 3 until 65s
            8s holds 3 => run acquire settled 3s
            9s ended left => warning; sleep 4 until 14s
            """
        ),
        (
            "a release does not wait for the pause of an acquire",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended left => warning; sleep 2 until 9s
            5s wanted release 2 => cancel 2; run release
            6s ended done => clear 2; leave
            """
        ),
        (
            "the newest wins while it is looked",
            """
            0s start acquire 1 => await 1 until 60s
            1s wanted release 2 => cancel 1; run release
            1s denied 1
            2s wanted acquire 3 => supersede acquire
            3s wanted release 4
            4s wanted acquire 5
            5s ended done => await 2 until 65s
            """
        ),
        (
            "a run is told once, and what is newest at its end counts",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s wanted release 2 => supersede release
            5s wanted acquire 3
            6s wanted release 4
            7s ended superseded => run release
            8s ended done => clear 4; leave
            """
        ),
        (
            "told and called back, an acquire begins anew",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s wanted release 2 => supersede release
            5s wanted acquire 3
            7s ended superseded => await 2 until 67s
            """
        ),
        (
            "told and called back, a run that is done is what is wanted",
            """
            0s start release 1 => run release
            4s wanted acquire 2 => supersede acquire
            5s wanted release 3
            7s ended done => clear 3; leave
            """
        ),
        (
            "a failed run of the other direction does not count",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s wanted release 2 => supersede release
            5s ended stuck => run release
            6s ended stuck => warning; sleep 2 until 7s
            """
        ),
        (
            "a person's interrupt ends it",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s ended interrupted => warning; clear 1; leave
            """
        ),
        (
            "a person's interrupt does not end what came since",
            """
            0s start acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s wanted release 2 => supersede release
            5s ended interrupted => run release
            """
        ),
        (
            "a person's own run takes over",
            """
            0s start release 1 => run release
            4s ended superseded => warning; clear 1; leave
            """
        ),
        (
            "old and equal serials are nothing",
            """
            0s start acquire 5 => await 1 until 60s
            1s wanted release 5
            2s wanted release 4
            3s holds 1 => run acquire settled 3s
            4s wanted release 3
            5s ended done => clear 5; leave
            6s wanted release 5
            """
        ),
        (
            "the newest of what is read before the start counts",
            """
            0s wanted release 1
            0s start acquire 2 => await 1 until 60s
            """
        ),
        (
            "what is older at the start does not count",
            """
            0s wanted release 2
            0s start acquire 1 => run release
            """
        ),
        (
            "a record after the leave is followed",
            """
            0s start => leave
            1s wanted release 1 => run release
            """
        ),
    ]

    /// What could not be recorded is handed over, and has no serial.
    @Test func whatIsHandedOverIsFollowed() throws {
        var dispatcher = try TestPair.dispatcher()
        let wanted = Wanted(
            direction: .release, signal: "slave", source: "the caller", at: .zero, serial: "")
        let orders = dispatcher.handle(.start(wanted: wanted, leavings: .nothing), at: .zero)
        guard case .run(.release, _, _)? = orders.last else {
            Issue.record("it is run")
            return
        }
    }

    /// Lines of no weight, which the tales leave out.
    @Test func theLogTellsWhatItWaitsFor() throws {
        var dispatcher = try TestPair.dispatcher()
        var said: [String] = []
        func handle(_ input: Dispatcher.Input, at time: Duration) {
            for case .say(let text, .info) in dispatcher.handle(input, at: .zero + time) {
                said.append(text)
            }
        }
        func wanted(_ direction: Plan.Direction, _ serial: String) -> Wanted {
            Wanted(
                direction: direction, signal: "x", source: "devd", at: .zero, serial: serial)
        }
        handle(.held(.all), at: .zero)
        handle(.start(wanted: wanted(.acquire, "1"), leavings: .part), at: .zero)
        handle(.held(.nothing), at: .seconds(1))
        handle(.looked(WorkID(1), Look(.holds, .none)), at: .seconds(2))
        handle(.looked(WorkID(2), Look(.holds, .none)), at: .seconds(5))
        handle(.wanted(wanted(.release, "2")), at: .seconds(6))
        #expect(
            said == [
                "held: acquire wanted by devd waits for `failover unhold`",
                "nothing is left of the acquire that was stuck: going on",
                "acquire wanted by devd: waiting until flag master is up, for 3s",
                "release wanted by devd: the acquire under way is told",
            ])
    }

    @Test(arguments: usual.map(\.name)) func `the usual pair`(_ name: String) throws {
        let story = try #require(Self.usual.first { $0.name == name }).story
        var teller = Tale(try TestPair.dispatcher())
        #expect(try teller.told(story) == story)
    }
}
