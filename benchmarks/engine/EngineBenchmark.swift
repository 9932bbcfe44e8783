import Engine
import LocalHost
import Simulation
import Steps

/// What the engine itself costs: loading, a step of a run, a simulated run, a long look.
///
///     swift run -c release -Xswiftc -static-stdlib EngineBenchmark
///
/// The best of several rounds counts.
@main
enum EngineBenchmark {
    static let rounds = 5

    static func main() {
        for count in [1_000, 10_000] { measure(steps: count) }
        measureSimulation()
        LookBenchmark.measure(fileSystems: 20_000, rounds: rounds)
    }

    /// A plan that sets so many roles: its loading, and its run on a host that answers at once.
    private static func measure(steps count: Int) {
        let plan = """
            plan: many
            timeout: 8m
            parameters: {items: []}
            steps:
              - for-each: item
                in: ${items}
                steps:
                  - wait-for-file: {path: '/run/${item}'}
            """
        let items = (1...count).map { "i\($0)" }.joined(separator: ",")
        var loaded: Plan?
        let loading = best {
            let files = ["many.yaml": Array(plan.utf8)]
            let result = PlanLoader.load(
                "many.yaml", settings: [(name: "items", text: items)], catalog: .builtin,
                platform: .freebsd
            ) { path in files[path].map { .success($0) } }
            loaded = result.plan
            if result.plan == nil {
                print(DiagnosticText.render(result.diagnostics, sources: result.sources))
            }
        }
        guard let plan = loaded else { return }
        let running = best {
            var host = InstantHost()
            var driver = Driver(plan)
            precondition(driver.drive(&host, from: .zero) { _ in }.kind == .done, "it is done")
        }
        print("\(count) steps: loaded in \(running: loading), run at", terminator: " ")
        print("\(running.nanoseconds / Int64(count)) ns a step")
    }

    /// The master plan with four disks, in the pair's default world.
    private static func measureSimulation() {
        let result = PlanLoader.load(
            "plans/become-master.yaml",
            settings: [(name: "disks", text: "disk0,disk1,disk2,disk3")], catalog: .builtin,
            platform: .freebsd, read: FileReader.read)
        guard let plan = result.plan else {
            print(DiagnosticText.render(result.diagnostics, sources: result.sources))
            return
        }
        let world = World.pair(Pair(plan.parameters), Standing(for: plan.direction))
        let runs = 2_000
        let time = best {
            for _ in 0..<runs {
                var host = SimulatedHost(world)
                var driver = Driver(plan)
                precondition(driver.drive(&host, from: .zero) { _ in }.kind == .done, "it is done")
            }
        }
        let perSecond = Int64(runs) * 1_000_000_000 / time.nanoseconds
        print("simulated runs of the master plan, four disks: \(perSecond) a second")
    }

    private static func best(_ body: () -> Void) -> Duration {
        let clock = ContinuousClock()
        return (0..<rounds).map { _ in clock.measure(body) }.min() ?? .zero
    }
}

/// A host without a world: whatever is awaited holds, at the second look.
private struct InstantHost: Host {
    private var ready: [Event.Input] = []
    private var told = 0

    mutating func perform(_ work: Work) {
        switch work {
        case .await(let id, let condition, _, _):
            let verdict = condition is Decided ? Verdict.doesNot("not yet") : .holds
            ready.append(.looked(id, Look(verdict, .none)))
        case .execute(let id, _, _): ready.append(.finished(id, .ended(Output(.exited(0)))))
        case .sleep(let id, _), .cancel(let id): ready.append(.woke(id))
        case .adopt(let id, _, _): ready.append(.gone(id))
        case .watch, .lookAhead: return
        }
    }

    mutating func next() -> Event? {
        guard told < ready.count else { return nil }
        defer { told += 1 }
        return Event(at: .zero, ready[told])
    }
}

extension DefaultStringInterpolation {
    /// Milliseconds with one digit.
    mutating func appendInterpolation(running duration: Duration) {
        let tenths = duration.nanoseconds / 100_000
        appendInterpolation("\(tenths / 10).\(tenths % 10) ms")
    }
}
