import Engine
import Testing

/// What is shown of texts that others wrote: tools, file names, process titles.
@Suite struct PrintableTests {
    @Test(arguments: [
        ("plain text", "plain text"), ("ümläut €", "ümläut €"), ("a\tb\nc\rd", "a b c d"),
        ("\u{1B}[31mred", " [31mred"), ("\u{9B}31mred", " 31mred"), ("\u{90}q\u{9C}", " q "),
        ("a\u{7F}b\0c", "a b c"), ("\u{202E}drowssap", " drowssap"), ("a\u{200B}b", "a b"),
        ("line\u{2028}line", "line line"), ("\u{FEFF}bom", " bom"), ("", ""),
    ])
    func nothingSteersATerminal(_ text: String, _ shown: String) {
        #expect(printable(text) == shown)
        #expect(
            Output(.exited(1), error: Array(text.utf8)).excerpt.unicodeScalars.allSatisfy {
                $0.value >= 32 && !(0x7F...0x9F).contains($0.value)
            })
    }

    /// One character can have any number of marks, so that limits count scalars.
    @Test func marksDoNotEvadeALimit() {
        let text = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(Output(.exited(1), error: Array(text.utf8)).excerpt.utf8.count < 2000)
        let diagnostic = Diagnostic(code: "x", text, at: nil, note: text, help: text)
        #expect(diagnostic.message.utf8.count <= 410)
        #expect((diagnostic.note ?? "").utf8.count <= 2010)
    }
}
