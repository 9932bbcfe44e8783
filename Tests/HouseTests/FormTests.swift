import Testing

/// Form: lengths, names, and what must not be written.
@Suite struct FormTests {
    private static let columns = 100
    private static let fileLines = 300
    private static let functionLines = 50

    @Test(arguments: Repository.sources)
    func `lines, functions and files stay short`(_ file: SourceFile) {
        #expect(file.lines.count <= Self.fileLines)
        for (index, line) in file.lines.enumerated() {
            #expect(line.count <= Self.columns, "\(file.path):\(index + 1)")
            #expect(line.last?.isWhitespace != true, "\(file.path):\(index + 1) ends with a blank")
        }
        for function in file.functions {
            #expect(
                function.length <= Self.functionLines,
                "\(file.path):\(function.line): \(function.name)")
        }
    }

    @Test(arguments: Repository.sources)
    func `nothing is forced or left to do`(_ file: SourceFile) {
        for (index, line) in file.code.enumerated() {
            let place: Comment = "\(file.path):\(index + 1): \(line)"
            #expect(!line.contains("try!"), place)
            #expect(!line.contains("as!"), place)
            #expect(!isForced(line), place)
            #expect(!line.contains("@unchecked"), place)
            #expect(!line.contains("nonisolated(unsafe)"), place)
        }
        for (index, line) in file.comments.enumerated() {
            for word in ["TODO", "FIXME", "XXX", "HACK"] {
                #expect(!line.contains(word), "\(file.path):\(index + 1): \(line)")
            }
        }
    }

    /// Whether a `!` stands behind a value.
    private func isForced(_ line: Substring) -> Bool {
        var last: Character = " "
        var isBang = false
        for character in line + " " {
            if isBang, character != "=" { return true }
            isBang = character == "!" && (last.isLetter || last.isNumber || "_)]}\"".contains(last))
            last = character
        }
        return false
    }

    @Test func `a forced value is seen`() {
        #expect(isForced("let a = b!"))
        #expect(isForced("c()!.d"))
        #expect(!isForced("if !a, b != c { }"))
    }

    @Test(arguments: Repository.sources.filter { !$0.isTest })
    func `a file is named after the type it holds`(_ file: SourceFile) {
        let names = declared(file, ["struct", "class", "enum", "protocol", "actor"])
        guard !names.isEmpty else { return }
        let name = file.name.split(separator: "+")[0].lowercased()
        let isNamed = (names + declared(file, ["extension"])).contains(name)
        #expect(isNamed, "\(file.path) declares \(names.joined(separator: ", "))")
    }

    /// The names that the file declares at its top by one of these words, in lower case.
    private func declared(_ file: SourceFile, _ kinds: Set<String>) -> [String] {
        file.code.compactMap { line in
            guard line.first?.isWhitespace == false else { return nil }
            let words = line.split { " <(:{.".contains($0) }.map(String.init)
            return zip(words, words.dropFirst()).first { kinds.contains($0.0) }?.1.lowercased()
        }
    }
}
