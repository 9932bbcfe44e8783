import Foundation

/// The process that reads the inputs of one target: the corpus, the seeds, then what it makes.
struct Reader<Target: FuzzTarget> {
    /// The exit code after an input of which something is not so.
    static var exitCode: Int32 { 41 }
    /// So many inputs that reached something new are kept at hand, besides the seeds.
    private static var poolLimit: Int { 400 }
    /// One that is longer is not changed further unless a seed is as long: long ones are slow.
    private static var poolSize: Int { 8 << 10 }
    /// What is kept in the corpus is small, not many, and nothing that any run soon comes upon.
    private static var keptSize: Int { 3 << 10 }
    private static var keptLimit: Int { 5 }
    private static var keptAfter: Int { 3000 }
    /// A failing input is made smaller by so many trials at most.
    private static var trials: Int { 2000 }

    private let options: FuzzOptions
    private let notes: Notes
    private let corpus: Corpus
    private let mutator: Mutator
    private let stopwatch = Stopwatch()
    private var target: Target
    private var pool: [Input] = []
    private var seen: Set<String> = []
    private var number = 0
    private var kept = 0

    init(_ options: FuzzOptions, notes: String) throws {
        let repository = Repository(options.root)
        self.options = options
        self.notes = try Notes(path: notes)
        corpus = Corpus(repository: repository, target: Target.name)
        target = Target(repository)
        mutator = Mutator(tokens: target.tokens, fixed: target.fixed)
    }

    /// Reads until the time is up; says on standard output how many inputs there were.
    mutating func run() throws {
        precondition(!target.seeds.isEmpty, "\(Target.name) has no seeds")
        for entry in corpus.entries { try take(entry.input, "corpus \(entry.name)") }
        for (index, seed) in target.seeds.enumerated() { try take(seed, "seed \(index)") }
        let seeds = pool.count
        let longest = max(Self.poolSize, target.seeds.map(\.size).max() ?? 0)
        let end = ContinuousClock.now + .milliseconds(options.milliseconds)
        while !options.isCorpusOnly, number < options.inputs, ContinuousClock.now < end {
            var generator = SplitMix(seed: options.seed, target: Target.name, number: number)
            let input = mutator.mutated(
                generator.pick(pool), with: generator.pick(pool), &generator)
            let hasNews = try take(input, "input \(number) of seed \(options.seed)")
            if hasNews && input.size <= longest { keep(input, seeds) }
        }
        say("done \(number)")
    }

    /// Reads one input; whether it showed anything new.
    @discardableResult
    private mutating func take(_ input: Input, _ label: String) throws -> Bool {
        defer { number += 1 }
        // One that came before this process begins was read by another, which it ended.
        let isPassed = number < options.first
        if !label.hasPrefix("input") { pool.append(input) }
        guard !isPassed else { return false }
        try notes.write(number, label, input)
        do throws(Finding) {
            let features = try attempt(input)
            let count = seen.count
            seen.formUnion(features)
            return seen.count > count
        } catch {
            let (small, finding) = shrunk(input, error)
            try notes.write(number, label, small)
            say("finding \(finding.why)")
            exit(Self.exitCode)
        }
    }

    private mutating func attempt(_ input: Input) throws(Finding) -> [String] {
        stopwatch.start()
        defer { stopwatch.stop() }
        var generator = SplitMix(fingerprint(input.file))
        return try target.read(input, &generator)
    }

    private mutating func keep(_ input: Input, _ seeds: Int) {
        if pool.count - seeds < Self.poolLimit { pool.append(input) }
        guard options.keeps, number > Self.keptAfter, kept < Self.keptLimit,
            input.size <= Self.keptSize
        else { return }
        kept += 1
        _ = try? corpus.keep(input, as: "rare")
    }

    /// A smaller input of which something is not so either.
    private mutating func shrunk(_ input: Input, _ finding: Finding) -> (Input, Finding) {
        var shrinker = Shrinker(input, fixed: target.fixed)
        var finding = finding
        for _ in 0..<Self.trials {
            guard let smaller = shrinker.next() else { break }
            do throws(Finding) {
                _ = try attempt(smaller)
                shrinker.reject()
            } catch {
                finding = error
                shrinker.accept(smaller)
            }
        }
        return (shrinker.input, finding)
    }
}
