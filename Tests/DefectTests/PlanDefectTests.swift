import Engine
import Foundation
import Planting
import Simulation
import Testing

/// Each defect of `Tests/Defects/plans` is caught by a story that ends well without it.
@Suite struct PlanDefectTests {
    @Test(arguments: DefectFolder.names("plans"))
    func `a story shows it`(_ name: String) throws {
        let defect = try #require(DefectFolder.defect("plans", name))
        let base = try defect.witness.map { try #require(DefectFolder.witness($0)) }
        let diffs = base.map { [$0] } ?? []
        let sound = try #require(DefectFolder.subject(diffs))
        let damaged = try #require(DefectFolder.subject(diffs + [defect.diff]))
        let words = try Words(defect.play)
        let known = sound.play(words).finds.map(\.key)
        let new = damaged.play(words).finds.filter { find in
            find.kind == defect.breach && !known.contains(find.key)
        }
        let find = try #require(new.first, "no story shows it that would end well without it")
        let told = Self.told(find, Retelling(damaged, find.story))
        let path = "Tests/Defects/plans/\(name).story"
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] != nil {
            try Data(told.utf8).write(to: DefectFolder.root.appending(path: path))
        }
        #expect(told == DefectFolder.text(path))
    }

    /// The story in a word, and the last of what happens in it.
    private static func told(_ find: Find, _ retelling: Retelling) -> String {
        var lines = ["\(find.kind): \(find.detail)", "\(find.story.text)", ""]
        let account = retelling.account.lines
        let end = account.firstIndex { $0.kind == .breach } ?? account.count - 1
        for line in account[...end].suffix(12) {
            let side = line.side?.name ?? "-"
            lines.append("\(line.at.description) \(side) \(line.text)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func `what is played is known, or nothing is`() {
        #expect(throws: Words.Fault.self) { try Words(["scenario:nonesuch"]) }
        #expect(throws: Words.Fault.self) { try Words(["switchover"]) }
    }
}
