import Engine
import Simulation
import Steps
import Testing

@testable import failover

/// The views are folds over records: they are tried on whole runs, without a terminal.
@Suite struct ViewTests {
    private static let text = """
        plan: two
        timeout: 5m
        require:
          - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
        steps:
          - for-each: disk
            in: [disk0, disk1, disk2]
            at-once: 2
            steps:
              - wait-for-process:
                  title-contains: "hastd: ${disk} (secondary)"
                  state: absent
                timeout: 1m
              - delay: 10s
          - point-of-no-return: clients may write
          - log: it is over

        """

    private static func plan(_ text: String = text) throws -> Plan {
        let loaded = PlanLoader.load("two.yaml", catalog: .builtin, platform: .freebsd) {
            $0 == "two.yaml" ? .success(Array(text.utf8)) : nil
        }
        return try #require(loaded.plan, "\(loaded.diagnostics.map(\.message))")
    }

    private static func records(_ plan: Plan) -> [Record] {
        var records: [Record] = []
        var host = SimulatedHost(.pair(Pair(), .takingOver))
        var driver = Driver(plan)
        _ = driver.drive(&host, from: host.now) { records.append($0) }
        return records
    }

    @Test(arguments: [(20, 4), (80, 24), (300, 100)])
    func `the moving part fits into the terminal`(_ columns: Int, _ rows: Int) throws {
        let plan = try Self.plan()
        var progress = Progress(plan)
        let region = LiveRegion(columns: columns, rows: rows, style: .plain)
        for record in Self.records(plan) {
            progress.take(record)
            let lines = region.lines(progress, at: record.at)
            #expect(lines.count < rows)
            #expect(lines.allSatisfy { $0.count <= columns })
        }
        #expect(progress.open.isEmpty)
        #expect(progress.finished == progress.total)
    }

    @Test func `steps side by side are all shown`() throws {
        let plan = try Self.plan()
        var progress = Progress(plan)
        var most = 0
        for record in Self.records(plan) {
            progress.take(record)
            most = max(most, progress.open.count)
        }
        #expect(most == 2)
    }

    @Test(arguments: Ending.Kind.allCases)
    func `only what is done looks like a success`(_ kind: Ending.Kind) throws {
        var progress = Progress(try Self.plan())
        progress.take(Record(at: .zero, .began(settled: .zero)))
        let ending = Ending(kind, reason: "x", warnings: ["w"], remaining: ["zpool export tank"])
        progress.take(Record(at: .zero, .ended(ending)))
        let colours = Summary(
            progress: progress, style: Style(isColoured: true), isSimulated: false
        ).text()
        let plain = Summary(progress: progress, style: .plain, isSimulated: false).text()
        let headline = plain.prefix { $0 != "\n" }
        let loud = ["FAILED", "STUCK", "REFUSED", "SUPERSEDED", "INTERRUPTED"]
        #expect(headline.contains(": done") == (kind == .done))
        #expect(loud.contains { headline.contains($0) } == (kind != .done))
        #expect(!colours.contains("\u{1B}[32m"))
        #expect(plain.contains("w\n"))
        #expect(plain.contains("zpool export tank"))
    }

    @Test func `control characters never reach the terminal`() {
        let style = Style(isColoured: true)
        #expect(style.paint("a\u{1B}[2Jb\rc", .plain) == "a [2Jb c")
    }

    @Test func `the longest way is that of the slowest place`() throws {
        let plan = try Self.plan()
        // Three branches of 70 s and a delay's own margin on two places: two of them in a row.
        let branch = plan.limit(of: plan.steps)
        let one = try #require(
            plan.walk(plan.steps).first { id in
                if case .group(let group) = plan[id].kind {
                    group.atOnce == 1 && id != plan.steps
                } else {
                    false
                }
            })
        let log = try #require(plan.leaves(of: plan.steps).last)
        #expect(branch == plan.limit(of: one) * 2 + plan.limit(of: log))
        #expect(plan.limitForward == branch + .seconds(3))
    }

    @Test func `a preview says how each thing is known`() throws {
        let plan = try Self.plan(
            """
            plan: two
            direction: acquire
            counterpart: two.yaml
            steps:
              - set-role: {resource: disk0, role: primary}
              - wait-for-role: {resource: disk0, role: primary}
              - wait-for-pool: {pool: tank}
            """.replacing("counterpart: two.yaml\n", with: "").replacing(
                "direction: acquire\n", with: ""))
        var host = PreviewHost(over: SimulatedHost(.pair(Pair(), .takingOver)), at: .zero)
        var driver = Driver(plan)
        var forecast = Forecast(plan)
        _ = driver.drive(&host, from: .zero) { forecast.take($0) }
        let text = PreviewView(forecast, style: .plain).text()
        #expect(text.contains("make disk0 primary  [seen: resource disk0 is secondary]"))
        #expect(text.contains("hastctl role primary disk0"))
        #expect(text.contains("[after step 1]"))
        #expect(text.contains("[assumed; now: "))
    }

    @Test(arguments: [
        (0, "0.00s"), (1234, "1.23s"), (12_345, "12.3s"), (123_000, "2m03s"), (3_660_000, "1h01m"),
    ])
    func `times are short`(_ milliseconds: Int, _ text: String) {
        #expect(elapsedText(.milliseconds(milliseconds)) == text)
    }
}
