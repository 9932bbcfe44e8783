import Engine
import Steps

/// A reader of what comes in from outside, and what its notice selects.
struct NoticeTarget<Kind: NoticeKind>: FuzzTarget {
    static var name: String { Kind.name }
    private static var textLimit: Int { 400 }

    let seeds: [Input]
    let tokens: [String]
    private let signals: Signals?

    init(_ repository: Repository) {
        seeds = Kind.seeds.map { Input([(Kind.part, $0)]) }
        tokens = Kind.tokens + NoticeWords.all
        let read: PlanLoader.Read = { path in
            path == "signals.yaml" ? .success(Array(NoticeWords.signals.utf8)) : nil
        }
        signals =
            Signals.load("signals.yaml", catalog: .builtin, platform: .freebsd, read: read).signals
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        guard let signals else { throw Finding("the target's own signals do not load") }
        switch Kind.read(input.text(Kind.part)) {
        case .failure(let refusal):
            try expect(Text.isPrintable(refusal.why), "a refusal steers a terminal")
            try expect(refusal.why.utf8.count <= Self.textLimit, "a refusal is long")
            return ["refused \(refusal.why.suffix(24))"]
        case .success(nil): return ["of no interest"]
        case .success(let notice?):
            let text = notice.text
            try expect(text.utf8.count <= Self.textLimit, "a notice is long: \(text)")
            try expect(Text.isPrintable(text), "a notice steers a terminal")
            try NoticeCheck.check(notice)
            try Kind.check(input.text(Kind.part), notice)
            let selected = signals.select(notice).map { "\($0.pair.name) \($0.direction)" }
            try expect(Set(selected).count == selected.count, "a notice selects a pair twice")
            return selected + [String(text.prefix(12))]
        }
    }
}

/// One source of notices.
protocol NoticeKind: SendableMetatype {
    static var name: String { get }
    /// The name of the input's part.
    static var part: String { get }
    static var seeds: [String] { get }
    static var tokens: [String] { get }
    static func read(_ text: String) -> Result<Notice?, Refusal>
    /// What must be so besides.
    static func check(_ text: String, _ notice: Notice) throws(Finding)
}

extension NoticeKind {
    static var part: String { "line" }
    static func check(_ text: String, _ notice: Notice) throws(Finding) {}

    /// Arguments stand in one part with a zero byte between them, which no argument can hold.
    static func arguments(_ text: String) -> [String] {
        text.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
    }
}
