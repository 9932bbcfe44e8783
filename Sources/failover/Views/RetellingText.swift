import Engine
import Service
import Simulation

/// One story in full, and how it ends.
struct RetellingText {
    let retelling: Retelling
    let granted: [VerifySubjects.Grant]

    func text(style: Style) -> String {
        let story = retelling.story
        let sentences = [story.scenario.sentence] + story.strikes.map(\.sentence)
        var lines = [style.paint(story.text, .strong)]
        lines += wrapped(sentences.joined(separator: "; "), to: 96).map { style.paint($0, .plain) }
        lines += [""] + StoryTimeline(style: style).lines(retelling.account) + [""]
        for grant in granted {
            lines.append(style.paint("taken for granted: \(grant.what): \(grant.how)", .caution))
        }
        if let waiver = retelling.waiver {
            let text = "it may leave the pair to a person: \(waiver.title): \(waiver.reason)"
            lines += wrapped(text, to: 96).map { style.paint($0, .caution) }
        }
        guard !retelling.breaches.isEmpty else {
            return (lines + [style.paint("it ends well", .good)]).joined(separator: "\n") + "\n"
        }
        for breach in retelling.breaches {
            lines.append(style.paint("\(breach.kind.sentence): \(breach.told)", .bad))
        }
        if !retelling.endsWell { lines.append(style.paint("it ends BADLY", .bad)) }
        return lines.joined(separator: "\n") + "\n"
    }
}
