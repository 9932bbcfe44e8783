@testable import Engine
import Testing

/// Thousands of random stories, and what holds in each of them.
@Suite struct DispatcherWeatherTests {
    private static let stories: UInt64 = 5000

    @Test(arguments: ["", "  settle: 2s"])
    func `whatever comes, nothing happens that must not`(_ release: String) throws {
        let dispatcher = try TestPair.dispatcher(release)
        var runs = 0
        for seed in 0..<Self.stories {
            var weather = Weather(dispatcher, seed: seed)
            weather.pass(Int(seed % 60) + 1)
            let account = "seed \(seed):\n" + weather.log.joined(separator: "\n")
            #expect(weather.faults == [], "\(account)")
            #expect(weather.hasLeft && weather.wanted == nil, "\(account)")
            #expect(weather.orderCount <= 4 * weather.inputCount, "\(account)")
            runs += weather.runs.count
            if !weather.faults.isEmpty { return }
        }
        #expect(runs > Int(Self.stories))
    }

    @Test func `when all succeeds, the last run is of the newest signal's direction`() throws {
        let dispatcher = try TestPair.dispatcher()
        for seed in 0..<Self.stories {
            var weather = Weather(dispatcher, seed: seed)
            weather.pass(30)
            #expect(weather.runs.last?.kind == .done)
            #expect(weather.runs.last?.direction == weather.newest, "seed \(seed)")
        }
    }
}
