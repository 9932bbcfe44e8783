import Foundation
import Testing

/// What docs/operations.md quotes is said.
@Suite struct OperationsPageTests {
    /// The texts of the program and of the tools that it starts, literals that were broken joined.
    private static let said: String = {
        let sources = Repository.sources.filter { !$0.isTest }.map {
            $0.lines.joined(separator: "\n")
        }
        return sources.joined(separator: "\n")
            .replacing(/"\s*\+\s*"/, with: "")
            .replacing(/\\\n\s*/, with: "")
    }()

    @Test func `each line of the table for 3 a.m. is printed by something`() throws {
        let page = try String(
            contentsOf: Repository.root.appending(path: "docs/operations.md"), encoding: .utf8)
        let table = page.components(separatedBy: "## At 3 a.m.")[1]
            .components(separatedBy: "\n").filter { $0.hasPrefix("| `") }
        #expect(table.count >= 10)
        for row in table {
            let cell = row.components(separatedBy: " | ")[0]
            for quote in cell.matches(of: /`([^`]+)`/) {
                for part in String(quote.1).components(separatedBy: "…") {
                    let part = part.trimmingCharacters(in: CharacterSet(charactersIn: " ':"))
                    #expect(part.count < 3 || Self.said.contains(part), "\(quote.1): \(part)")
                }
            }
        }
    }
}
