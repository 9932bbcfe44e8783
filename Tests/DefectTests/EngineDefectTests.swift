import Planting
import Testing

/// The defects of `Tests/Defects/engine` fit the present sources, which have none of them.
@Suite struct EngineDefectTests {
    @Test(arguments: DefectFolder.names("engine"))
    func `a defect has a heading, a place and a switch`(_ name: String) throws {
        let defect = try #require(DefectFolder.defect("engine", name))
        #expect(throws: Never.self) { try Words(defect.play) }
        if let witness = defect.witness {
            #expect(DefectFolder.witness(witness).flatMap { DefectFolder.subject([$0]) } != nil)
        }
        var isSwitched = false
        for path in defect.diff.paths {
            let sound = try #require(DefectFolder.text(path))
            let damaged = try #require(defect.diff.applied(to: sound, of: path), "\(path)")
            #expect(!sound.contains("Planted."), "\(path)")
            #expect(damaged != sound)
            if damaged.contains("Planted.is(\"\(name)\")") { isSwitched = true }
        }
        #expect(isSwitched, "nothing chooses it by its name")
    }

    @Test func `all defects fit together, so that one build has them all`() throws {
        var texts: [String: String] = [:]
        for name in DefectFolder.names("engine") {
            let diff = try #require(DefectFolder.defect("engine", name)).diff
            for path in diff.paths {
                let old = try #require(texts[path] ?? DefectFolder.text(path))
                let new: String = try #require(diff.applied(to: old, of: path), "\(name)")
                texts[path] = new
            }
        }
        #expect(!texts.isEmpty)
    }

    @Test func `a diff that has no place in a text is refused`() {
        let diff = Diff("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n")
        #expect(diff.applied(to: "a\nb\n", of: "x") == "a\nc\n")
        #expect(diff.applied(to: "\n\na\nb\n", of: "x") == "\n\na\nc\n")
        #expect(diff.applied(to: "a\n\nb\n", of: "x") == nil)
    }
}
