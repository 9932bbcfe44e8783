import Engine

/// A tiny catalog by which the engine is tested without any real tool.
///
/// The world is a set of flags: the flag NAME is up when `/flags/NAME` is a file. The kinds are
/// - condition `flag`: `name`, `state` (`up` | `down`, by default `up`), `steady-for`; it gives
///   `wait-for-flag`;
/// - step `raise: NAME`, which acquires: its goal is that the flag is up, its command is
///   `raise NAME`, its inverse `lower: NAME`;
/// - step `lower: NAME`, which releases: the other way round;
/// - step `touch: NAME`, which is neither: done once, repeated when in doubt, command `touch NAME`,
///   nothing undoes it;
/// - step `sample`, which does nothing and has a field of every kind.
enum TestCatalog {
    static let catalog = Catalog(
        conditions: [FlagCondition.self],
        steps: [RaiseStep.self, LowerStep.self, TouchStep.self, SampleStep.self]
    )

    /// Where a flag stands.
    static func path(of flag: String) -> String { "/flags/\(flag)" }

    /// Loads `plan.yaml` from texts by file name.
    static func load(
        _ files: [String: String],
        settings: [(name: String, text: String)] = []
    ) -> PlanLoader.Loaded {
        PlanLoader.load(
            "plan.yaml",
            settings: settings,
            catalog: catalog,
            platform: .freebsd
        ) { name in
            files[name].map { .success(Array($0.utf8)) }
        }
    }

    /// The plan of a text that must be sound; its counterpart, if it has one, lowers all it raises.
    ///
    /// The test fails with the rendered faults when there are any.
    static func plan(_ text: String, files: [String: String] = [:]) throws -> Plan {
        let loaded = load(files.merging(["plan.yaml": text]) { _, plan in plan })
        if let plan = loaded.plan { return plan }
        throw LoadFault(
            description: DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        )
    }

    /// Why a plan that should be sound is not.
    struct LoadFault: Error, CustomStringConvertible {
        let description: String
    }
}

/// A flag is up or down.
struct FlagCondition: ConditionKind {
    enum State: String { case up, down }

    static let reference = Reference(
        "flag",
        "A flag is up, or down.",
        fields: [
            .required("name", .name, "the flag"),
            .optional("state", .choice(["up", "down"]), "what it should be", absent: "`up`"),
            .optional("steady-for", .duration, "how long without a break", absent: "a moment"),
        ],
        main: "name",
        timeout: .seconds(30),
        undone: "nothing to undo",
        example: "- flag: a"
    )

    let name: String
    let state: State
    let steadyFor: Duration

    init(_ name: String, _ state: State, steadyFor: Duration = .zero) {
        self.name = name
        self.state = state
        self.steadyFor = steadyFor
    }

    init?(_ fields: inout Fields) {
        let name = fields.name("name")
        let state: State? = fields.choice("state")
        let steadyFor = fields.duration("steady-for")
        guard let name else { return nil }
        self.init(name, state ?? .up, steadyFor: steadyFor ?? .zero)
    }

    var summary: String { "flag \(name) is \(state.rawValue)" }
    var subject: String? { "flag \(name)" }
    var query: Query { .path(TestCatalog.path(of: name)) }
    var queries: [Query] { [query] }

    func judge(_ answers: Answers) -> Verdict {
        switch answers[query] {
        case .path(.file): state == .up ? .holds : .doesNot("it is up")
        case .path(.absent): state == .down ? .holds : .doesNot("it is down")
        case .missing(let why): .unknown(why)
        default: .never("its path is no file")
        }
    }
}

/// Raises a flag.
struct RaiseStep: StepKind {
    static let reference = Reference(
        "raise",
        "Raises a flag.",
        fields: [.required("flag", .name, "the flag")],
        main: "flag",
        timeout: .seconds(10),
        undone: "by lowering it",
        example: "- raise: a"
    )

    let flag: String

    init(_ flag: String) { self.flag = flag }

    init?(_ fields: inout Fields) {
        guard let flag = fields.name("flag") else { return nil }
        self.init(flag)
    }

    var summary: String { "raise \(flag)" }
    var effect: Effect { .acquires }
    var goal: Goal { .condition(FlagCondition(flag, .up)) }
    var inverse: Inverse { .step(LowerStep(flag)) }
    func apply(_ seen: Answers) -> [Command] { [.tool("raise", flag)] }
}

/// Lowers a flag.
struct LowerStep: StepKind {
    static let reference = Reference(
        "lower",
        "Lowers a flag.",
        fields: [.required("flag", .name, "the flag")],
        main: "flag",
        timeout: .seconds(10),
        undone: "by raising it",
        example: "- lower: a"
    )

    let flag: String

    init(_ flag: String) { self.flag = flag }

    init?(_ fields: inout Fields) {
        guard let flag = fields.name("flag") else { return nil }
        self.init(flag)
    }

    var summary: String { "lower \(flag)" }
    var effect: Effect { .releases }
    var goal: Goal { .condition(FlagCondition(flag, .down)) }
    var inverse: Inverse { .step(RaiseStep(flag)) }
    func apply(_ seen: Answers) -> [Command] { [.tool("lower", flag)] }
}

/// Touches a name, of which nothing can be seen.
struct TouchStep: StepKind {
    static let reference = Reference(
        "touch",
        "Touches a name.",
        fields: [.required("name", .name, "what is touched")],
        main: "name",
        timeout: .seconds(5),
        undone: "nothing undoes it",
        example: "- touch: a"
    )

    let name: String

    init?(_ fields: inout Fields) {
        guard let name = fields.name("name") else { return nil }
        self.name = name
    }

    var summary: String { "touch \(name)" }
    var goal: Goal { .once(.repeat) }
    var inverse: Inverse { .none("a touch leaves nothing behind") }
    func apply(_ seen: Answers) -> [Command] { [.tool("touch", name)] }
}
