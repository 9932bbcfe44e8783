import Engine
import Foundation
import Simulation
import Steps
import Testing

/// A secret is a path in all that is made of a plan; only a host that starts tools reads it.
@Suite struct SecretTests {
    private static func plan(_ steps: String, path: String = "/root/token") -> PlanLoader.Loaded {
        let text = """
            plan: routine
            parameters:
              token: {secret: true}
              plain: word
            \(steps)
            """
        let settings = [(name: "token", text: path)]
        return PlanLoader.load(
            "a.yaml", settings: settings, catalog: .builtin, platform: .freebsd
        ) { $0 == "a.yaml" ? .success(Array(text.utf8)) : nil }
    }

    private static let step = """
        steps:
          - execute: [announce, '${plain}', --token, '${token}']
            undo: {execute: [announce, down, '${token}']}
        """

    @Test func aCommandIsMasked() throws {
        let plan = try #require(Self.plan(Self.step).plan)
        var world = World.pair(Pair(), .serving)
        world.tools.append(UserTool(["announce"]))
        let played = Played(plan, in: world)
        #expect(played.ending.kind == .done)
        let commands = played.commands.values.flatMap(\.self)
        #expect(commands.map(\.line) == ["announce word --token '(secret)'"])
        let secret = Command.Secret(word: 3, path: "/root/token")
        #expect(commands.map(\.secrets) == [[secret]])
        for record in played.records {
            let form = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
            #expect(!form.contains("/root"), "\(form)")
        }
    }

    @Test(arguments: [
        "steps: [{log: '${token}'}]",
        "steps: [{execute: [announce, '--token=${token}']}]",
        "steps: [{execute: [announce], name: '${token}'}]",
        "steps: [{wait-for-file: '${token}'}]",
        "steps: [{execute: {command: [a], check: {command: [b, '${token}']}}}]",
        "steps: [{for-each: x, in: '${token}', steps: [{log: a}]}]",
        "steps: [{for-each: x, in: ['${token}'], steps: [{log: '${x}'}]}]",
        "require: [{file: '${token}'}]\nsteps: [{log: a}]",
    ])
    func itStandsNowhereElse(_ body: String) {
        let loaded = Self.plan(body)
        #expect(loaded.plan == nil)
        #expect(loaded.diagnostics.map(\.code) == ["misplaced-secret"], "\(loaded.diagnostics)")
    }

    @Test func itIsNoTool() {
        let loaded = Self.plan("steps: [{execute: ['${token}', a]}]")
        #expect(loaded.diagnostics.map(\.code) == ["bad-field"])
        #expect(loaded.plan == nil)
    }

    /// Who writes the secret itself where its path belongs does not get to read it in a message.
    @Test func aSecretThatIsNoPathIsNotShown() {
        let loaded = Self.plan(Self.step, path: "hunter2")
        #expect(loaded.plan == nil)
        #expect(loaded.diagnostics.map(\.code) == ["bad-secret"])
        let text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        #expect(!text.contains("hunter2"), "\(text)")
    }

    @Test(arguments: [
        "{secret: maybe}", "{secret: true, type: integer}", "{secret: true, default: 3}",
    ])
    func aDeclarationIsChecked(_ declaration: String) {
        let text = "plan: a\nparameters: {token: \(declaration)}\nsteps: [{log: a}]\n"
        let loaded = PlanLoader.load("a", catalog: .builtin, platform: .freebsd) {
            $0 == "a" ? .success(Array(text.utf8)) : nil
        }
        #expect(loaded.diagnostics.map(\.code).contains("bad-secret"), "\(loaded.diagnostics)")
    }
}
