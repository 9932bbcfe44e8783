import Engine
import Foundation
import Testing

@testable import Simulation

/// The page on cases has every key, and what people copy from it loads.
@Suite struct CasesPageTests {
    private static let page: String = {
        let folder = UserCases.tests.deletingLastPathComponent()
        let file = folder.appending(path: "docs/cases.md")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    /// The blocks of YAML.
    static let blocks = page.components(separatedBy: "```yaml\n").dropFirst().map { part in
        part.components(separatedBy: "```").first ?? ""
    }

    @Test func `the page has every key and every word`() {
        let keys = CaseFile.keys + WorldReader.keysOfExpectations + WorldReader.keysOfAftermaths
        let kinds = Fault.Does.allCases.map(\.rawValue) + Ending.Kind.allCases.map(\.rawValue)
        for word in keys + kinds { #expect(Self.page.contains("`\(word)`"), "\(word)") }
    }

    @Test func `the page has blocks`() {
        #expect(Self.blocks.count >= 2)
    }

    @Test(arguments: blocks) func `every block holds as it stands`(_ block: String) throws {
        let isPart = !block.contains("plan: ")
        let whole =
            isPart ? "plan: ../become-master.yaml\n\(block)expect: {ending: done}\n" : block
        let testCase = try UserCases.shipped("cases/block.yaml", as: whole)
        if !isPart { #expect(testCase.differences(from: testCase.play()) == []) }
    }
}
