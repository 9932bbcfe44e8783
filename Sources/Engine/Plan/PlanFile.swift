/// One plan file by itself: read and checked, but not held against its counterpart.
struct PlanFile {
    let header: PlanHeader
    /// The names of all parameters that it declares, those at fault included.
    let declared: [String]
    let parameters: [Plan.Parameter]
    let require: [any Condition]
    /// Nil when there are no steps, which was reported.
    let steps: NodeID?
    let ifFailed: NodeID?

    /// Reads the plan of `node`; its nodes are left in the builder. Nil when it is no plan at all.
    init?(
        _ node: Node,
        site: Site,
        settings: [ParameterValues.Setting],
        _ builder: inout TreeBuilder,
        _ diagnostics: inout Diagnostics
    ) {
        if node.isNull {
            diagnostics.report(
                Diagnostic(
                    code: "empty-plan",
                    "the plan is empty",
                    at: node.span,
                    help: "write `plan:`, its name, and `steps:`, a list of what is to be done"
                )
            )
            return nil
        }
        let reader = ParameterReader(node["parameters"], &diagnostics)
        let values = ParameterValues(reader, site: site, settings: settings, &diagnostics)
        guard
            let keys = Keys(
                "a plan",
                node,
                allowed: PlanHeader.keys,
                in: values.scope,
                &diagnostics
            )
        else { return nil }
        header = PlanHeader(keys, &diagnostics)
        declared = reader.declarations.map(\.name) + reader.faulty
        parameters = values.parameters
        builder.beginPlan()
        require =
            keys.node("require").map { builder.conditions($0, of: "require", in: keys.scope) }
            ?? []
        steps = Self.steps(keys, header, &builder)
        ifFailed = Self.ifFailed(keys, header, &builder)
    }

    private static func steps(
        _ keys: Keys,
        _ header: PlanHeader,
        _ builder: inout TreeBuilder
    ) -> NodeID? {
        guard let node = keys.node("steps") else {
            keys.reportMissing(
                "steps",
                note: "a plan without steps would do nothing",
                help: "write `steps:` and below it a list of what is to be done",
                &builder.diagnostics
            )
            return nil
        }
        let section = TreeBuilder.Section(
            direction: header.direction,
            isDirectionChecked: header.direction != nil || !header.hasDirection,
            isForward: true
        )
        return builder.sequence(of: node, labelled: "steps", section, in: keys.scope)
    }

    private static func ifFailed(
        _ keys: Keys,
        _ header: PlanHeader,
        _ builder: inout TreeBuilder
    ) -> NodeID? {
        guard let node = keys.node("if-failed") else { return nil }
        let section = TreeBuilder.Section(
            direction: header.direction,
            isDirectionChecked: false,
            isForward: false
        )
        return builder.sequence(of: node, labelled: "if-failed", section, in: keys.scope)
    }
}
