import Engine
import LocalHost
import Steps

/// What a look costs whose answer is long.
enum LookBenchmark {
    /// A look at so many file systems: a `zfs` that prints them is started, all that it prints is
    /// taken in, and it is judged whether all are mounted.
    static func measure(fileSystems count: Int, rounds: Int) {
        let folder = "/tmp/failover-look-\(count)"
        let row = "tank/customers/department-%05d/home\\ton\\t/export/department-%05d\\tyes\\n"
        let script = """
            mkdir -p \(folder) && cd \(folder) || exit 1
            { printf 'tank\\ton\\t/tank\\tyes\\n'
              awk 'BEGIN { for (i = 1; i < \(count); i++) printf "\(row)", i, i }'; } >list
            printf '#!/bin/sh\\nexec cat \(folder)/list\\n' >zfs && chmod +x zfs
            """
        var host = LocalHost(path: [folder] + LocalHost.usualPath, syslog: nil)
        let command = Command.tool("/bin/sh", "-c", script)
        host.perform(.execute(WorkID(1), command, until: host.now + .seconds(60)))
        while let event = host.next() {
            if case .finished(_, .ended(let output)) = event.input {
                precondition(output.succeeded, "a tool could be made: \(output.excerpt)")
            }
        }
        guard let goal = goal else { return print("the plan does not load") }
        let clock = ContinuousClock()
        let times = (1...rounds).map { round in
            clock.measure {
                look(goal, WorkID(1 + round), on: &host)
            }
        }
        print("a look at \(count) file systems: \(times.min() ?? .zero)")
    }

    private static func look(_ goal: any Condition, _ id: WorkID, on host: inout LocalHost) {
        host.perform(.await(id, goal, until: host.now, seenBy: host.now + .seconds(60)))
        guard case .looked(_, let look)? = host.next()?.input else { return }
        precondition(look.verdict == .holds, "all are mounted: \(look.verdict)")
    }

    /// That all file systems are mounted.
    private static var goal: (any Condition)? {
        let text = "plan: p\nsteps: [{wait-for-mounted: tank}]\n"
        let plan = PlanLoader.load("p.yaml", catalog: .builtin, platform: .linux) {
            $0 == "p.yaml" ? .success(Array(text.utf8)) : nil
        }.plan
        guard let plan, let id = plan.steps(from: plan.steps).first,
            case .step(let node) = plan[id].kind, case .condition(let goal) = node.step.goal
        else { return nil }
        return goal
    }
}
