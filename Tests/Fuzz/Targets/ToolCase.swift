import Engine
import Steps

/// A line of the facts' expectations, made into what judges: `pool tank`, `zpool-import tank`.
struct ToolCase {
    let line: String
    let kind: String
    /// The condition, or the goals of the step and of what takes it back.
    let conditions: [any Condition]
    let step: (any Step)?
    /// The options that the step's commands have of themselves.
    let options: Set<String>

    private static let heads = [
        "", "direction: acquire\ncounterpart: b\n",
        "direction: release\ncounterpart: c\nif-stuck: park\n",
    ]
    private static let known: Set<String> = [
        "-f", "-N", "-a", "-o", "-q", "-p", "-c", "-n", "-v", "-ra", "-ua", "--op", "--mode",
        "--name", "--update", "--offline", "--force", "-r", "-d", "-O", "-KILL", "-U", "-x", "-t",
        "-b", "-l", "-s", "-u", "--delete",
    ]

    /// Nil for what is neither a step nor a condition.
    init?(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return nil }
        let isCondition = Catalog.builtin.condition(named: words[0]) != nil
        let name = isCondition ? "wait-for-\(words[0])" : words[0]
        guard let step = Self.step(name, words[1]) else { return nil }
        self.line = line
        kind = words[0]
        var conditions: [any Condition] = []
        if case .condition(let goal) = step.goal { conditions.append(goal) }
        if case .step(let inverse) = step.inverse, case .condition(let goal) = inverse.goal {
            conditions.append(goal)
        }
        self.conditions = conditions
        self.step = isCondition ? nil : step
        let own = step.apply(.none).flatMap { command -> ArraySlice<String> in
            if case .tool(let argv) = command.action { argv.dropFirst() } else { [] }
        }
        options = Self.known.union(own.filter { $0.hasPrefix("-") })
    }

    private static func step(_ name: String, _ value: String) -> (any Step)? {
        for head in heads {
            let plan = "plan: a\n\(head)steps: [{\(name): \(value)}]\n"
            let loaded = PlanLoader.load("a", catalog: .builtin, platform: .freebsd) { path in
                switch path {
                case "a": .success(Array(plan.utf8))
                case "b": .success(Array("plan: b\n\(heads[2])steps: [{log: x}]".utf8))
                case "c": .success(Array("plan: c\n\(heads[1])steps: [{log: x}]".utf8))
                default: nil
                }
            }
            for node in loaded.plan?.nodes ?? [] {
                if case .step(let step) = node.kind, step.kind == name { return step.step }
            }
        }
        return nil
    }
}
