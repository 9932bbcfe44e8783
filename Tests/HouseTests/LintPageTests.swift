import Engine
import Testing

/// Every warning about plans can be learned from.
@Suite struct LintPageTests {
    @Test(arguments: Lint.pages.map(\.code))
    func `a warning has its page`(_ code: String) throws {
        let page = try #require(Lint.page(of: code))
        #expect(code.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
        for sentence in [page.summary, page.story, page.mend] {
            #expect(sentence.last == ".")
        }
        #expect(page.summary.first?.isUppercase == true)
        #expect(page.why.last?.isPunctuation == false)
        #expect(page.example.contains(":"))
        #expect(page.story.split(separator: " ").count > 30, "a story, not a sentence")
        #expect(Lint.pages.count { $0.code == code } == 1)
    }

    @Test func `each warning has its case and its section`() {
        let text = Repository.text("docs/lint.md")
        for page in Lint.pages {
            #expect(Repository.exists("Tests/Cases/load-lint-\(page.code)/expected.txt"))
            #expect(Repository.exists("Tests/Cases/load-lint-\(page.code)/near-miss.yaml"))
            #expect(text.contains("\n## \(page.code)\n"))
        }
    }
}
