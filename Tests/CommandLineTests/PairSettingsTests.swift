import Foundation
import Testing

/// A person's run of a plan that several pairs share has the settings of the pair that is meant.
@Suite struct PairSettingsTests {
    private static let signals = """
        pairs:
        """
        + ["red", "blue"].map { name in
            """

              - pair: \(name)
                set: {name: \(name)svc}
                acquire:
                  match: [carp: \(name == "red" ? 1 : 2)@vlan50 MASTER]
                  run: up.yaml
                  only-if: [carp: {interface: vlan50, vhid: 1, state: master}]
                release: {run: down.yaml}
            """
        }.joined() + "\n"
    private static let down = """
        plan: down
        direction: release
        counterpart: up.yaml
        if-stuck: park
        parameters: {name: {type: string, default: nobody}}
        steps:
          - stop-service: '${name}'

        """

    private func folder(_ signals: String = signals) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "pair-settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let up = "plan: up\ndirection: acquire\ncounterpart: down.yaml\nsteps: [start-nfs: {}]\n"
        for (name, text) in [("signals.yaml", signals), ("down.yaml", Self.down), ("up.yaml", up)] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        return folder
    }

    @Test(arguments: [
        (["--pair", "blue"], "bluesvc"), (["--pair", "red"], "redsvc"),
        (["--pair", "blue", "--set", "name=other"], "other"), ([], "nobody"),
    ])
    func `the pair that is named settles it`(_ words: [String], _ service: String) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let plan = folder.appending(path: "down.yaml").path
        let outcome = try Program.run(["run", plan, "--simulate", "--fast"] + words)
        #expect(outcome.output.contains("stop service \(service)"), "\(outcome)")
    }
}
