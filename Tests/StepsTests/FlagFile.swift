import Engine

/// Raises or lowers a flag file, such as a load balancer's health check reads.
struct FlagFile: StepKind {
    enum State: String { case up, down }

    static let reference = Reference(
        "flag-file", "Raises or lowers a flag file.",
        notes: "The file is empty. Its folder must exist.",
        fields: [
            .required("path", .path, "the file"),
            .optional("state", .choice(["up", "down"]), "what it should be", absent: "`up`"),
        ],
        main: "path", timeout: .seconds(5), undone: "the other state",
        example: "- flag-file: /var/run/serving")

    let path: String
    let state: State

    init?(_ fields: inout Fields) {
        let path = fields.path("path")
        let state: State? = fields.choice("state")
        guard let path else { return nil }
        self.init(path: path, state: state ?? .up)
    }

    init(path: String, state: State) {
        self.path = path
        self.state = state
    }

    var summary: String { "\(state == .up ? "raise" : "lower") the flag \(path)" }
    var effect: Effect { state == .up ? .acquires : .releases }
    var goal: Goal { .condition(FlagIs(path: path, state: state)) }
    var inverse: Inverse { .step(FlagFile(path: path, state: state == .up ? .down : .up)) }

    func apply(_ seen: Answers) -> [Command] {
        [state == .up ? .tool("touch", path) : .tool("rm", "-f", path)]
    }
}

/// The flag file is there, or it is not.
struct FlagIs: Condition {
    let path: String
    let state: FlagFile.State

    var summary: String { "the flag \(path) is \(state.rawValue)" }
    var queries: [Query] { [.path(path)] }
    var subject: String? { "flag \(path)" }

    func judge(_ answers: Answers) -> Verdict {
        switch (answers[.path(path)], state) {
        case (.path(.file), .up), (.path(.absent), .down): .holds
        case (.path(let kind), _): .doesNot(kind.rawValue)
        case (.missing(let why), _): .unknown(why)
        default: .unknown("no answer for the path")
        }
    }
}
