import Engine
import Simulation
import Steps
import Testing

@testable import failover
import Service

/// The views are folds over records: they are tried on whole runs, without a terminal.
@Suite struct ViewTests {
    private static let text = """
        plan: two
        direction: acquire
        counterpart: back.yaml
        timeout: 5m
        require:
          - carp: {interface: vlan50, vhid: 1, state: master, steady-for: 3s}
        steps:
          - for-each: disk
            in: [disk0, disk1, disk2]
            at-once: 2
            steps:
              - wait-for-process:
                  title: "hastd: ${disk} (secondary)"
                  state: absent
                timeout: 1m
              - delay: 10s
          - point-of-no-return: clients may write
          - log: it is over

        """

    private static let back = """
        plan: back
        direction: release
        counterpart: two.yaml
        if-stuck: park
        steps: [{log: x}]

        """

    private static func plan(_ text: String = text) throws -> Plan {
        let files = ["two.yaml": text, "back.yaml": back]
        let loaded = PlanLoader.load("two.yaml", catalog: .builtin, platform: .freebsd) {
            files[$0].map { .success(Array($0.utf8)) }
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
        let region = LiveRegion(columns: columns, rows: rows)
        for record in Self.records(plan) {
            progress.take(record)
            let lines = region.lines(progress, at: record.at)
            #expect(lines.count < rows)
            #expect(lines.allSatisfy { $0.text.columns <= columns })
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
        let loud = [
            "FAILED", "STOPPED", "STUCK", "REFUSED", "SUPERSEDED", "INTERRUPTED", "CUT OFF",
        ]
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
            plan.nodes(from: plan.steps).first { id in
                if case .group(let group) = plan[id].kind {
                    group.atOnce == 1 && id != plan.steps
                } else {
                    false
                }
            })
        let log = try #require(plan.steps(from: plan.steps).last)
        #expect(branch == plan.limit(of: one) * 2 + plan.limit(of: log))
        #expect(plan.limitForward == branch + .seconds(3))
    }

    @Test func `a preview says how each thing is known`() throws {
        let plan = try Self.plan(
            """
            plan: two
            direction: acquire
            counterpart: back.yaml
            steps:
              - set-role: {resource: disk0, role: primary}
              - wait-for-role: {resource: disk0, role: primary}
              - wait-for-pool: {pool: tank}

            """)
        var host = PreviewHost(over: SimulatedHost(.pair(Pair(), .takingOver)), at: .zero)
        var driver = Driver(plan)
        var forecast = Forecast(plan)
        _ = driver.drive(&host, from: .zero) { forecast.take($0) }
        let text = PreviewView(forecast, Outlook(forecast), style: .plain)
            .text()
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

    private static let slow = Command.tool("sleep", "60")

    /// What the plain display says of these facts, each so many milliseconds after the first.
    private static func words(_ facts: [(Int, Fact)], of plan: Plan) -> [String] {
        var chronicle = Chronicle(plan)
        return facts.flatMap { at, fact in
            let record = Record(at: Instant(nanoseconds: Int64(at) * 1_000_000), fact)
            return chronicle.take(record).map { "\($0.word): \($0.text)" }
        }
    }

    @Test(arguments: [(100, false), (1500, true)])
    func `only what is not gone soon may still take effect`(_ gone: Int, _ isWarned: Bool) throws {
        let plan = try Self.plan()
        let node = try #require(plan.steps(from: plan.steps).first)
        let work = WorkID(1)
        let lines = Self.words(
            [
                (0, .began(settled: .zero)), (0, .commandBegan(node, .forward, work, Self.slow)),
                (2000, .commandGivenUp(node, .forward, work, Self.slow, pid: 812)),
                (
                    2000 + min(gone, 1200),
                    .retrying(
                        node, .forward, attempt: 1, after: .seconds(1), why: "x")
                ),
                (2000 + gone, .commandGone(node, work)),
            ], of: plan)
        #expect(lines.contains { $0.contains("`sleep 60`: given up after 2.00s (pid 812)") })
        #expect(lines.contains { $0.contains("may still take effect") } == isWarned)
    }

    @Test(arguments: [
        (false, [Phase](), "INTERRUPTED before any change", false),
        (true, [.rollingBack], "INTERRUPTED and rolled back", false),
        (true, [.committed], "INTERRUPTED and rolled back", true),
    ])
    func `an interrupt says what comes of it`(
        _ isChanged: Bool, _ phases: [Phase], _ title: String, _ goesOn: Bool
    ) throws {
        let plan = try Self.plan()
        let node = try #require(plan.steps(from: plan.steps).first)
        var facts: [(Int, Fact)] = [(0, .began(settled: .zero)), (0, .phase(.forward))]
        facts.append((0, .stepBegan(node, .forward)))
        if isChanged { facts.append((0, .intent(node, .forward, attempt: 1, [Self.slow]))) }
        if goesOn { facts += phases.map { (0, .phase($0)) } }
        facts.append((0, .interrupted))
        facts.append((0, .ended(Ending(.interrupted, reason: "interrupted by a person"))))
        let lines = Self.words(facts, of: plan)
        #expect(lines.contains("ends: \(title)"))
        #expect(lines.contains { $0.contains("Ctrl-C again stops it") } == goesOn)
    }

    @Test func `a refused run has no empty table`() throws {
        var progress = Progress(try Self.plan())
        progress.take(Record(at: .zero, .began(settled: .zero)))
        progress.take(Record(at: .zero, .ended(Ending(.refused, reason: "x"))))
        let text = Summary(progress: progress, style: .plain, isSimulated: false).text()
        #expect(!text.contains("took"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test(arguments: [(nil, 3), (80, 3), (50, 5), (40, 5), (10, 17), (100, 3)] as [(Int?, Int)])
    func `lines on a narrower terminal stand on more rows`(_ columns: Int?, _ rows: Int) {
        #expect(LiveRegion.rows([80, 80, 0], onColumns: columns) == rows)
    }

    @Test func `of a long output the last lines are shown`() {
        let noise = (1...100).map { "line \($0)" }.joined(separator: "\n")
        let long = Output(.exited(1), error: Array("\(noise)\nthe error".utf8)).excerpt
        #expect(long.hasPrefix("…; ") && long.hasSuffix("; line 100; the error"))
        #expect(long.count <= Output.excerptLimit)
        #expect(Output(.exited(1), error: Array("a\nb\n".utf8)).excerpt == "a; b")
        let wide = Output(.exited(1), output: Array("no: \(noise.replacing("\n", with: " "))".utf8))
        #expect(wide.excerpt.hasPrefix("no: line 1 ") && wide.excerpt.hasSuffix("…"))
        #expect(wide.excerpt.count <= Output.excerptLimit)
    }
}
