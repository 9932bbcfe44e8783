import Foundation
import Testing

/// The preview that the README shows is what the program prints.
@Suite struct ReadmePreviewTests {
    @Test func `each line of it is printed`() throws {
        let readme = try String(
            contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
        let start = "$ ./failover preview "
        let part = try #require(readme.components(separatedBy: start).dropFirst().first)
        let lines = (part.components(separatedBy: "```").first ?? "").split(separator: "\n")
        let words = try #require(lines.first).split(separator: " ").map { word in
            word.hasPrefix("plans/") ? Program.root.appending(path: String(word)).path : "\(word)"
        }
        let printed = Set(try Program.run(["preview"] + words).output.split(separator: "\n"))
        #expect(lines.count > 8)
        for line in lines.dropFirst() where line != "…" {
            #expect(printed.contains(line), "\(line)")
        }
    }
}
