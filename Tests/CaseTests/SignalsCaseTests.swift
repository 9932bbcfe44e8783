import Engine
import Foundation
import Steps
import Testing

/// The case folders `Tests/Cases/signals-*`: a signals.yaml, what stands beside it, and what
/// `failover validate` would say of it and of both plans of each pair.
///
/// Where a folder has no `become-*.yaml` of its own, the shipped one is read. `expected.txt` is
/// rewritten when `UPDATE_CASES=1` is set.
@Suite struct SignalsCaseTests {
    static let tests = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
    static let root = tests.appending(path: "Cases")
    static let shipped = tests.deletingLastPathComponent().appending(path: "plans")

    static let names: [String] = {
        let all = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        return (all ?? []).filter { $0.hasPrefix("signals-") }.sorted()
    }()

    @Test func `there are cases`() {
        #expect(Self.names.count >= 20)
    }

    @Test(arguments: names) func `a folder loads as it should`(_ name: String) throws {
        let folder = Self.root.appending(path: name)
        let read: PlanLoader.Read = { path in
            var file = folder.appending(path: path)
            if path.contains("become-"), !FileManager.default.fileExists(atPath: file.path) {
                file = Self.shipped.appending(path: path)
            }
            return (try? Data(contentsOf: file)).map { .success([UInt8]($0)) }
        }
        let text = Self.account("signals.yaml", read)
        let golden = folder.appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected, "\(name): see its expected.txt")
    }

    /// What is read of the file, and every fault of it and of its plans.
    static func account(_ path: String, _ read: PlanLoader.Read) -> String {
        let loaded = Signals.load(path, catalog: .builtin, platform: .freebsd, read: read)
        let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
        #expect((loaded.signals == nil) == hasErrors)
        var texts = [DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)]
        var all: [[Plan]] = []
        for pair in loaded.signals?.pairs ?? [] {
            texts.append(outline(of: pair))
            let plans = [Plan.Direction.acquire, .release].map { direction in
                pair.plan(
                    for: direction, site: loaded.sitePath, catalog: .builtin, platform: .freebsd,
                    read: read)
            }
            for plan in plans {
                texts.append(DiagnosticText.render(plan.diagnostics, sources: plan.sources))
            }
            var faults = pair.faults(acquire: plans[0], release: plans[1])
            var own = plans.compactMap(\.plan)
            for (path, span) in pair.watchedPlans {
                let watched = pair.plan(
                    at: path, site: loaded.sitePath, catalog: .builtin, platform: .freebsd,
                    read: read)
                texts.append(DiagnosticText.render(watched.diagnostics, sources: watched.sources))
                own += watched.plan.map { [$0] } ?? []
                faults += watched.plan.map { pair.faults(ofWatched: $0, at: span) } ?? []
            }
            texts.append(DiagnosticText.render(faults, sources: loaded.sources))
            all.append(own)
        }
        let between = loaded.signals?.faults(between: all) ?? []
        texts.append(DiagnosticText.render(between, sources: loaded.sources))
        let site = loaded.site
        for (key, words) in [
            ("state", site.stateFolder.map { [$0] }), ("runtime", site.runtimeFolder.map { [$0] }),
            ("notify", site.notify), ("tell-peer", site.tellPeer), ("ask-peer", site.askPeer),
        ] where loaded.signals != nil {
            if let words { texts.append("\(key): \(words.joined(separator: " | "))\n") }
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func outline(of pair: Signals.Pair) -> String {
        var lines = ["pair \(pair.name)"]
        lines += pair.settings.map { "  set \($0.name)=\($0.text)" }
        for direction in Plan.Direction.allCases {
            let rule = pair[direction]
            let retry = rule.retry
            let attempts = retry.attempts == Signals.Backoff.endless ? "ever" : "\(retry.attempts)"
            lines += ["  \(direction.rawValue): \(rule.plan) on \(rule.signal)"]
            lines += rule.matches.map { "    match \($0)" }
            lines += rule.onlyIf.map { "    only if \($0.summary)" }
            lines += [
                "    settle \(durationText(rule.settle)), within \(durationText(rule.within))",
                "    retry \(attempts), \(durationText(retry.delay)) x \(retry.backoff)"
                    + " up to \(durationText(retry.atMost))",
            ]
        }
        for item in pair.watched {
            let subject =
                switch item.subject {
                case .goals: "the goals"
                case .condition(let condition): condition.summary
                }
            let what =
                switch item.consequence {
                case .notify: "notify"
                case .release: "release"
                case .run(let plan): "run \(plan)"
                }
            lines.append("  watch \(subject), for \(durationText(item.patience)), then \(what)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
