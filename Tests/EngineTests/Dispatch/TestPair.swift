@testable import Engine

/// A pair by which the dispatcher is tested.
enum TestPair {
    static func pair(_ release: String = "", _ acquire: String = "") throws -> Signals.Pair {
        let text = """
            acquire:
              run: take.yaml
              settle: 3s
              only-if: [flag: master]
              within: 60s
              retry: {attempts: 3, delay: 5s, backoff: 2, at-most: 8s}
            \(acquire)
            release:
              run: give.yaml
              retry: {delay: 1s, backoff: 2, at-most: 4s}
            \(release)
            """
        let loaded = Signals.load(
            "signals.yaml", catalog: TestCatalog.catalog, platform: .freebsd
        ) { $0 == "signals.yaml" ? .success(Array(text.utf8)) : nil }
        guard let pair = loaded.signals?.pairs.first else {
            throw TestCatalog.LoadFault(
                description: DiagnosticText.render(loaded.diagnostics, sources: loaded.sources))
        }
        return pair
    }

    static func dispatcher(_ release: String = "", isClean: Bool = true) throws -> Dispatcher {
        let clean = isClean ? [FlagCondition("imported", .down)] : []
        return Dispatcher(try pair(release)) { clean }
    }
}
