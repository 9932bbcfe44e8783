import Engine
import Testing

/// Signals with bytes exchanged, always the same: the loader answers each, and never crashes.
@Suite struct SignalsGarbageTests {
    private static let tokens =
        PlanGarbageTests.tokens + [
            "pairs:\n", "  - pair: x\n", "only-if:", "match: ", "@", "- carp: ", "256", "hast: ",
        ]

    @Test(arguments: 0..<32) func `whatever is read, there is an answer`(_ seed: Int) {
        var generator = PlanGarbageTests.Generator(state: UInt64(seed))
        for round in 0..<20 {
            let text = round % 2 == 0 ? SelectTests.file : "pairs: " + SelectTests.file.dropFirst(6)
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes[place] = UInt8.random(in: 0...255, using: &generator)
                } else {
                    let token = Self.tokens.randomElement(using: &generator) ?? ""
                    bytes.insert(contentsOf: token.utf8, at: place)
                }
            }
            for garbled in ["signals.yaml", "site.yaml"] { Self.load(bytes, as: garbled) }
        }
    }

    private static func load(_ bytes: [UInt8], as garbled: String) {
        let loaded = Signals.load(
            "signals.yaml", catalog: TestCatalog.catalog, platform: .freebsd
        ) { name in
            if name == garbled { return .success(bytes) }
            return name == "signals.yaml" ? .success(Array(SelectTests.file.utf8)) : nil
        }
        let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
        #expect((loaded.signals == nil) == hasErrors)
        let text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
        #expect(text.isEmpty == loaded.diagnostics.isEmpty)
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }
}
