import Engine
import Testing

/// Every limit of the reader, and that no input takes it long or down.
@Suite struct SourceLimitTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: @Sendable () -> String
        let code: String?
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "longest file", text: { "# " + repeated("x", YAML.sizeLimit - 2) }, code: nil),
        Case(
            name: "too long",
            text: { "# " + repeated("x", YAML.sizeLimit - 1) },
            code: "file-too-large"
        ),
        Case(
            name: "many slips in one line",
            text: { "a: [" + repeated("${x} ", 200_000) },
            code: "unquoted-reference"
        ),
        Case(
            name: "many slips",
            text: { repeated("- {a: ${x}\n", 90_000) },
            code: "unquoted-reference"
        ),
        Case(name: "deepest", text: { repeated("[", 64) + repeated("]", 64) }, code: nil),
        Case(name: "too deep", text: { repeated("[", 65) + repeated("]", 65) }, code: "too-deep"),
        Case(name: "very deep", text: { repeated("[", 1_000_000) }, code: "too-deep"),
        Case(name: "deep maps", text: { repeated("{a: ", 200_000) }, code: "too-deep"),
        Case(name: "deep lists", text: { repeated("- ", 500_000) }, code: "too-deep"),
        Case(name: "deep keys", text: { repeated("? ", 500_000) }, code: "too-deep"),
        Case(
            name: "many values",
            text: { "[" + repeated("a,", 249_998) + "a]" },
            code: nil
        ),
        Case(
            name: "too many values",
            text: { "[" + repeated("a,", 250_000) + "a]" },
            code: "too-many-values"
        ),
        Case(
            name: "many aliases",
            text: { "[&a x" + repeated(",*a", 1000) + "]" },
            code: nil
        ),
        Case(
            name: "too many aliases",
            text: { "[&a x" + repeated(",*a", 1001) + "]" },
            code: "too-many-aliases"
        ),
        Case(
            name: "alias bomb",
            text: {
                (1...20).reduce("a0: &a0 [x, x]\n") { text, index in
                    let alias = "*a\(index - 1)"
                    return text + "a\(index): &a\(index) [\(alias), \(alias)]\n"
                }
            },
            code: "alias-expansion"
        ),
        Case(
            name: "many merges of a large map",
            text: {
                let large = (0..<10_000).map { "k\($0): v\n" }.joined()
                return "- &large\n" + indented(large) + repeated("- <<: *large\n", 900)
            },
            code: "alias-expansion"
        ),
        Case(
            name: "many anchors, many unknown aliases",
            text: {
                (0..<50_000).map { "- &a\($0) x\n" }.joined() + repeated("- *b\n", 1000)
            },
            code: "unknown-alias"
        ),
        Case(
            name: "many duplicate keys",
            text: { repeated("a: b\n", 200_000) },
            code: "duplicate-key"
        ),
        Case(name: "one long line", text: { repeated("a b ", 250_000) }, code: nil),
        Case(name: "one long key", text: { repeated("a", 1_000_000) + ": b" }, code: "not-yaml"),
        Case(name: "line breaks", text: { repeated("\n", 1_000_000) + "]" }, code: "not-yaml"),
    ]

    @Test func aLongFileIsToldItsLimit() {
        var diagnostics = Diagnostics()
        let bytes = [UInt8](repeating: 0x20, count: YAML.sizeLimit + 1)
        _ = YAML.read(SourceText(name: "x.yaml", bytes: bytes), source: 0, &diagnostics)
        #expect(
            diagnostics.all.map(\.message) == ["x.yaml has more than 1 MiB, which is the limit"])
    }

    @Test(arguments: cases) func answersQuickly(_ item: Case) {
        let bytes = Array(item.text().utf8)
        let began = ContinuousClock.now
        let (text, faults) = SourceYAMLTests.read(bytes)
        // An optimized build needs well under a second; this only shows that nothing hangs.
        #expect(ContinuousClock.now - began < .seconds(60))
        #expect(faults.first?.split(separator: " ").first.map(String.init) == item.code)
        #expect(item.code != nil || text != "-")
    }

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)\n" }.joined()
    }
}
