import Engine
import Steps

/// The readers of what tools print: every condition and step of the facts, with other answers.
struct ToolTarget: FuzzTarget {
    static let name = "tools"
    private static let asks = "asks"
    /// What a person reads of a look is bounded, however much a tool prints.
    private static let detailLimit = 4000

    let seeds: [Input]
    let tokens: [String]
    let fixed: Set<String> = [Self.asks]
    private var cases: [String: ToolCase?] = [:]

    init(_ repository: Repository) {
        let folder = "Tests/Facts"
        let facts = repository.files(under: folder, ending: ".txt")
        seeds = facts.map { FactText(repository.text("\(folder)/\($0)")).input(asks: Self.asks) }
        tokens = [
            "exit 0", "exit 1", "exit 255", "signal 9", "missing why", "not-started why",
            "unavailable why", "\nstderr:\n", "ONLINE", "DEGRADED", "SUSPENDED", "FAULTED",
            "UNAVAIL", "tank", "tank/a", "disk0", "disk0:", "role: primary", "role: secondary",
            "status: complete", "status: degraded", "dirty: 0 (0B)", "workerpid: 1", "error: 1",
            "carp: MASTER vhid 1 advbase 1 advskew 0", "yes", "no", "on", "off", "noauto", "legacy",
            "none", "/tank", "-", "\t", "is running as pid 1.", "is not running.", "iqn.2026-01",
            "no such pool", "does not exist", "cannot open", "Received error 1 from hastd",
            "Unable to connect to hastd", "hastd: disk0 (secondary)", "hastd: disk0 (primary)",
            "ActiveState=active", "ActiveState=failed", "LoadState=not-found", "Job=1",
            "/sys/kernel/config/target/version:1", "/tpgt_1/enable:1", "/lun/lun_0/x/enable:1",
            "Target 1: iqn.2026-01", "State: ready", "Online: Yes", "I_T nexus: 1",
            "Backing store path: /dev/x", "tgt daemon, ", "rpc.mountd", ", skipped",
        ]
    }

    mutating func read(
        _ input: Input, _ generator: inout SplitMix
    ) throws(Finding) -> [String] {
        var features: [String] = []
        for line in input.text(Self.asks).split(separator: "\n").map(String.init) {
            if cases[line] == nil { cases[line] = ToolCase(line) }
            guard let asked = cases[line] ?? nil else { continue }
            try check(asked, silent: input)
            features += try check(asked, FactAnswers(input))
        }
        return features
    }

    private func check(
        _ asked: ToolCase, _ facts: FactAnswers
    ) throws(Finding) -> [String] {
        var features: [String] = []
        for condition in asked.conditions {
            let verdict = condition.judge(facts.answers(to: condition.queries))
            try expect(
                verdict.detail.utf8.count <= Self.detailLimit,
                "\(asked.line): a detail of \(verdict.detail.utf8.count) bytes")
            features.append("\(asked.kind) \("\(verdict)".prefix(24))")
        }
        guard let step = asked.step, case .condition(let goal) = step.goal else { return features }
        let seen = facts.answers(to: goal.queries)
        _ = step.caution(seen)
        let commands = step.apply(seen)
        for command in commands { try check(command, asked) }
        features.append("\(asked.kind) \(commands.count)")
        for (command, output) in commands.flatMap({ command in
            facts.outputs.map { (command, $0) }
        }).prefix(20) {
            let assessment = step.assess(command, output, after: seen)
            features.append("\(asked.kind) \("\(assessment)".prefix(16))")
        }
        return features
    }

    /// What a tool printed must not become an option of another.
    private func check(_ command: Command, _ asked: ToolCase) throws(Finding) {
        guard case .tool(let argv) = command.action else { return }
        try expect(argv.first?.isEmpty == false, "\(asked.line): a command without a tool")
        for word in argv.dropFirst() where word.hasPrefix("-") {
            try expect(
                asked.options.contains(word), "\(asked.line): the option \(word) of \(argv)")
        }
        for word in argv {
            try expect(!word.contains("\0"), "\(asked.line): a zero byte in \(argv)")
        }
    }

    /// A tool that printed nothing shows nothing, whatever its exit code was; but that of
    /// `service NAME onestatus` is all that many a script says of itself when it runs, and `ip`
    /// ends well without a word of an interface that has no address. Where the kernel's own files
    /// tell, systemd is asked only whether something is to come: one that is silent stops nobody.
    private func check(_ asked: ToolCase, silent input: Input) throws(Finding) {
        guard asked.kind != "command" else { return }
        for condition in asked.conditions {
            let looks = condition.queries.contains { query in
                if case .command = query { true } else { false }
            }
            let isOfKernel = condition.queries.contains(.text("/proc/fs/nfsd/threads"))
            guard looks, !isOfKernel else { continue }
            let maySayNothing = condition.queries.contains { query in
                guard case .command(let look) = query else { return false }
                return look.argv.last == "onestatus" || look.argv.first == "ip"
            }
            for code: Int32 in maySayNothing ? [1, 64, 127] : [0, 1, 64, 127] {
                let facts = FactAnswers(input, silencedWith: code)
                let verdict = condition.judge(facts.answers(to: condition.queries))
                try expect(
                    verdict != .holds, "\(asked.line) holds by a tool that printed nothing")
            }
        }
    }
}
