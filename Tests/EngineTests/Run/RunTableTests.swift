import Foundation
import Testing

@testable import Engine

/// What follows each kind of event in each phase (docs/language.md), and the rules beside it.
///
/// Each case is a line: the plan's shape, what goes wrong, what the host was made to do, the end.
@Suite struct RunTableTests {
    @Test(arguments: failureCases + guardCases)
    func failuresAndGuards(_ example: Example) { check(example) }

    @Test(arguments: signalCases + interruptCases)
    func signalsAndInterrupts(_ example: Example) { check(example) }

    @Test(arguments: undoCases + unknownCases + lastLookCases)
    func undoUnknownAndLastLook(_ example: Example) { check(example) }

    @Test(arguments: allCases)
    func theHostWorksNoMoreAtTheEnd(_ example: Example) {
        for seed in UInt64(0)..<3 { #expect(example.audit(seed: seed) == [], "\(example.name)") }
    }

    /// Every record, which is what the journal keeps, and all that the host is asked for;
    /// `UPDATE_CASES=1` rewrites the golden.
    @Test func theTapesAreAsBefore() throws {
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Goldens/runs.txt").standardizedFileURL
        var text = ""
        for example in allCases where taped.contains(example.name) {
            text += "# \(example.name)\n" + (try example.tape()).joined(separator: "\n") + "\n\n"
        }
        if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
        #expect(allCases.count { taped.contains($0.name) } == taped.count)
    }

    private func check(_ example: Example) {
        let told = example.play()
        #expect(told == example.expected, "\(example.name)")
    }
}

private let allCases =
    failureCases + guardCases + signalCases + interruptCases + undoCases + unknownCases
    + lastLookCases

private let taped: Set = [
    "nothing goes wrong", "failure before the point of no return rolls back",
    "failure runs the counterpart", "a release that is stuck fences",
    "if-failed runs after a roll-back",
    "a broken guard after the point of no return runs the counterpart",
    "a newer signal waits for a command in doubt", "the second interrupt stops a roll-back",
    "nothing beneath a command in doubt is undone", "a requirement that cannot be told refuses",
    "a goal that is lost after the point of no return is reached again",
]

private let failureCases: [Example] = [
    Example(
        "nothing goes wrong", .acquire,
        expected: "raise a, raise b, raise c: done 0"),
    Example(
        "failure before the point of no return rolls back", .acquire,
        faults: ["raise b": .failsBefore],
        expected: "raise a, raise b, lower a: rolled-back 1"),
    Example(
        "a command that failed after its effect is done", .acquire,
        faults: ["raise b": .failsAfter],
        expected: "raise a, raise b, raise c: done 0"),
    Example(
        "failure runs the counterpart", .acquire, onFailure: .counterpart,
        faults: ["raise b": .failsBefore],
        expected: "raise a, raise b, lower a: released 1"),
    Example(
        "failure stops", .acquire, onFailure: .stop, faults: ["raise b": .failsBefore],
        expected: "raise a, raise b: left 2; left to do: lower b, lower a"),
    Example(
        "the budget is spent", .acquire, timeout: .seconds(3),
        faults: ["raise b": .hangs(effectAfter: .seconds(8))],
        expected: "raise a, raise b, lower b, lower b, lower a: rolled-back 1"),
    Example(
        "failure after the point of no return is tried again", .committed,
        faults: ["raise b": .failsBefore], until: 3,
        expected: "raise a, raise b, raise b, raise c: done 0"),
    Example(
        "failure after the point of no return is stuck in the end", .committed,
        timeout: .seconds(5), faults: ["raise b": .failsBefore],
        expected: "raise a, raise b, raise b, raise b: stuck 3, it may serve"
            + "; left to do: raise b, raise c"),
    Example(
        "a release is tried again", .release, faults: ["lower b": .failsBefore], until: 3,
        expected: "lower c, lower b, lower b, lower a: done 0"),
    Example(
        "a release that is stuck parks", .release, timeout: .seconds(3),
        faults: ["lower b": .failsBefore],
        expected: "lower c, lower b, lower b: stuck 3; left to do: lower b, lower a"),
    Example(
        "a release that is stuck fences", .release, timeout: .seconds(3), ifStuck: .fenceSelf,
        faults: ["lower b": .failsBefore],
        expected: "lower c, lower b, lower b, reboot this machine at once: stuck 3"
            + "; left to do: lower b, lower a"),
    Example(
        "if-failed runs after a roll-back", .acquire, hasIfFailed: true,
        faults: ["raise b": .failsBefore],
        expected: "raise a, raise b, lower a, raise yielded: rolled-back 1"),
    Example(
        "if-failed does not run after a stuck run", .acquire, hasIfFailed: true,
        faults: ["raise b": .failsBefore, "lower a": .failsBefore], undoLimit: .seconds(3),
        expected: "raise a, raise b, lower a, lower a: stuck 3; left to do: lower a"),
]

private let guardCases: [Example] = [
    Example(
        "a broken guard before the point of no return", .acquire, guarded: true,
        at: 50, .lower("master"),
        expected: "raise a, lower a: rolled-back 1"),
    Example(
        "a broken guard after the point of no return runs the counterpart", .committed,
        guarded: true, at: 150, .lower("master"),
        expected: "raise a, raise b, lower b, lower a: released 1"),
    Example(
        "a guard that comes back in time breaks nothing", .acquire, guarded: true,
        at: 50, .blink("master", .milliseconds(60)),
        expected: "raise a, raise b, raise c: done 0"),
    Example(
        "guards are not watched while undoing", .acquire, guarded: true,
        faults: ["raise c": .failsBefore], at: 1250, .lower("master"),
        expected: "raise a, raise b, raise c, lower b, lower a: rolled-back 1"),
]

private let signalCases: [Example] = [
    Example(
        "a newer signal before the point of no return", .acquire, at: 150, .supersede,
        expected: "raise a, raise b: superseded 5; then other"),
    Example(
        "a newer signal after the point of no return", .committed, at: 150, .supersede,
        expected: "raise a, raise b: superseded 5; then other"),
    Example(
        "a newer signal waits for a plan that finishes", .acquire, whenSuperseded: .finish,
        at: 150, .supersede,
        expected: "raise a, raise b, raise c: done 0; then other"),
    Example(
        "a newer signal waits for a release", .release, at: 150, .supersede,
        expected: "lower c, lower b, lower a: done 0; then other"),
    Example(
        "a newer signal waits for a roll-back", .acquire, faults: ["raise b": .failsBefore],
        at: 1150, .supersede,
        expected: "raise a, raise b, lower a: rolled-back 1; then other"),
    Example(
        "a newer signal waits for a command in doubt", .acquire, timeout: .seconds(3),
        faults: ["raise b": .hangs(effectAfter: .seconds(20))], at: 150, .supersede,
        expected: "raise a, raise b: superseded 5; then other"),
]

private let interruptCases: [Example] = [
    Example(
        "the first interrupt rolls back", .acquire, at: 150, .interrupt(times: 1),
        expected: "raise a, raise b, lower b, lower a: interrupted 130"),
    Example(
        "an interrupt whose roll-back does not get through is stuck", .acquire,
        faults: ["lower a": .failsBefore], undoLimit: .seconds(3), at: 150, .interrupt(times: 1),
        expected: "raise a, raise b, lower b, lower a, lower a: stuck 3; left to do: lower a"),
    Example(
        "the second interrupt stops", .acquire, at: 150, .interrupt(times: 2),
        expected: "raise a, raise b: left 2; left to do: lower b, lower a"),
    Example(
        "the first interrupt lets a committed run finish", .committed, at: 150,
        .interrupt(times: 1),
        expected: "raise a, raise b, raise c: done 0"),
    Example(
        "the second interrupt stops a committed run", .committed, at: 150, .interrupt(times: 2),
        expected: "raise a, raise b: left 2; left to do: raise b, raise c"),
    Example(
        "the first interrupt lets a release finish", .release, at: 150, .interrupt(times: 1),
        expected: "lower c, lower b, lower a: done 0"),
    Example(
        "the second interrupt stops a release", .release, at: 150, .interrupt(times: 2),
        expected: "lower c, lower b: left 2; left to do: lower b, lower a"),
    Example(
        "the first interrupt lets a roll-back go on", .acquire,
        faults: ["raise b": .failsBefore], at: 1150, .interrupt(times: 1),
        expected: "raise a, raise b, lower a: rolled-back 1"),
    Example(
        "the second interrupt stops a roll-back", .acquire,
        faults: ["raise b": .failsBefore], at: 1150, .interrupt(times: 2),
        expected: "raise a, raise b, lower a: stuck 3; left to do: a reboot, lower a"),
]

private let undoCases: [Example] = [
    Example(
        "what lies beneath a failed undo is parked", .acquire,
        faults: ["raise c": .failsBefore, "lower b": .failsBefore], undoLimit: .seconds(3),
        expected: "raise a, raise b, raise c, lower b, lower b: stuck 3"
            + "; left to do: lower b, lower a"),
    Example(
        "siblings of a failed undo go on", .parallel,
        faults: ["raise c": .failsBefore, "lower b": .failsBefore], undoLimit: .seconds(3),
        expected: "raise a, raise b, raise c, lower b, lower a, lower b: stuck 3"
            + "; left to do: lower b"),
    Example(
        "the undo of a command in doubt is issued though nothing shows yet", .acquire,
        timeout: .seconds(3), faults: ["raise b": .hangs(effectAfter: .seconds(6))],
        expected: "raise a, raise b, lower b, lower b, lower a: rolled-back 1"),
    Example(
        "nothing beneath a command in doubt is undone", .acquire, timeout: .seconds(3),
        faults: ["raise b": .hangs(effectAfter: nil)],
        expected: "raise a, raise b, lower b: stuck 3; left to do: a reboot, lower b, lower a"),
]

private let unknownCases: [Example] = [
    Example(
        "a requirement that does not hold refuses", .acquire, requires: "master", without: true,
        expected: ": refused 4"),
    Example(
        "a requirement that cannot be told refuses", .acquire, requires: "master",
        hidden: "master",
        expected: ": refused 4"),
    Example(
        "a goal that cannot be told is looked at until the deadline", .acquire, hidden: "b",
        expected: "raise a, lower a: rolled-back 1"),
    Example(
        "a release assumes the worst of what cannot be told", .release, timeout: .seconds(20),
        hidden: "b", at: 8000, .show("b"),
        expected: "lower c, lower b, lower a: done 0"),
]

private let lastLookCases: [Example] = [
    Example(
        "a goal that is lost before the end rolls back", .acquire, at: 250, .lower("a"),
        expected: "raise a, raise b, raise c, lower c, lower b: rolled-back 1"),
    Example(
        "a goal that is lost after the point of no return is reached again", .committed,
        at: 250, .lower("b"),
        expected: "raise a, raise b, raise c, raise b: done 0"),
]
