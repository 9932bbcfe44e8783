import Engine
import Testing

/// What YAML reads as, and the code and place of each fault.
@Suite struct SourceYAMLTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let node: String
        var faults: [String] = []
        var testDescription: String { text.debugDescription }

        init(_ text: String, _ node: String, _ faults: String...) {
            self.text = text
            self.node = node
            self.faults = faults
        }
    }

    static let cases = [
        Case("", "~"),
        Case("# nothing\n", "~"),
        Case("---\n...\n", "~"),
        Case("a", "a"),
        Case("'a'", "\"a\""),
        Case("|\n a\n b\n", "\"a\nb\n\""),
        Case("a: b\nc: [d, 'e', f: g]", "{a: b, c: [d, \"e\", {f: g}]}"),
        Case("\u{FEFF}a: b\r\nc: é\r\n", "{a: b, c: é}"),
        Case("a: on\nb: 0755\nc: 1:30\nd: ~", "{a: on, b: 0755, c: 1:30, d: ~}"),
        Case("a: &x [b]\nc: *x", "{a: [b], c: [b]}"),
        Case("- &x {a: 1, b: 2}\n- <<: *x\n  b: 3", "[{a: 1, b: 2}, {b: 3, a: 1}]"),
        Case(
            "- &x {a: 1}\n- &y {a: 2, b: 2}\n- {<<: [*x, *y]}",
            "[{a: 1}, {a: 2, b: 2}, {a: 1, b: 2}]"
        ),
        Case("'<<': {a: 1}", "{<<: {a: 1}}"),
        Case("&k a: b\nc: *k", "{a: b, c: a}"),
        Case("a: &x b\nc: &x d\ne: *x", "{a: b, c: d, e: d}"),
        Case("a: 1\nb: 2\na: 3", "{a: 1, b: 2}", "duplicate-key 3:1"),
        Case("a: *b", "{a: ~}", "unknown-alias 1:4"),
        Case("a: &x\n  b: *x", "{a: {b: ~}}", "recursive-alias 2:6"),
        Case("<<: b", "{}", "bad-merge 1:5"),
        Case("[a]: b", "{}", "bad-key 1:1"),
        Case("? {a: b}\n: c", "{}", "bad-key 1:3"),
        Case("? \n: a", "{}", "bad-key 1:2"),
        Case(": a", "-", "not-yaml 1:1"),
        Case("a: !!int 5", "{a: 5}", "tag 1:4"),
        Case("--- a\n--- b\n", "a", "second-document 2:1"),
        Case("a: {b: ${c}}", "-", "unquoted-reference 1:9"),
        Case("[a,\n ${c}]", "-", "unquoted-reference 2:3"),
        Case("a: {b: '${c}'}", "{a: {b: \"${c}\"}}"),
        Case("a: ${b} c", "{a: ${b} c}"),
        Case("a:\n\tb: c", "-", "tab 2:1"),
        Case("a:\n  b: c\n\td: e", "-", "tab 3:1"),
        Case("a: b: c", "-", "not-yaml 1:5"),
        Case("a: \"b", "-", "not-yaml 1:4"),
        Case("a: [b", "-", "not-yaml 1:4"),
        Case("a: {b", "-", "not-yaml 1:4"),
        Case("a: [", "-", "not-yaml 1:5"),
        Case("a: @b", "-", "not-yaml 1:4"),
        Case("a: \"\\q\"", "-", "not-yaml 1:5"),
        Case("a: b\n c: d", "-", "not-yaml 2:3"),
        Case("a:\n  - b\n  c: d", "-", "not-yaml 3:3"),
        Case("a: 'b' c", "-", "not-yaml 1:8"),
        Case("a: %b", "-", "not-yaml 1:4"),
        Case("a\u{0}b", "-", "control-character 1:2"),
        Case("a: b\n\u{1B}[31m", "-", "control-character 2:1"),
        Case("a: \"\\0\"", "{a: \"\u{0}\"}"),
        Case("a: b\u{2028}c: d", "{a: b, c: d}"),
    ]

    @Test(arguments: cases) func reads(_ item: Case) {
        let (text, faults) = Self.read(Array(item.text.utf8))
        #expect(text == item.node)
        #expect(faults == item.faults)
    }

    static let bytes: [([UInt8], String)] = [
        ([0x61, 0x0A, 0xFF], "not-utf-8 2:1"),
        ([0xEF, 0xBB, 0xBF, 0x61, 0xC3], "not-utf-8 1:2"),
        ([0xC3, 0x28], "not-utf-8 1:2"),
        ([0xED, 0xA0, 0x80], "not-utf-8 1:1"),
        ([0xFF, 0xFE, 0x61, 0x00], "not-utf-8 1:1"),
    ]

    @Test(arguments: bytes) func refusesWhatIsNoText(_ bytes: [UInt8], _ fault: String) {
        #expect(Self.read(bytes).faults == [fault])
    }

    @Test func spansAreExact() throws {
        let text = SourceText(name: "t", bytes: Array("é: [a, 'bc']\nd:\n  e: |\n    f\n".utf8))
        var diagnostics = Diagnostics()
        let root = try #require(YAML.read(text, source: 7, &diagnostics))
        func place(_ span: Span) -> [Int] {
            [span.line, span.column, span.endLine, span.endColumn]
        }
        let entries = try #require(root.entries)
        #expect(place(entries[0].keySpan) == [1, 1, 1, 2])
        #expect(place(entries[0].value.span) == [1, 4, 1, 13])
        #expect(place(try #require(entries[0].value.items)[1].span) == [1, 8, 1, 12])
        #expect(place(try #require(root["d"]).span) == [3, 3, 5, 1])
        #expect(entries[1].keySpan.source == 7)
    }

    @Test func linesAreThoseOfLibyaml() {
        let text = SourceText(name: "t", bytes: Array("\u{FEFF}a\r\nb\rc\nd\u{85}e\u{2028}\n".utf8))
        #expect(text.lines == ["a", "b", "c", "d", "e", "", ""])
    }

    static func read(_ bytes: [UInt8]) -> (text: String, faults: [String]) {
        var diagnostics = Diagnostics()
        let text = SourceText(name: "t", bytes: bytes)
        let node = YAML.read(text, source: 0, &diagnostics)
        let faults = diagnostics.all.map { fault in
            fault.code + (fault.span.map { " \($0.line):\($0.column)" } ?? "")
        }
        return (node.map(describe) ?? "-", faults)
    }

    private static func describe(_ node: Node) -> String {
        switch node.content {
        case .scalar(let text, let quoted):
            node.isNull ? "~" : quoted ? "\"\(text)\"" : text
        case .list(let items): "[" + items.map(describe).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\($0.key): \(describe($0.value))" }.joined(separator: ", ") + "}"
        }
    }
}
