/// A reader of what others wrote, and what must be so of it whatever they wrote.
protocol FuzzTarget: SendableMetatype {
    /// The name on the command line and of the folder in the corpus.
    static var name: String { get }
    /// What the mutations begin with.
    var seeds: [Input] { get }
    /// What is put in here and there.
    var tokens: [String] { get }
    /// The parts that are not mutated.
    var fixed: Set<String> { get }

    init(_ repository: Repository)

    /// Reads the input, checks what came of it and answers with its features: an input that has
    /// one which none had before is mutated further.
    mutating func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String]
}

extension FuzzTarget {
    var fixed: Set<String> { [] }
}

/// What should not be so.
struct Finding: Error {
    let why: String

    init(_ why: String) { self.why = why }
}

/// Says what should not be so, unless it is as it should be.
func expect(_ isSo: Bool, _ why: @autoclosure () -> String) throws(Finding) {
    if !isSo { throw Finding(why()) }
}
