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

    @Test(arguments: Lint.pages)
    func `each warning has its case and its section`(_ page: LintPage) {
        #expect(Repository.text("docs/lint.md").contains("\n## \(page.code)\n"))
        switch page.subject {
        case .plan:
            #expect(Repository.exists("Tests/Cases/load-lint-\(page.code)/expected.txt"))
            #expect(Repository.exists("Tests/Cases/load-lint-\(page.code)/near-miss.yaml"))
        case .signals:
            let told = Repository.text("Tests/Cases/signals-\(page.code)/expected.txt")
            #expect(told.contains("warning[\(page.code)]"))
            let allowed = Repository.text("Tests/Cases/signals-\(page.code)-allowed/expected.txt")
            #expect(!allowed.contains("[\(page.code)]"))
        case .trial: #expect(page.refusal != nil)
        }
    }

    /// No warning, and no error, is shown whose code `failover explain` does not know.
    @Test func `each code of the sources can be explained`() throws {
        let stated = /code: (?:\w+ \? )?"(?<first>[a-z-]+)"(?: : "(?<other>[a-z-]+)")?/
        let warned = /\.warning,\s*code: "(?<code>[a-z-]+)"/
        var warnings = 0
        for file in Repository.sources where !file.isTest {
            let text = file.lines.joined(separator: "\n")
            for match in text.matches(of: warned) {
                warnings += 1
                #expect(Lint.page(of: String(match.code)) != nil, "\(file): \(match.code)")
            }
            for match in text.matches(of: stated) {
                for code in [match.first, match.other ?? match.first].map(String.init) {
                    let isKnown = Lint.errorCodes.contains(code) || Lint.page(of: code) != nil
                    #expect(isKnown, "\(file): \(code)")
                }
            }
        }
        #expect(warnings > 5)
    }
}
