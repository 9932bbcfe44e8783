import Testing

/// The rules see what they should, or they would hold of anything.
@Suite struct SourceFileTests {
    @Test func `literals and comments are no code`() {
        let file = SourceFile(
            "Sources/Engine/A.swift",
            text: #"""
                let a = "not } code \(f("x}") + b!) end" // { comment
                let c = """
                    { text
                    """ /* { */
                """# + "\n")
        #expect(file.code.joined(separator: "\n").count { $0 == "{" || $0 == "}" } == 0)
        #expect(file.code[0].contains("b!"))
        #expect(file.comments[0].contains("{ comment"))
        #expect(file.lines.count == 4 && file.code.count == 4 && file.comments.count == 4)
    }

    @Test func `raw literals end where they should`() {
        let file = SourceFile(
            "Sources/Engine/A.swift", text: ##"let a = #"a " \( b"#; let c = d!"##)
        #expect(file.code[0].contains("d!"))
        #expect(!file.code[0].contains("\\("))
    }

    @Test func `functions are found with their length`() {
        let file = SourceFile(
            "Sources/Engine/A.swift",
            text: """
                struct A {
                    var b: Int {
                        1
                    }
                    let c = 2
                    func d(
                        e: Int
                    ) {
                        if e > 1 {
                        }
                    }
                }
                """)
        #expect(file.functions.map(\.name) == ["var b: Int {", "func d("])
        #expect(file.functions.map(\.length) == [3, 6])
    }
}
