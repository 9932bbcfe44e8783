@testable import Engine
import Testing

/// What the service does about a pair by itself: lines `TIME WORDS => DEED`.
///
/// Words: `address DIRECTION` or `address unknown` is what a look finds, `untellable` that nobody
/// can be asked; with `wanted DIRECTION`, `held`, `acquires-held`, `at-work`, `followed DIRECTION`,
/// `unfinished`; `seen DIRECTION` begins anew with what was known; `heard DIRECTION` a
/// signal, and `break` that signals may have been lost.
@Suite struct LookoutTests {
    static let stories: [(name: String, story: String)] = [
        (
            "the first look takes the address up, the next ones find no news",
            """
            0s address acquire => take acquire
            60s address acquire followed acquire
            120s address acquire followed acquire
            """
        ),
        (
            "what is wanted already is only woken",
            "0s address acquire wanted acquire => wake"
        ),
        (
            "where nobody can be asked it is looked again, but not for ever",
            """
            0s untellable address release
            5s untellable address release
            299s untellable address release
            304s untellable address release => take release
            """
        ),
        (
            "not to know the address is no reason to give anything up",
            """
            0s address unknown
            5s address unknown
            10s address release => take release
            70s address unknown followed release
            """
        ),
        (
            "an address that changed without a signal is followed",
            """
            0s address acquire => take acquire
            60s address release followed acquire => take release
            120s address release followed release
            """
        ),
        (
            "what a person did stands until the address changes",
            """
            0s address acquire => take acquire
            60s address acquire followed release
            120s address release followed release
            180s address acquire followed release => take acquire
            """
        ),
        (
            "what was heard is no news, and what is heard and lost again is",
            """
            0s address acquire => take acquire
            30s heard release
            60s address acquire followed release => take acquire
            """
        ),
        (
            "somebody at work is let alone",
            """
            0s address acquire => take acquire
            60s address release at-work
            120s address release followed acquire => take release
            """
        ),
        (
            "where a worker died another one is started",
            """
            0s address acquire => take acquire
            60s address acquire wanted acquire => replace
            120s address acquire followed acquire unfinished => replace
            180s address acquire wanted release => replace
            """
        ),
        (
            "under a hold nothing is looked at, and behind it all is news",
            """
            0s address acquire held
            60s address acquire held
            120s address acquire => take acquire
            """
        ),
        (
            "what alone is held is not followed, and is news as long as that",
            """
            0s address release => take release
            60s address acquire acquires-held followed release
            120s address acquire wanted acquire acquires-held
            180s address acquire followed release => take acquire
            """
        ),
        (
            "a death is reviewed at once, a second one with the next review",
            """
            0s address acquire => take acquire
            20s death
            20s address acquire wanted acquire => replace
            21s death
            21s address acquire wanted acquire
            80s address acquire wanted acquire => replace
            141s death
            141s address acquire wanted acquire => replace
            """
        ),
        (
            "after a break it is looked at once, and what is as it was is no news",
            """
            0s address acquire => take acquire
            20s break
            20s address acquire followed acquire
            30s break
            30s address acquire followed release
            40s break
            40s address acquire wanted release => wake
            50s break
            50s address release followed acquire => take release
            60s break
            60s address acquire wanted acquire => wake
            """
        ),
        (
            "a service that is started anew changes nothing",
            """
            0s seen acquire
            0s address acquire followed release
            60s address acquire followed release
            """
        ),
        (
            "it follows what changed while nobody listened, unless that was followed",
            """
            0s seen acquire
            0s address release followed acquire => take release
            1s seen release
            1s address acquire followed acquire
            2s seen release
            2s address acquire wanted acquire => wake
            3s seen acquire
            3s address acquire held
            63s address release held
            123s address release followed acquire => take release
            """
        ),
    ]

    @Test(arguments: stories)
    func `the deeds come as told`(_ name: String, _ story: String) throws {
        var lookout = Lookout(at: .zero)
        var lines: [String] = []
        for line in story.split(separator: "\n") {
            let words = line.prefix { $0 != "=" }.split(separator: " ").map(String.init)
            let now = Instant.zero + (try #require(Duration(authored: words[0])))
            let deed = deed(words, &lookout, at: now)
            lines.append(words.joined(separator: " ") + (deed.isEmpty ? "" : " => " + deed))
        }
        #expect(lines.joined(separator: "\n") == story, "\(name)")
    }

    private func deed(_ words: [String], _ lookout: inout Lookout, at now: Instant) -> String {
        func direction(_ key: String) -> Plan.Direction? {
            let index = words.firstIndex(of: key)
            return index.flatMap { Plan.Direction(rawValue: words[$0 + 1]) }
        }
        if let heard = direction("heard") {
            lookout.hear(heard)
            return ""
        }
        if let seen = direction("seen") {
            lookout = Lookout(at: now, seen: seen)
            lookout.lookSoon(at: now)
            return ""
        }
        if words.contains("death") {
            lookout.hearDeath(at: now)
            return ""
        }
        if words.contains("break") {
            lookout.lookSoon(at: now)
            return ""
        }
        let held: Held =
            words.contains("held") ? .all : words.contains("acquires-held") ? .acquires : .nothing
        switch lookout.need(at: now, held, isAtWork: words.contains("at-work")) {
        case .nothing: return ""
        case .address(onceTellable: true) where words.contains("untellable"):
            lookout.untellable(at: now)
            return ""
        case .address, .review: break
        }
        let wanted = direction("wanted").map {
            Wanted(direction: $0, signal: "s", source: "a signal", at: now, serial: "1")
        }
        let sight = Lookout.Sight(
            address: direction("address"), Survey(wanted: wanted, held: held),
            followed: direction("followed"), isUnfinished: words.contains("unfinished"))
        return switch lookout.saw(sight, at: now) {
        case .nothing: ""
        case .take(let direction): "take \(direction.rawValue)"
        case .wake: "wake"
        case .replace: "replace"
        }
    }
}
