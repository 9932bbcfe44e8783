import Testing

/// Boundaries: which module may know of what.
@Suite struct BoundaryTests {
    /// What each module of `Sources` may import; what is not listed may import nothing.
    private static let imports: [String: Set<String>] = [
        "Engine": ["CLibYAML"],
        "Steps": ["Engine", "FoundationEssentials"],
        "Simulation": ["Engine"],
        "LocalHost": ["Engine", "CSystem", "Synchronization"],
        "Stage": ["Engine", "LocalHost", "Simulation", "CStage"],
        "Service": ["Engine", "LocalHost", "FoundationEssentials"],
        "failover": [
            "Engine", "Steps", "Simulation", "LocalHost", "Service", "ArgumentParser",
            "FoundationEssentials",
        ],
    ]

    private static var released: [SourceFile] { Repository.sources.filter { !$0.isTest } }

    @Test(arguments: released)
    func `a module imports only what lies below it`(_ file: SourceFile) {
        for name in imported(file) {
            #expect(Self.imports[file.module]?.contains(name) == true, "\(file.path): \(name)")
        }
    }

    private func imported(_ file: SourceFile) -> [String] {
        file.code.compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1
            else { return nil }
            return words[index + 1].split(separator: ".").first.map(String.init)
        }
    }

    @Test func `libyaml is known to one file`() {
        let files = Self.released.filter { imported($0).contains("CLibYAML") }
        #expect(files.count == 1, "\(files)")
    }

    @Test(arguments: released)
    func `the operating system is asked for in one module`(_ file: SourceFile) {
        guard file.module != "LocalHost" else { return }
        for (index, line) in file.code.enumerated() {
            #expect(!line.contains("#if os"), "\(file.path):\(index + 1)")
            #expect(!line.contains("#if canImport"), "\(file.path):\(index + 1)")
        }
    }

    @Test func `read-only commands are listed in one file`() {
        let makers = Self.released.filter { file in
            file.code.contains { $0.contains("LookCommand(") || $0.contains("LookCommand.init") }
        }
        #expect(makers.map(\.path) == ["Sources/Engine/Host/LookCommand.swift"])
    }

    @Test func `kinds are listed in one file`() {
        let lists = Self.released.filter { file in
            file.code.contains { $0.contains("Catalog(") && !$0.contains("func") }
        }
        #expect(lists.map(\.path) == ["Sources/Steps/Catalog.swift"])
    }
}
