import Engine
import Steps

/// The reader of `signals.yaml`, and what its rules select.
struct SignalsTarget: FuzzTarget {
    static let name = "signals"
    private static let path = "signals.yaml"
    private static let longest = Duration.seconds(3600)

    let seeds: [Input]
    let tokens: [String]

    init(_ repository: Repository) {
        let folders =
            ["plans"]
            + repository.names(in: "Tests/Cases").filter { $0.hasPrefix("signals-") }
            .map { "Tests/Cases/\($0)" }
        seeds = folders.map { folder in
            Input(
                [Self.path, "site.yaml"].filter { repository.bytes("\(folder)/\($0)") != nil }
                    .map { ($0, repository.text("\(folder)/\($0)")) })
        }.filter { $0[Self.path] != nil }
        let words = [
            "pairs", "pair", "acquire", "release", "match", "carp", "interface", "keepalived",
            "hast", "drbd", "run", "settle", "only-if", "within", "signal", "at-most", "MASTER",
            "BACKUP", "1@vlan50 MASTER", "carp0 LINK_UP", "INSTANCE VI_1 MASTER",
            "INSTANCE \"VI 1\" MASTER", "split-brain disk0", "role r0 Primary", "quorum r0 no",
            "\n  - pair: x", "\n    - carp: 1@vlan50 MASTER",
        ]
        tokens = words.flatMap { [$0, "\($0): "] } + PlanWords.all
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let loaded = load(input)
        try DiagnosticCheck.check(
            loaded.diagnostics, loaded.sources, isRefused: loaded.signals == nil)
        let features = loaded.diagnostics.map { "\($0.code) \($0.note?.prefix(12) ?? "")" }
        guard let signals = loaded.signals else { return features }
        try expect(!signals.pairs.isEmpty, "signals of no pair")
        let names = signals.pairs.map(\.name)
        try expect(Set(names).count == names.count, "two pairs share a name")
        for pair in signals.pairs { try check(pair, in: signals) }
        try expect(
            load(input).signals?.pairs.map(\.name) == names, "signals load again to other pairs")
        return features + ["\(signals.pairs.count) pairs"]
    }

    private func load(_ input: Input) -> Signals.Loaded {
        Signals.load(
            Self.path, catalog: .builtin, platform: .freebsd, read: Files(input).read)
    }

    private func check(_ pair: Signals.Pair, in signals: Signals) throws(Finding) {
        let isPlain = Text.isPlain(pair.name, besides: "_.-") && pair.name.utf8.count <= 64
        try expect(isPlain && pair.name.first != ".", "a pair's name cannot name a folder")
        for direction in Plan.Direction.allCases {
            let rule = pair[direction]
            try select(.named(rule.signal), pair, signals)
            for match in rule.matches { try select(Self.notice(match), pair, signals) }
            for attempt in [1, 2, 30, 10_000, Int.max] {
                let pause = rule.retry.delay(after: attempt)
                try expect(pause >= .zero && pause <= Self.longest, "a pause is \(pause)")
            }
            try expect(rule.settle >= .zero && rule.within >= .zero, "a time is negative")
            try expect(rule.settle <= Self.longest, "a settle has no limit")
            try expect(
                direction == .release || !rule.onlyIf.isEmpty, "an acquire that nothing confirms")
        }
    }

    private func select(
        _ notice: Notice, _ pair: Signals.Pair, _ signals: Signals
    ) throws(Finding) {
        let isSelected = signals.select(notice).contains { $0.pair.name == pair.name }
        try expect(isSelected, "\(notice.text) does not select \(pair.name), which names it")
    }

    private static func notice(_ match: Signals.Match) -> Notice {
        switch match {
        case .carp(let vhid, let interface, let state):
            .carp(vhid: vhid, interface: interface, state: state)
        case .interface(let name, let type): .interface(name: name, type: type)
        case .keepalived(let kind, let name, let state):
            .keepalived(kind: kind, name: name, state: state)
        case .hast(let event, let resource): .hast(event: event, resource: resource, roles: [])
        case .drbd(let event, let resource, let state):
            .drbd(event: event, resource: resource, state: state)
        }
    }
}
