import Engine
import Testing

/// How diagnostics are laid out; the words themselves are held by the case folders.
@Suite struct DiagnosticsTextTests {
    private static func span(
        _ line: Int,
        _ column: Int,
        _ endLine: Int,
        _ endColumn: Int,
        source: Int = 0
    ) -> Span {
        Span(source: source, line: line, column: column, endLine: endLine, endColumn: endColumn)
    }

    private static func source(_ text: String, name: String = "a.yaml") -> SourceText {
        SourceText(name: name, bytes: Array(text.utf8))
    }

    @Test func noneIsNothing() {
        #expect(DiagnosticText.render([], sources: []).isEmpty)
    }

    @Test func sortsByFileAndLineAndCounts() {
        let text = DiagnosticText.render(
            [
                Diagnostic(.warning, code: "d", "four", at: Self.span(1, 1, 1, 2, source: 1)),
                Diagnostic(code: "c", "three", at: Self.span(10, 1, 10, 2)),
                Diagnostic(code: "b", "two", at: Self.span(2, 3, 2, 4), note: "x\ny", help: "z"),
                Diagnostic(code: "a", "one", at: nil, help: "w"),
            ],
            sources: [
                Self.source("l1\nl2b\n3\n4\n5\n6\n7\n8\n9\nten"), Self.source("b", name: "b.yaml"),
            ]
        )
        #expect(
            text == """
                error[a]: one
                 = help: w

                error[b]: two
                 --> a.yaml:2:3
                  |
                2 | l2b
                  |   ^
                  = note: x
                          y
                  = help: z

                error[c]: three
                  --> a.yaml:10:1
                   |
                10 | ten
                   | ^

                warning[d]: four
                 --> b.yaml:1:1
                  |
                1 | b
                  | ^

                3 errors, 1 warning

                """
        )
    }

    struct Excerpt: Sendable, CustomTestStringConvertible {
        let line: String
        let span: Span
        let shown: [String]
        var testDescription: String { shown.joined() }
    }

    static let excerpts = [
        Excerpt(line: "ab cd", span: span(1, 4, 1, 6), shown: ["1 | ab cd", "  |    ^^"]),
        Excerpt(line: "ab", span: span(1, 3, 1, 3), shown: ["1 | ab", "  |   ^"]),
        Excerpt(line: "ab", span: span(1, 9, 1, 12), shown: ["1 | ab", "  |   ^"]),
        Excerpt(line: "ab cd", span: span(1, 1, 4, 2), shown: ["1 | ab cd", "  | ^^^^^"]),
        Excerpt(line: "\ta", span: span(1, 2, 1, 3), shown: ["1 |  a", "  |  ^"]),
        Excerpt(line: "é日a", span: span(1, 3, 1, 4), shown: ["1 | é日a", "  |    ^"]),
        Excerpt(line: "e\u{301}a", span: span(1, 3, 1, 4), shown: ["1 | e\u{301}a", "  |  ^"]),
        Excerpt(
            line: "a\u{1B}[31mb\u{202E}c",
            span: span(1, 7, 1, 8),
            shown: ["1 | a�[31mb�c", "  |       ^"]
        ),
        Excerpt(
            line: String(repeating: "x", count: 300),
            span: span(1, 1, 1, 301),
            shown: [
                "1 | " + String(repeating: "x", count: 100) + "…",
                "  | " + String(repeating: "^", count: 100),
            ]
        ),
        Excerpt(
            line: String(repeating: "x", count: 200) + "y" + String(repeating: "z", count: 200),
            span: span(1, 201, 1, 202),
            shown: [
                "1 | …" + String(repeating: "x", count: 30) + "y"
                    + String(repeating: "z", count: 69)
                    + "…",
                "  |  " + String(repeating: " ", count: 30) + "^",
            ]
        ),
    ]

    @Test(arguments: excerpts) func excerpt(_ item: Excerpt) {
        let text = DiagnosticText.render(
            [Diagnostic(code: "a", "b", at: item.span)],
            sources: [Self.source(item.line)]
        )
        #expect(text.split(separator: "\n")[3...4].map(String.init) == item.shown)
    }

    @Test func coloursAreEscapesAroundTheSameText() {
        let fault = Diagnostic(.warning, code: "a", "b", at: Self.span(1, 1, 1, 2), note: "c")
        let sources = [Self.source("x")]
        let coloured = DiagnosticText.render([fault], sources: sources, style: .coloured)
        #expect(coloured.contains("\u{1B}[1;33mwarning[a]\u{1B}[0m"))
        var plain = coloured
        for code in ["0", "1", "1;31", "1;33", "1;34"] {
            plain = plain.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false)
                .joined()
        }
        #expect(plain == DiagnosticText.render([fault], sources: sources))
    }

    @Test func whatIsQuotedCannotSteerTheTerminal() {
        let fault = Diagnostic(code: "a", "\u{1B}[2J", at: nil, note: "\u{9B}1m", help: "\u{202E}x")
        let text = DiagnosticText.render([fault], sources: [])
        #expect(text == "error[a]: �[2J\n = note: �1m\n = help: �x\n\n1 error\n")
    }

    @Test func longWordsAreShortened() {
        let long = String(repeating: "x", count: 1_000_000)
        let fault = Diagnostic(code: "a", long, at: nil, note: long, help: long)
        #expect(fault.message.count < 500)
        #expect(DiagnosticText.render([fault], sources: []).count < 5000)
    }

    @Test func equalFaultsAreKeptOnceAndTooManyAreDropped() {
        var diagnostics = Diagnostics()
        for index in 0..<1000 {
            diagnostics.report(Diagnostic(.warning, code: "a", "\(index / 2)", at: nil))
        }
        #expect(diagnostics.all.count == Diagnostics.limit)
        #expect(diagnostics.all[1].message == "1")
        #expect(!diagnostics.hasErrors)
        diagnostics.report(Diagnostic(code: "a", "an error beyond the limit", at: nil))
        #expect(diagnostics.hasErrors)
        let text = DiagnosticText.render(diagnostics.all, sources: [])
        #expect(text.hasSuffix("200 warnings; no more than these are shown\n"))
    }

    static let words: [(String, String?)] = [
        ("timeuot", "timeout"), ("timout", "timeout"), ("Timeout", "timeout"), ("retyr", "retry"),
        ("on-fail", "on-failure"), ("x", nil), ("", nil), ("completely-else", nil),
    ]

    @Test(arguments: words) func suggests(_ word: String, _ meant: String?) {
        let names = ["name", "timeout", "attempt-timeout", "retry", "on-failure"]
        #expect(suggestion(for: word, among: names) == meant)
    }
}
