import Engine
import Service

/// A run from its journal, for a person.
struct StoryText {
    let story: RunStory
    /// Whether it is the newest of several pairs, and nobody named it.
    let isOfAll: Bool
    let style: Style

    init(_ story: RunStory, isOfAll: Bool, style: Style) {
        self.story = story
        self.isOfAll = isOfAll
        self.style = style
    }

    /// The account, with its line ends.
    func text() -> String {
        let heading = story.file.heading
        let by = heading.signal.map { "signal \($0)" } ?? "a person"
        var lines = [
            "run \(heading.run) of pair \(heading.pair)"
                + (isOfAll ? ", the newest of all pairs; `--pair` shows another's" : ""),
            "begun \(heading.time) by \(by), engine \(heading.engine), pid \(heading.pid)",
        ]
        if let unfit = story.unfit { lines.append("its steps cannot be told: \(unfit)") }
        if !story.file.damaged.isEmpty {
            lines.append("\(counted(story.file.damaged.count, "line")) of its journal: damaged")
        }
        if story.file.isTorn { lines.append("the last line of its journal was cut off") }
        lines += recovery
        return lines.joined(separator: "\n") + "\n\n" + account
    }

    private var account: String {
        guard let progress = story.progress else { return bare }
        guard progress.ending != nil else {
            return Summary(progress: progress, style: style, isSimulated: false).unfinished()
        }
        return Summary(progress: progress, style: style, isSimulated: false).text()
    }

    /// What can be told without the plan.
    private var bare: String {
        guard let ending = story.file.ending else { return "it is not over\n" }
        let left = ending.remaining.map { "  \($0)\n" }.joined()
        return ending.sentence + "\n" + left
    }

    /// The time until service was up, and what clients may still wait for.
    private var recovery: [String] {
        guard let time = story.recoveryTime else { return [] }
        let aim = story.plan?.recoveryTimeObjective
        let held = aim.map {
            time <= $0
                ? ", within the objective of \(durationText($0))"
                : ", which MISSES the objective of \(durationText($0))"
        }
        var lines = ["service was up after \(elapsedText(time))\(held ?? "")"]
        if story.startsNFS {
            lines.append(
                "NFS clients of version 4 may wait for the server's grace period besides"
                    + " (usually 90 to 120 s), which is no part of this time")
        }
        return lines
    }
}
