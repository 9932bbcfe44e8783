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
        func add(_ text: String, _ tone: Style.Tone) {
            lines += wrapped(text, to: 96).map { style.paint($0, tone) }
        }
        for strike in retelling.missed {
            let place = "\(strike.side.name)\(strike.item)"
            add(
                "\(place):\(strike.mishap.rawValue) strikes nothing: node \(strike.side.name) had"
                    + " less work", .caution)
        }
        for grant in granted {
            add("taken for granted: \(grant.what): \(grant.how)", .caution)
        }
        if let waiver = retelling.waiver {
            add("it may leave the pair to a person: \(waiver.title): \(waiver.reason)", .caution)
        }
        guard !retelling.breaches.isEmpty else {
            return (lines + [style.paint("it ends well", .good)]).joined(separator: "\n") + "\n"
        }
        for breach in retelling.breaches {
            add("\(breach.kind.sentence): \(breach.told)", .bad)
        }
        if !retelling.endsWell { lines.append(style.paint("it ends BADLY", .bad)) }
        return lines.joined(separator: "\n") + "\n"
    }
}
