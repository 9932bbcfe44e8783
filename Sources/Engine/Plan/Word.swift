/// A word of the plan language itself: what is neither a kind of step nor one of condition.
public struct Word: Sendable {
    /// The word.
    public let name: String
    /// Where it stands, behind "it stands": `beside a step`.
    public let place: String
    /// What it means, in one sentence.
    public let meaning: String

    private init(_ name: String, _ place: String, _ meaning: String) {
        self.name = name
        self.place = place
        self.meaning = meaning
    }

    /// The word of this name.
    public static func named(_ name: String) -> Word? { all.first { $0.name == name } }

    /// All words: those of a plan, of a list of steps, beside a step, and below other words.
    public static let all = plan + members + modifiers + details

    private static let top = "at the top of a plan"
    private static let inSteps = "in a list of steps"
    private static let besideStep = "beside a step"
    private static let besideBoth = "beside a step or a group"
    private static let besideForEach = "beside `for-each`"
    private static let inRetry = "below `retry`"
    private static let inParameter = "in the long hand of a parameter"

    private static let plan = [
        Word("plan", top, "The plan's name."),
        Word("direction", top, "Whether the plan takes the pair over or gives it up."),
        Word("counterpart", top, "The file of the plan of the opposite direction."),
        Word("parameters", "at the top of a plan or a site", "What a site can settle."),
        Word(
            "recovery-time-objective", top, "An aim; the summary says whether it was met."),
        Word("roll-back-timeout", top, "The budget of the way back."),
        Word("when-superseded", top, "What follows a newer signal."),
        Word("require", top, "Conditions that must hold before any effect."),
        Word("steps", "at the top of a plan and beside `for-each`", "What is to be done."),
        Word("if-failed", top, "Steps that run after a failure was taken back."),
        Word("allow", top, "The codes of the warnings that the plan means to give."),
        Word("if-stuck", "at the top of a release plan", "What follows when it cannot go on."),
    ]

    private static let members = [
        Word("sequence", inSteps, "A group whose steps run one after the other."),
        Word("parallel", inSteps, "A group whose steps run side by side."),
        Word("for-each", inSteps, "A group that repeats its steps for each item of a list."),
        Word(
            "point-of-no-return", inSteps,
            "From here on nothing is undone: the run goes forward, and tries again."),
    ]

    private static let modifiers = [
        Word("name", besideBoth, "What a person reads instead of what the step does."),
        Word("timeout", besideBoth + ", and at the top of a plan", "The limit, over all attempts."),
        Word("attempt-timeout", besideStep, "The limit of one attempt."),
        Word("retry", besideStep, "How often it is tried, and how long apart."),
        Word("when", besideBoth, "A condition that decides, once, whether it runs at all."),
        Word("guard", besideBoth, "Conditions that must hold before each effect and during it."),
        Word(
            "on-failure", besideBoth + ", and at the top of a plan",
            "What follows its failure; beside a step or a group `continue`, a warning."),
        Word("undo", besideStep, "The step that takes it back, instead of its own inverse."),
    ]

    private static let details = [
        Word("in", besideForEach, "The list that is gone through."),
        Word("at-once", besideForEach, "How many turns may be under way together."),
        Word("allow-failures", besideForEach, "How many turns may fail without harm."),
        Word("attempts", inRetry, "How often the step is tried in total."),
        Word("delay", inRetry, "The wait before the second attempt."),
        Word("backoff", inRetry, "What each further wait is multiplied by."),
        Word("type", inParameter, "What kind of value it has."),
        Word("default", inParameter, "Its value when nobody settles it."),
        Word("pattern", inParameter, "A regular expression that its whole value must match."),
        Word("choices", inParameter, "The values that it can take."),
        Word("optional", inParameter, "Whether nobody need settle it."),
        Word("secret", inParameter, "Whether its value is the path of a file that holds a secret."),
        Word("description", inParameter + ", and at the top of a plan", "What it is for."),
    ]
}
