@testable import Engine
import Testing

/// What follows from looks at what is to hold: lines `VERDICTS => DEEDS`.
///
/// A verdict is `+` for what holds, `-` for what does not, `?` for what cannot be told, one for
/// each item in its order. A deed is `broken`, `untold` or `again` with the number of the item,
/// `release` or `run` (`release!`, `run!` where it is news). After `run` a `/` says that the plan
/// could not run. The items are named by what follows: `n` for
/// notify, `r` for release, `p` for a plan.
@Suite struct MonitorTests {
    static let stories: [(name: String, items: String, story: String)] = [
        (
            "what holds is no news", "n",
            """
            +
            +
            """
        ),
        (
            "what is broken is told once, and that it holds again", "nn",
            """
            +- => broken1
            +-
            -- => broken0
            ++ => again0 again1
            ++
            """
        ),
        (
            "what cannot be told is said once, and nothing follows from it", "rp",
            """
            ?? => untold0 untold1
            ??
            ++ => again0 again1
            """
        ),
        (
            "what could not be told may turn out broken", "p",
            """
            ? => untold0
            - => broken0 run!
            """
        ),
        (
            "what is broken stays so where it cannot be told any more", "n",
            """
            - => broken0
            ?
            -
            + => again0
            """
        ),
        (
            "a plan runs once until it holds again", "p",
            """
            - => broken0 run!
            -
            + => again0
            - => broken0 run!
            """
        ),
        (
            "a plan that could not run is tried again while it is broken", "p",
            """
            -/ => broken0 run!
            -/ => run
            ?/
            - => run
            -
            """
        ),
        (
            "a plan that could not run is not run for what holds again", "p",
            """
            -/ => broken0 run!
            + => again0
            +
            """
        ),
        (
            "a release is tried in each round, since the peer may come", "r",
            """
            - => broken0 release!
            - => release
            ?
            - => release
            """
        ),
        (
            "each is judged by itself", "prn",
            """
            +-+ => broken1 release!
            --- => broken0 run! release broken2
            ++- => again0 again1
            """
        ),
    ]

    @Test(arguments: stories) func `a story`(_ name: String, _ items: String, _ story: String) {
        let items = items.enumerated().map { index, letter in
            Monitor.Item(
                Named(summary: "\(index)"), patience: .seconds(30),
                consequence: ["n": .notify, "r": .release][letter] ?? .run(plan: "mend.yaml"))
        }
        // Each round is one of another process.
        var breaks: [Monitor.Break] = []
        for (number, line) in story.split(separator: "\n").enumerated() {
            let sides = line.split(separator: " => ").map(String.init)
            var monitor = Monitor(items, breaks: breaks)
            let looks = items.indices.map { Monitor.Deed.look(item: $0, patience: .zero) }
            #expect(monitor.round(at: .zero) == looks, "\(name): \(line)")
            #expect(monitor.round(at: .zero).isEmpty && monitor.restsUntil == nil)
            let deeds = zip(items.indices, sides[0]).flatMap { index, letter in
                let wait = Monitor.Deed.look(item: index, patience: .seconds(30))
                let first = monitor.take(Self.verdict(letter), of: index, at: .zero, Int64(number))
                guard first == [wait] else { return first }
                return monitor.take(Self.verdict(letter), of: index, at: .zero, Int64(number))
            }
            #expect(monitor.restsUntil == .zero)
            for case .run(_, let item, _) in deeds where !sides[0].hasSuffix("/") {
                monitor.follow(item)
            }
            let words = deeds.map(Self.word).joined(separator: " ")
            #expect(words == (sides.count > 1 ? sides[1] : ""), "\(name): \(line)")
            breaks = monitor.breaks
        }
    }

    @Test func `what was told says since when, and for how long it was broken`() {
        var monitor = Monitor([
            Monitor.Item(
                Named(summary: "pool tank is imported"), patience: .seconds(60),
                consequence: .notify)
        ])
        _ = monitor.round(at: .zero)
        let wait = Monitor.Deed.look(item: 0, patience: .seconds(60))
        #expect(monitor.take(.doesNot("it is suspended"), of: 0, at: .zero, 6) == [wait])
        let deeds = monitor.take(.doesNot("it is suspended"), of: 0, at: .zero, 7)
        let text = "not so: pool tank is imported, for 1m: it is suspended"
        #expect(deeds == [.tell(text, .failure)])
        let known = Monitor.Break(summary: "pool tank is imported", kind: .broken, since: 7)
        #expect(monitor.breaks == [known])
    }

