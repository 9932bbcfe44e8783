/// Builds the nodes of a plan and of its counterpart, each `for-each` expanded.
struct TreeBuilder {
    /// What holds for the steps of one section of one plan.
    struct Section {
        /// Nil when the plan names none, or when its word for it is at fault.
        let direction: Plan.Direction?
        /// Whether the direction must fit the steps: under `steps:`, unless it is at fault itself.
        var isDirectionChecked: Bool
        /// Whether it is the section `steps:`, in which the point of no return may stand.
        let isForward: Bool
    }

    /// Where a member stands, and what its references can refer to.
    struct Place {
        let parent: NodeID
        let depth: Int
        let scope: Scope
    }

    let catalog: Catalog
    var platform: Platform
    /// All nodes so far; a group stands before its members.
    var nodes: [PlanNode] = []
    var diagnostics = Diagnostics()
    var section = Section(direction: nil, isDirectionChecked: false, isForward: false)
    var pointOfNoReturn: Span?
    /// How many turns of loops were gone through since the first fault.
    var faultyTurns = 0
    /// Counts what is no step either, so that faults cannot be multiplied.
    private var memberCount = 0
    private var stepCount = 0
    private var groupCount = 0
    /// Whether a limit is passed, so that nothing more is built.
    var isFull = false

    init(_ catalog: Catalog, _ platform: Platform) {
        self.catalog = catalog
        self.platform = platform
    }

    /// Begins another plan, whose steps count anew.
    mutating func beginPlan() {
        memberCount = 0
        stepCount = 0
        groupCount = 0
        isFull = false
        pointOfNoReturn = nil
    }

    /// Builds the sequence of a section; nil when its list is missing or empty.
    mutating func sequence(
        of node: Node,
        labelled label: String,
        _ section: Section,
        in scope: Scope
    ) -> NodeID? {
        self.section = section
        let id = reserve(parent: nil, node.span)
        let place = Place(parent: id, depth: 0, scope: scope)
        guard let members = members(node, "`\(label)`", place) else { return nil }
        fill(id, GroupNode(children: members, atOnce: 1), label: label)
        return id
    }

    /// The members of a group or a section in the order of the plan; nil when there are none.
    mutating func members(_ node: Node, _ subject: String, _ place: Place) -> [NodeID]? {
        guard let items = node.items, !items.isEmpty else {
            let isEmpty = node.isNull || node.items?.isEmpty == true
            diagnostics.report(
                Diagnostic(
                    code: isEmpty ? "no-steps" : "wrong-type",
                    isEmpty
                        ? "\(subject) has no steps"
                        : "\(subject) is \(node.kindName) and should be a list of steps",
                    at: node.span.firstLine,
                    note: isEmpty ? "it would do nothing" : nil,
                    help: "write each step on a line of its own, after `- `"
                )
            )
            return nil
        }
        var members: [NodeID] = []
        for item in items where !isFull && !diagnostics.isExhausted {
            memberCount += 1
            if memberCount > Plan.stepLimit + Plan.groupLimit { isFull = true }
            if let member = member(item, place) { members.append(member) }
        }
        return members
    }

    private mutating func member(_ node: Node, _ place: Place) -> NodeID? {
        switch node.content {
        case .map(let entries):
            return member(Keys("a step", entries, at: node.span, in: place.scope), place)
        case .scalar(let name, _) where !node.isNull:
            // A kind alone on its line, with nothing below it.
            let nothing = Node(.scalar("", quoted: false), span: node.span)
            let entry = Node.Entry(key: name, keySpan: node.span, value: nothing)
            return member(Keys("a step", [entry], at: node.span, in: place.scope), place)
        case .scalar, .list:
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "a step is \(node.kindName)",
                    at: node.span.firstLine,
                    help: "write the step's kind after `- `"
                        + (node.items == nil ? "" : ", or `sequence:` before steps of steps")
                )
            )
            return nil
        }
    }
}

// MARK: - Nodes

extension TreeBuilder {
    /// Takes the place of a group before its members are built.
    mutating func reserve(parent: NodeID?, _ span: Span) -> NodeID {
        let id = NodeID(nodes.count)
        let nothing = GroupNode(children: [], atOnce: 1)
        append(parent: parent, label: "", .group(nothing), StepModifiers(), nil, span)
        return id
    }

    /// Gives a reserved node its group.
    mutating func fill(
        _ id: NodeID,
        _ group: GroupNode,
        label: String,
        _ modifiers: StepModifiers = StepModifiers()
    ) {
        let reserved = nodes[id.index]
        nodes[id.index] = PlanNode(
            parent: reserved.parent,
            label: modifiers.name ?? label,
            kind: .group(group),
            when: modifiers.when,
            guards: modifiers.guards,
            timeout: modifiers.timeout,
            continuesOnFailure: modifiers.continuesOnFailure,
            span: reserved.span
        )
    }

    @discardableResult
    mutating func append(
        parent: NodeID?,
        label: String,
        _ kind: PlanNode.Kind,
        _ modifiers: StepModifiers,
        _ timeout: Duration?,
        _ span: Span
    ) -> NodeID {
        nodes.append(
            PlanNode(
                parent: parent,
                label: modifiers.name ?? label,
                kind: kind,
                when: modifiers.when,
                guards: modifiers.guards,
                timeout: timeout,
                continuesOnFailure: modifiers.continuesOnFailure,
                span: span
            )
        )
        return NodeID(nodes.count - 1)
    }

    /// Builds to find faults and drops what was built, where nothing would run.
    mutating func rehearse(_ build: (inout TreeBuilder) -> Void) {
        let counts = (nodes.count, stepCount, groupCount)
        build(&self)
        nodes.removeSubrange(counts.0...)
        (stepCount, groupCount) = (counts.1, counts.2)
    }
}

// MARK: - Limits

extension TreeBuilder {
    /// Counts a step, be it at fault; false when there are too many.
    mutating func countStep(_ span: Span) -> Bool {
        stepCount += 1
        return stepCount <= Plan.stepLimit || reportFull("steps", Plan.stepLimit, span)
    }

    /// Counts a group or a turn of one; false when there are too many.
    mutating func countGroup(_ span: Span) -> Bool {
        groupCount += 1
        return groupCount <= Plan.groupLimit || reportFull("groups", Plan.groupLimit, span)
    }

    /// Whether a group at this depth is still allowed.
    mutating func allowsDepth(_ depth: Int, _ span: Span) -> Bool {
        if depth < Plan.depthLimit { return true }
        diagnostics.report(
            Diagnostic(
                code: "too-deep",
                "groups stand more than \(Plan.depthLimit) deep in each other",
                at: span,
                note: "nobody could follow such a plan at night",
                help: "make it flatter: a sequence inside a sequence needs no group"
            )
        )
        return false
    }

    private mutating func reportFull(_ what: String, _ limit: Int, _ span: Span) -> Bool {
        isFull = true
        diagnostics.report(
            Diagnostic(
                code: "too-many-\(what)",
                "the plan has more than \(limit) \(what)",
                at: span,
                note: "each turn of a `for-each` counts; this is where the limit is passed",
                help: "shorten the list that is gone through, or split the plan"
            )
        )
        return false
    }
}
