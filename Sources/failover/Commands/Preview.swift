import ArgumentParser
import Engine
import LocalHost
import Service
import Simulation

/// A preview, as `preview` and `run --dry-run` make it.
struct Preview {
    private let plan: Plan
    private let site: Site
    private let simulation: SimulationOptions
    private let isJSON: Bool
    private let given: [String]

    init(
        _ plan: Plan, _ site: Site, _ simulation: SimulationOptions, _ display: DisplayOptions,
        _ assumptions: [Setting]
    ) {
        self.plan = plan
        self.site = site
        self.simulation = simulation
        isJSON = display.json
        given = assumptions.map { "\($0.name)=\($0.text)" }
    }

    /// Shows the preview; answers with the exit code.
    func show() throws -> Int32 {
        for claim in given where !plan.claims.contains(claim) {
            let known = plan.claims.joined(separator: ", ")
            throw ValidationError(
                "nothing in \(plan.name) hangs on `\(claim)`; what can be assumed: \(known)")
        }
        if simulation.isSimulated {
            let host = SimulatedHost(
                try simulation.start(plan, of: site, isJSON: isJSON).limited(by: plan))
            return show(over: host, from: host.now)
        }
        let host = LocalHost(
            path: site.path ?? LocalHost.usualPath, lookTimeout: site.lookTimeout, syslog: nil)
        return show(over: host, from: host.now)
    }

    private func show(over real: some Host, from start: Instant) -> Int32 {
        var output = Console.standardOutput(forPrograms: isJSON)
        var host = PreviewHost(over: real, at: start, given: given)
        var driver = Driver(plan)
        var forecast = Forecast(plan)
        let lines = JSONLines()
        if isJSON {
            let heading = RunHeading(plan, isSimulated: simulation.isSimulated, isPreview: true)
            output.write(lines.line(heading))
        }
        _ = driver.drive(&host, from: start) { record in
            forecast.take(record)
            if isJSON { output.write(lines.line(record)) }
        }
        let outlook = Outlook(forecast)
        if isJSON {
            output.write(lines.line(OutlookForm(outlook)))
        } else {
            let style = DisplayOptions.style(for: output)
            output.write(style.fitted(PreviewView(forecast, outlook, style: style).text()))
        }
        return outlook.exitCode
    }
}

extension Plan {
    /// What a preview can take for granted, each once.
    fileprivate var claims: [String] {
        let conditions = require + nodes.flatMap { node in node.guards + node.whens + node.goals }
        return conditions.compactMap(\.claim).reduce(into: []) { claims, claim in
            if !claims.contains(claim) { claims.append(claim) }
        }
    }
}

extension PlanNode {
    fileprivate var whens: [any Condition] { when.map { [$0] } ?? [] }

    fileprivate var goals: [any Condition] {
        guard case .step(let step) = kind, case .condition(let goal) = step.step.goal else {
            return []
        }
        return [goal]
    }
}
