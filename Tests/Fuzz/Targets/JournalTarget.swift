import Engine
import Foundation
import Service
import Steps

/// The journal reader, the folds over what it reads, and what is decided of an unfinished run.
struct JournalTarget<Scope: JournalScope>: FuzzTarget {
    static var name: String { Scope.name }
    private static var heading: String { "heading" }
    private static var records: String { "records" }
    /// The plans of so many headings are remembered.
    private static var memory: Int { 1000 }

    let seeds: [Input]
    let tokens = JournalWords.all
    let fixed: Set<String> = Scope.fixed
    private var plans: [[UInt8]: Plan?] = [:]

    init(_ repository: Repository) {
        seeds = RecordedRun.all(repository).map {
            Input([(Self.heading, $0.heading), (Self.records, $0.records)])
        }
    }

    mutating func read(
        _ input: Input, _ generator: inout SplitMix
    ) throws(Finding) -> [String] {
        let head = input[Self.heading] ?? []
        let bytes = head + (input[Self.records] ?? [])
        let file: JournalFile
        switch JournalFile.read(bytes) {
        case .failure(let fault):
            try expect(!fault.text.isEmpty, "a fault says nothing")
            return ["fault \(fault.text.prefix(16))"]
        case .success(let read): file = read
        }
        try JournalCheck.checkRoundTrip(file, &generator)
        try JournalCheck.checkCut(bytes, at: generator.below(bytes.count + 1), file)
        var features = file.records.map { "\($0.fact)".prefix { $0 != "(" }.description }
        features.append("\(file.damaged.count.signum()) \(file.isTorn)")
        if plans.count > Self.memory { plans = [:] }
        if plans[head] == nil { plans[head] = try? file.heading.reload(.builtin).get() }
        guard let plan = plans[head] ?? nil else { return features + ["unfit"] }
        if plan.digest != file.heading.digest { return features }
        return features + (try JournalCheck.follow(file, plan, &generator))
    }
}

/// How much of a journal is mutated.
protocol JournalScope: SendableMetatype {
    static var name: String { get }
    static var fixed: Set<String> { get }
}

/// All of it.
enum WholeJournal: JournalScope {
    static let name = "journal"
    static let fixed: Set<String> = []
}

/// Its records alone, so that the plan is always there.
enum JournalRecords: JournalScope {
    static let name = "recovery"
    static let fixed: Set<String> = ["heading"]
}
