import Engine
import Steps

/// The patterns of parameters, as a plan writes them and a setting meets them.
struct PatternTarget: FuzzTarget {
    static let name = "pattern"

    let seeds: [Input]
    let tokens: [String]

    init(_ repository: Repository) {
        let pairs = [
            ("[a-z][a-z0-9-]*", "tank"), ("(a+)+", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
            ("(a|aa)*b?", "aaaaaaaaaaaaaaaa"), ("\\d{1,3}(\\.\\d{1,3}){3}", "10.0.0.1"),
            ("^vlan\\d+$", "vlan50"), ("[^\\s/]+", "a b"), ("x{2,5}y*", "xxxyy"),
            (".*", "é\u{301}"),
            ("(((a)))|b", "b"), ("a{1000}", "a"), ("[\\w.-]+@\\w+", "1@vlan50"), ("tank", "tank"),
        ]
        seeds = pairs.map { Input([("pattern", $0.0), ("text", $0.1)]) }
        tokens = [
            "*", "+", "?", "{2}", "{0,}", "{,3}", "{1000}", "{1,1000}", "(", ")", "|", "[", "]",
            "[^", "^", "$", "\\d", "\\W", "\\s", "\\", "-", ".", "a", "aaaaaaaa", "(?:", "(a*)*",
            "[z-a]", "[\\d-x]", "\u{1F468}",
        ]
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let pattern = input.text("pattern")
        let text = input.text("text")
        let plan =
            "plan: p\nparameters:\n  x: {type: string, pattern: \(Self.quoted(pattern))}\n"
            + "steps:\n  - log: '${x}'\n"
        let loaded = PlanLoader.load(
            "p", settings: [("x", text)], catalog: .builtin, platform: .freebsd
        ) { path in path == "p" ? .success(Array(plan.utf8)) : nil }
        try DiagnosticCheck.check(
            loaded.diagnostics, loaded.sources, isRefused: loaded.plan == nil)
        let features = loaded.diagnostics.map { "\($0.code) \($0.message.suffix(16))" }
        // A pattern of plain characters matches itself alone.
        if !text.isEmpty, Text.isPlain(pattern + text, besides: "_"), pattern.utf8.count < 400 {
            let isSame = pattern == text
            try expect((loaded.plan != nil) == isSame, "`\(pattern)` and `\(text)`")
        }
        return features + [loaded.plan == nil ? "refused" : "matches"]
    }

    /// The text between double quotes of YAML; what cannot stand there is written by its number.
    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": return "\\\""
            case "\\": return "\\\\"
            default:
                if (0x20..<0x7F).contains(scalar.value) { return String(scalar) }
                let digits = String(scalar.value, radix: 16)
                return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return "\"\(scalars.joined())\""
    }
}
