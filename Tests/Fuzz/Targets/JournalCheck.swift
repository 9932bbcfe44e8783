import Engine
import Foundation
import Service

/// What must be so of a journal that was read.
enum JournalCheck {
    /// Of a journal so many records are written again: it is the slowest check.
    private static let samples = 12

    /// What is written reads back as it was.
    static func checkRoundTrip(
        _ file: JournalFile, _ generator: inout SplitMix
    ) throws(Finding) {
        let lines = JSONLines()
        let start = generator.below(file.records.count + 1)
        for record in file.records[start...].prefix(samples) {
            let line = lines.line(record)
            guard let again = try? JSONDecoder().decode(Record.self, from: Data(line.utf8)) else {
                throw Finding("a record that was written cannot be read: \(line)")
            }
            try expect(lines.line(again) == line, "a record reads back as another: \(line)")
        }
        let heading = lines.line(file.heading)
        guard
            let again = try? JSONDecoder().decode(JournalHeading.self, from: Data(heading.utf8))
        else { throw Finding("a heading that was written cannot be read") }
        try expect(lines.line(again) == heading, "a heading reads back as another")
    }

    /// A journal that was cut off reads to a beginning of its records.
    static func checkCut(
        _ bytes: [UInt8], at place: Int, _ whole: JournalFile
    ) throws(Finding) {
        let isHeaded = bytes.prefix(place).contains(0x0A)
        switch JournalFile.read(Array(bytes.prefix(place))) {
        case .failure(let fault):
            let expected: JournalFile.Fault = place == 0 ? .empty : .torn
            try expect(!isHeaded && fault == expected, "cut at \(place) it is \(fault)")
        case .success(let cut):
            let lines = JSONLines()
            try expect(cut.records.count <= whole.records.count, "a cut adds records")
            try expect(
                whole.damaged.starts(with: cut.damaged), "a cut damages what stands before it")
            guard let last = cut.records.last else { return }
            let same = whole.records[cut.records.count - 1]
            try expect(lines.line(last) == lines.line(same), "a cut changes a record")
        }
    }

    /// Everything that reads a journal: the folds, and the decision on an unfinished run.
    static func follow(
        _ file: JournalFile, _ plan: Plan, _ generator: inout SplitMix
    ) throws(Finding) -> [String] {
        var past = Past(plan)
        for record in file.records { past.take(record) }
        tell(RunStory(file, of: .success(plan)))
        let loose = Orphans(file.records).work.count
        try expect(loose >= past.orphans.work.count, "without the plan an orphan is lost")
        try expect(Recovery.exhausted(past, of: plan).kind != .done, "given up on, and done")
        try expect(Recovery.cutOff(past, of: plan).kind == .cutOff, "another boot is no cut-off")
        var features: [String] = []
        for choice in [
            .automatic(isWanted: true), .automatic(isWanted: false), .resume, .rollBack, .abandon,
        ] as [Recovery.Choice] {
            features.append(try decide(choice, past, plan, &generator))
        }
        return features
    }

    /// All that a person is told of it.
    private static func tell(_ story: RunStory) {
        _ = story.recoveryTime.map(elapsedText)
        guard let progress = story.progress else { return }
        for course in progress.open + progress.courses {
            _ = progress.plan[course.node].label
            _ = elapsedText(course.duration(at: progress.now))
        }
        _ = elapsedText(progress.now - progress.began)
        if let ending = progress.ending { _ = progress.sentence(ending) }
    }

    private static func decide(
        _ choice: Recovery.Choice, _ past: Past, _ plan: Plan, _ generator: inout SplitMix
    ) throws(Finding) -> String {
        let decision = Recovery.decide(past, of: plan, choice)
        let name = "\(choice)"
        if past.ending != nil {
            guard case .refuse = decision else {
                throw Finding("\(name): a run that is over is \(decision)")
            }
            return "over"
        }
        switch decision {
        case .refuse(let why):
            if case .automatic = choice { throw Finding("nobody decides on a run: \(why)") }
            return "\(name) refused \(why.prefix(16))"
        case .close(let ending):
            let isDone = ending.kind == .done || ending.kind == .cutOff
            try expect(!isDone, "\(name) closes a run as \(ending.kind.rawValue)")
            try expect(
                ending.kind != .refused || !past.hasEffects, "\(name) hides effects as refused")
            return "\(name) closes \(ending.kind.rawValue)"
        case .resume(let way):
            if way == .back {
                try expect(plan.direction != .release, "\(name) takes a release back")
                try expect(!past.isCommitted, "\(name) goes back past the point of no return")
            }
            let host = UnkindHost(&generator)
            let end = try Trial.run(plan, on: host, resuming: (past, way))
            return "\(name) \(way.rawValue) \(end)"
        }
    }
}
