import Engine
import Service
import Steps
import Testing

/// A journal that was damaged is told as far as it goes.
@Suite struct RunStoryTests {
    private static func loads() -> PlanLoader.Loaded {
        PlanLoader.load("p", catalog: .builtin, platform: .freebsd) { path in
            path == "p" ? .success(Array("plan: p\nsteps: [log: a]\n".utf8)) : nil
        }
    }

    /// A journal of the plan with these lines under its heading.
    private static func story(_ lines: [String]) throws -> RunStory {
        let loaded = loads()
        let plan = try #require(loaded.plan)
        let sealed = SealedPlan(
            plan, path: "p", site: nil, settings: [],
            sources: loaded.sources)
        let heading = JournalHeading(
            sealed, run: RunName(), boot: "a", pair: "default", signal: nil)
        let text = JSONLines().line(heading) + lines.map { $0 + "\n" }.joined()
        return RunStory(try JournalFile.read(Array(text.utf8)).get(), catalog: .builtin)
    }

    @Test(arguments: [-1, 99, Int.max, Int.min]) func aStepThatIsNotThereIsPassedOver(
        _ node: Int
    ) throws {
        let story = try Self.story([
            #"{"at":1,"fact":"step-began","node":\#(node),"way":"forward"}"#,
            #"{"at":2,"fact":"step-began","node":1,"way":"forward"}"#,
            #"{"at":3,"fact":"step-ended","node":\#(node),"way":"forward","result":"already"}"#,
        ])
        #expect(story.progress?.courses.map(\.node) == [NodeID(1)])
        #expect(story.file.damaged.isEmpty)
    }

    /// Times and counts that no run has are damage: reckoning with them would overflow.
    @Test(arguments: [
        #"{"at":-1,"fact":"interrupted"}"#, #"{"at":9223372036854,"fact":"interrupted"}"#,
        #"{"at":1,"after":-1,"attempt":1,"fact":"retrying","node":1,"way":"back","why":"x"}"#,
        #"{"at":1,"after":1,"attempt":0,"fact":"retrying","node":1,"way":"back","why":"x"}"#,
        #"{"at":1,"after":1,"attempt":\#(Int.max),"fact":"retrying","node":1,"way":"back","#
            + #""why":"x"}"#,
    ]) func numbersBeyondAllMeasureAreDamage(_ line: String) throws {
        let story = try Self.story([line, #"{"at":1,"fact":"interrupted"}"#])
        #expect(story.file.damaged == [2])
        #expect(story.progress?.interrupts == 1)
    }
}
