import Engine
import Foundation
import Steps
import Testing

/// The shipped plans break no rule; with one slip each, the lint names the slip and nothing else.
@Suite struct PlantedDefectTests {
    /// A slip in a shipped plan.
    struct Defect: CustomTestStringConvertible {
        let plan: String
        /// What is taken out, and what stands there instead.
        let change: (from: String, to: String)
        let code: String
        /// The file that the lint points at, when it is not the plan.
        var place: String?
        var testDescription: String { code }

        static let master = "become-master.yaml"
        static let slave = "become-slave.yaml"
    }

    private static let folder = Case.root.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "plans")

    static let export = """
          - zpool-export: {pool: '${pool}', force: true}
            timeout: 60s


        """
    static let stops = """
          - parallel:
              - stop-iscsi: {targets: '${targets}'}
                timeout: 30s
              - stop-nfs: {exports: '${exports}'}
                timeout: 30s


        """
    static let demotion = """
          - for-each: disk
            in: ${disks}
            at-once: all                    # failover gives hastd one after the other
            steps:
              - set-role: {resource: '${disk}', role: secondary}
                timeout: {base: 1m, each: '${hast-timeout}', of: '${disks}'}

        """
    static let wait = """
          - for-each: disk
            in: ${disks}
            at-once: all                    # the branches go side by side, each in its own order
            steps:
              - wait-for-process:
                  title: "hastd: ${disk} (secondary)"
                  state: absent
                timeout: {base: 270s, each: '${hast-timeout}', times: 2, of: '${disks}'}

        """
    static let yield = """
        if-failed:
          - yield-address: {interface: '${interface}', vhid: '${vhid}'}

        """
    static let steady =
        "  - carp: {interface: '${interface}', vhid: '${vhid}', state: master, steady-for: 3s}\n"

    static let defects = [
        Defect(
            plan: Defect.slave, change: (from: stops, to: ""), code: "counterpart-lacks-release",
            place: Defect.master),
        Defect(
            plan: Defect.slave, change: (from: export, to: export + stops),
            code: "export-before-stop"),
        Defect(
            plan: Defect.slave, change: (from: export, to: demotion + export),
            code: "demote-before-export"),
        Defect(plan: Defect.master, change: (from: wait, to: ""), code: "promote-without-wait"),
        Defect(plan: Defect.master, change: (from: steady, to: ""), code: "no-steady-role"),
        Defect(
            plan: Defect.master, change: (from: ", steady-for: 3s", to: ""),
            code: "no-steady-role"),
        Defect(
            plan: Defect.master, change: (from: "mount: false", to: "mount: true"),
            code: "mount-before-point-of-no-return"),
        Defect(
            plan: Defect.master,
            change: (from: "  - point-of-no-return: clients may write from here on\n", to: ""),
            code: "mount-before-point-of-no-return"),
        Defect(plan: Defect.master, change: (from: yield, to: ""), code: "no-yield-address"),
        Defect(
            plan: Defect.slave,
            change: (from: "      - stop-iscsi: {", to: busy + "      - stop-iscsi: {"),
            code: "unordered-branches"),
        Defect(
            plan: Defect.master,
            change: (from: "- zfs-mount: ${pool}\n  - parallel:\n", to: "- parallel:\n" + beside),
            code: "unordered-branches"),
        Defect(
            plan: Defect.master, change: (from: "base: 270s", to: "base: 30s"),
            code: "wait-shorter-than-counterpart"),
        Defect(
            plan: Defect.slave, change: (from: "timeout: {base: 260s", to: "timeout: {base: 300s"),
            code: "wait-shorter-than-counterpart", place: Defect.master),
        Defect(
            plan: Defect.master, change: (from: "base: 14m", to: "base: 100s"),
            code: "limits-above-timeout"),
    ]
    private static let busy =
        "      - zpool-export: {pool: '${pool}', force: true}\n        timeout: 20s\n"
    private static let beside = "      - zfs-mount: ${pool}\n"

    @Test(arguments: defects) func `a slip is named, and nothing else`(_ defect: Defect) throws {
        let text = try Self.text(defect.plan)
        #expect(text.contains(defect.change.from), "the plan has changed")
        // What is put in front moves: it stands there no more behind it.
        let moved = [Self.stops, Self.demotion].first { defect.change.to.contains($0) }
        var rest = text
        if let moved, let range = rest.range(of: moved) { rest.removeSubrange(range) }
        let slipped = rest.replacingOccurrences(of: defect.change.from, with: defect.change.to)
        for path in [Defect.master, Defect.slave] {
            let loaded = try Self.load(path, [defect.plan: slipped])
            let faults = loaded.diagnostics
            #expect(loaded.plan != nil)
            #expect(Set(faults.map(\.code)) == [defect.code], "told with either plan of the pair")
            let files = faults.compactMap(\.span).map { loaded.sources[$0.source].name }
            #expect(Set(files) == [defect.place ?? defect.plan])
        }
    }

    @Test func `the shipped plans break no rule`() throws {
        for path in [Defect.master, Defect.slave] {
            #expect(try Self.load(path, [:]).diagnostics.isEmpty)
        }
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private static func load(
        _ path: String, _ changed: [String: String]
    ) throws -> PlanLoader.Loaded {
        PlanLoader.load(path, catalog: .builtin, platform: .freebsd) { name in
            let text = changed[name] ?? (try? text(name))
            return text.map { .success(Array($0.utf8)) }
        }
    }
}