    @Test func `each goes its own way, and rests as long as its own look took`() {
        func at(_ second: Int) -> Instant { .zero + .seconds(second) }
        let items = [Duration.seconds(3600), .seconds(30), .seconds(30)].enumerated().map {
            Monitor.Item(Named(summary: "\($0)"), patience: $1, consequence: .notify)
        }
        var monitor = Monitor(items)
        #expect(monitor.round(at: at(0)).count == 3)
        // The first is broken and is waited for; the second flaps; the third has taken long.
        let long = Monitor.Deed.look(item: 0, patience: .seconds(3600))
        #expect(monitor.take(.doesNot(""), of: 0, at: at(0), 0) == [long])
        let short = Monitor.Deed.look(item: 1, patience: .seconds(30))
        #expect(monitor.take(.doesNot(""), of: 1, at: at(0), 0) == [short])
        #expect(monitor.take(.holds, of: 2, at: at(10), 0) == [])
        #expect(monitor.take(.holds, of: 1, at: at(29), 0) == [])
        let again = Monitor.Deed.look(item: 1, patience: .zero)
        #expect(monitor.round(at: at(60)) == [again])
        #expect(monitor.restsUntil == nil)
        let rested = Monitor.Deed.look(item: 2, patience: .zero)
        #expect(monitor.round(at: at(120)) == [rested])
    }

    @Test func `what is not watched any more is forgotten`() {
        let old = Monitor.Break(summary: "gone", kind: .broken, since: 1)
        let kept = Monitor.Break(summary: "0", kind: .broken, since: 1)
        let item = Monitor.Item(
            Named(summary: "0"), patience: .zero, consequence: .notify)
        #expect(Monitor([item], breaks: [old, kept]).breaks == [kept])
    }

    @Test func `items that read alike are two`() {
        let items = ["release", "notify"].map { word in
            Monitor.Item(
                Named(summary: "0"), patience: .zero,
                consequence: word == "release" ? .release : .notify)
        }
        var monitor = Monitor(items)
        _ = monitor.round(at: .zero)
        _ = monitor.take(.holds, of: 0, at: .zero, 1)
        _ = monitor.take(.doesNot("seen"), of: 1, at: .zero, 1)
        #expect(monitor.breaks.map(\.summary) == ["0 (2)"])
        #expect(monitor.item(named: "0 (2)") == 1)
        #expect(Monitor(items, breaks: monitor.breaks).breaks.count == 1)
    }

    @Test func `what does not hold is waited for, and steadiness is not`() {
        let item = Monitor.Item(
            Steady(Named(summary: "0"), for: .seconds(5)), patience: .seconds(30),
            consequence: .notify)
        let condition = Monitor([item]).condition(of: 0)
        #expect(condition.steadyFor == .zero)
        #expect(condition.isWorthWaiting(after: .never("gone for good")))
    }

    @Test
    func `an event brings a round soon, and a storm of them one in five seconds`() {
        var rounds = MonitorRounds(at: .zero, every: .seconds(60))
        var begun: [Int] = []
        for second in 0...150 {
            let now = Instant.zero + .seconds(second)
            // One event soon after a round, two at once, one long after.
            if [61, 63, 63, 90].contains(second) { rounds.hear(at: now) }
            if rounds.begin(at: now) { begun.append(second) }
        }
        #expect(begun == [60, 65, 90, 150])
    }

    @Test func `looks that take long are made less often`() {
        #expect(MonitorRounds.rest(after: .milliseconds(50)) == .milliseconds(450))
        #expect(MonitorRounds.rest(after: .seconds(12)) == .seconds(108))
        #expect(MonitorRounds.rest(after: .seconds(3600)) == MonitorRounds.longestRest)
    }

    private static func verdict(_ letter: Character) -> Verdict {
        switch letter {
        case "+": .holds
        case "-": .doesNot("seen")
        default: .unknown("why")
        }
    }

    private static func word(_ deed: Monitor.Deed) -> String {
        switch deed {
        case .release(_, let isNews): isNews ? "release!" : "release"
        case .look(let item, _): "look\(item)"
        case .run(_, _, let isNews): isNews ? "run!" : "run"
        case .tell(let text, let weight):
            switch weight {
            case .info: "again" + text.dropFirst("holds again: ".count)
            case .failure: "broken" + text.dropFirst("not so: ".count).prefix(1)
            case .warning: "untold" + text.dropFirst("it cannot be told whether ".count).prefix(1)
            }
        }
    }

    private struct Named: Condition {
        let summary: String
        let queries: [Query] = []
        func judge(_ answers: Answers) -> Verdict { .holds }
    }
}
