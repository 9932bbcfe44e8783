@testable import Engine
import Testing

/// What whoever has the lock of a pair does, story by story.
@Suite struct TenureTests {
    static let recovering: [(name: String, story: String)] = [
        ("nothing is left and nothing wanted", "0s begin => leave"),
        (
            "a run is taken up that is wanted still; then what is wanted is done",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            9s ended done => survey
            9s surveyed wanted acquire 1 => await 1 until 69s
            12s holds 1 => run acquire settled 3s
            15s ended done => clear 1; leave
            """
        ),
        (
            "one that nobody wants any more is taken back",
            """
            0s begin left r1 wanted release 1 => examine r1
            0s found r1 acquire => resume r1 back
            9s ended rolled-back => survey
            9s surveyed wanted release 1 => run release
            """
        ),
        (
            "several, the oldest first",
            """
            0s begin left r1 left r2 => examine r1
            0s found r1 acquire older => close r1 left; examine r2
            0s found r2 release => resume r2 forward
            5s ended done => survey
            5s surveyed => leave
            """
        ),
        (
            "one of another boot is closed, and its processes are left alone",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire at-work other-boot => close r1 cut-off warned; survey
            """
        ),
        (
            "what a closed run left running is ended first",
            """
            0s begin left r1 => examine r1
            0s found r1 acquire at-work damaged => alarm in 1m; adopt 5
            4s gone 5 => no alarm; close r1 left; survey
            """
        ),
        (
            "where records were lost, what the plan may have started is ended, too",
            """
            0s begin left r1 => examine r1
            0s found r1 acquire at-work lossy => alarm in 1m; adopt 5; adopt 6; adopt 7; adopt 8
            1s gone 6
            2s gone 7
            3s gone 8
            4s gone 5 => no alarm; close r1 left; survey
            """
        ),
        (
            "what cannot be ended in time is named",
            """
            0s begin left r1 => examine r1
            0s found r1 acquire at-work damaged => alarm in 1m; adopt 5
            60s woke alarm => close r1 left warned; survey
            """
        ),
        (
            "nothing of it is ended where the plan is another one in another boot",
            """
            0s begin left r1 left r2 => examine r1
            0s found r1 acquire at-work unfit other-boot => close r1 left; examine r2
            0s found r2 acquire at-work unfit => alarm in 1m; adopt 5
            """
        ),
        (
            "what cannot be read is passed over",
            """
            0s begin left r1 => examine r1
            0s found r1 unreadable => pass over r1; survey
            """
        ),
        (
            "a run is not taken up for ever, nor where its journal does not tell of the last time",
            """
            0s begin left r1 left r2 => examine r1
            0s found r1 acquire often => close r1 stuck; examine r2
            0s found r2 acquire untold => close r2 left; survey
            """
        ),
        (
            "what cannot be noted is not taken up",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            0s unnoted => close r1 left; survey
            """
        ),
        (
            "a run that is closed as stuck blocks the next acquire",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire often => close r1 stuck; survey
            0s surveyed wanted acquire 1 => await 1 until 5s
            """
        ),
    ]

    static let meanwhile: [(name: String, story: String)] = [
        (
            "a run that was taken up is told of a newer signal, once",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            1s surveyed wanted acquire 2
            2s surveyed wanted release 3 => supersede by give
            3s surveyed wanted release 4
            5s ended superseded => survey
            5s surveyed wanted release 4 => run release
            """
        ),
        (
            "a run of the dispatcher is told of a newer signal, too",
            """
            0s begin wanted release 1 => run release
            2s surveyed wanted acquire 2 => supersede by take
            5s ended done => await 1 until 65s
            """
        ),
        (
            "what is wanted while an orphan is waited for counts",
            """
            0s begin left r1 left r2 wanted acquire 1 => examine r1
            0s found r1 acquire at-work older => alarm in 1m; adopt 5
            3s surveyed wanted release 2
            4s gone 5 => no alarm; close r1 left; examine r2
            4s found r2 acquire => resume r2 back
            """
        ),
        (
            "nothing is taken up under a hold",
            "0s begin left r1 wanted acquire 1 held => leave"
        ),
        (
            "a hold that comes while a run is taken up keeps what follows",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            1s surveyed wanted acquire 1 held
            9s ended rolled-back => survey
            9s surveyed wanted acquire 1 held => leave
            """
        ),
    ]

    static let leaving: [(name: String, story: String)] = [
        (
            "who claims the lock has it at once where no run is under way",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            2s surveyed wanted acquire 1 claim by-hand => warning; clear 1; leave for good
            """
        ),
        (
            "who claims it before anything began recovers by himself",
            "0s begin left r1 wanted acquire 1 claim by-hand => warning; clear 1; leave for good"
        ),
        (
            "a run under way is told of the claim once, and nothing follows it",
            """
            0s begin wanted release 1 => run release
            1s surveyed wanted release 1 claim by-hand => supersede by by-hand
            2s surveyed wanted release 2 claim by-hand
            3s ended done => clear 1; warning; clear 2; leave for good
            """
        ),
        (
            "also where it fails, what was wanted before is not followed any more",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s surveyed wanted acquire 1 claim by-hand => supersede by by-hand
            9s ended rolled-back => warning; clear 1; leave for good
            """
        ),
        (
            "a run that was taken up gives way as well",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            1s surveyed wanted acquire 1 claim by-hand => supersede by by-hand
            5s ended superseded => warning; clear 1; leave for good
            """
        ),
        (
            "whoever interrupts a run wants no other attempt",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s interrupted
            9s ended interrupted => clear 1; leave for good
            """
        ),
        (
            "nor where it was taken up",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            4s interrupted
            9s ended interrupted => warning; clear 1; leave for good
            """
        ),
        (
            "but what a newer signal wants stands",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s interrupted
            5s surveyed wanted release 2 => supersede by give
            9s ended interrupted => leave for good
            """
        ),
        (
            "and what one wants once more",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s interrupted
            5s surveyed wanted acquire 2
            6s interrupted
            9s ended interrupted => leave for good
            """
        ),
        (
            "also where it was taken up",
            """
            0s begin left r1 wanted acquire 1 => examine r1
            0s found r1 acquire => resume r1 forward
            4s interrupted
            5s surveyed wanted acquire 2
            9s ended interrupted => leave for good
            """
        ),
        (
            "a run that is done all the same is what it wants",
            """
            0s begin wanted acquire 1 => await 1 until 60s
            3s holds 1 => run acquire settled 3s
            4s interrupted
            5s surveyed wanted acquire 2
            9s ended done => clear 2; leave for good
            """
        ),
        (
            "a run that fails after an interrupt is not tried again by this worker",
            """
            0s begin wanted release 1 => run release
            4s interrupted
            9s ended left => leave for good
            """
        ),
        (
            "it ends at once where nothing is under way, and an orphan is left for the next",
            """
            0s begin left r1 => examine r1
            0s found r1 acquire at-work damaged => alarm in 1m; adopt 5
            4s interrupted => warning; leave for good
            5s gone 5
            """
        ),
    ]

    @Test(arguments: recovering + meanwhile + leaving)
    func `the orders come as told`(_ name: String, _ story: String) throws {
        var tale = TenureTale(
            Tenure(try TestPair.pair()) { [FlagCondition("imported", .down)] })
        let told = try tale.told(story)
        #expect(told == story, "\(name)")
    }
}
