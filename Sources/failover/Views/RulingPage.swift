import Engine
import Service
import Simulation

/// A verdict as one page for a browser or a printer, which needs nothing from outside.
struct RulingPage {
    let verdict: Ruling
    let folder: String

    /// By this a page that is there is known as an earlier one.
    static let mark = #"<meta name="generator" content="failover verify"/>"#

    func text() -> String {
        let title = "verify \(folder), pair \(verdict.pair)"
        let body = [
            element("h1", title), headline(), facts(), table(), chains(), granted(), faults(),
            beyond(), waivers(),
        ]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            \(Self.mark)
            <title>\(escaped(title))</title>
            <style>
            \(Self.style)</style>
            </head>
            <body>
            \(body.filter { !$0.isEmpty }.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    // MARK: - All in all

    private func headline() -> String {
        let tone = verdict.ways > 0 ? "bad" : "good"
        return element("p", verdict.sentence, class: "headline \(tone)")
    }

    private func facts() -> String {
        var facts = verdict.assumptions.map {
            "Taken for granted, \($0.rawValue): \($0.sentence)."
        }
        if !verdict.left.isEmpty {
            let names = verdict.left.map(\.rawValue).joined(separator: ", ")
            facts.append(
                "Not played, since it is taken for granted that they never happen: \(names).")
        }
        if let chance = verdict.chance {
            let stories = counted(chance.tried, "story", "stories")
            facts.append("\(stories) of them at random, by the seed \(chance.seed).")
        }
        if !verdict.lists.isEmpty {
            facts.append(
                "Two items of each list stand for all of it: "
                    + verdict.lists.joined(separator: ", ") + ". With all of them each scenario was"
                    + " played without a mishap, and the times are of that.")
        }
        if let objective = verdict.objective {
            let text = durationText(objective)
            let missed = verdict.missed.map(\.rawValue).joined(separator: ", ")
            facts.append(
                missed.isEmpty
                    ? "Each take-over without a mishap meets the objective of \(text)."
                    : "The objective of \(text) is missed in \(missed).")
        }
        return list(facts)
    }

    private func table() -> String {
        let head = ["scenario", "what happens", "stories", "end badly", "no service", "take-over"]
            .map { element("th", $0) }.joined()
        let most = (verdict.rows.map(\.longest) + [verdict.objective ?? .zero]).max() ?? .zero
        let rows = verdict.rows.map { row($0, most: max(most, .milliseconds(1))) }
        return "<table class=\"scenarios\">\n<thead><tr>\(head)<th></th></tr></thead>\n<tbody>\n"
            + rows.joined(separator: "\n") + "\n</tbody>\n</table>"
    }

    private func row(_ row: Ruling.Row, most: Duration) -> String {
        let isMissed = verdict.missed.contains(row.scenario)
        let cells = [
            element("th", row.scenario.rawValue), element("td", row.scenario.sentence),
            element("td", String(row.tried), class: "number"),
            element("td", String(row.bad), class: row.bad > 0 ? "number bad" : "number dim"),
            element("td", elapsedText(row.outage), class: "number"),
            element(
                "td", row.recovery.map { elapsedText($0.took) } ?? "-",
                class: isMissed ? "number bad" : "number"),
            "<td>\(bars(row, most))</td>",
        ]
        return "<tr>\(cells.joined())</tr>"
    }

    /// The time without service, and the take-over within it, against the objective.
    private func bars(_ row: Ruling.Row, _ most: Duration) -> String {
        func part(_ time: Duration) -> String { Self.percent(time, of: most) }
        var shapes = [rectangle("outage", 0, part(row.outage))]
        if let recovery = row.recovery {
            shapes.append(rectangle("recovery", 7, part(recovery.took)))
        }
        if let objective = verdict.objective {
            let x = part(objective)
            shapes.append("<line class=\"objective\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"14\"/>")
        }
        return "<svg class=\"bars\" height=\"14\">\(shapes.joined())</svg>"
    }

    private func rectangle(_ name: String, _ y: Int, _ width: String) -> String {
        "<rect class=\"\(name)\" x=\"0\" y=\"\(y)\" width=\"\(width)\" height=\"6\"/>"
    }

    static func percent(_ part: Duration, of whole: Duration) -> String {
        let tenths = part.milliseconds * 1000 / max(1, whole.milliseconds)
        return "\(tenths / 10).\(tenths % 10)%"
    }

    private func chains() -> String {
        let rows = verdict.rows.filter { $0.recovery != nil }
        guard !rows.isEmpty else { return "" }
        var shown: [String] = []
        var items: [String] = []
        for row in rows {
            guard let recovery = row.recovery, let chain = row.chain, !shown.contains(chain) else {
                continue
            }
            shown.append(chain)
            let names = rows.filter { $0.chain == chain }.map(\.scenario.rawValue)
            let links = recovery.links.map {
                "<li><b>\(elapsedText($0.took))</b> \(escaped($0.step))</li>"
            }
            items.append(
                "<dt>\(escaped(names.joined(separator: ", ")))</dt>\n<dd><ol>\(links.joined())"
                    + "</ol></dd>")
        }
        return element("h2", "What decides a take-over") + "\n<dl>\n"
            + items.joined(separator: "\n") + "\n</dl>"
    }

    private func granted() -> String {
        let items = verdict.granted.map { grant in
            let place = grant.line.map { "\(grant.file):\($0)" } ?? grant.file
            return "\(grant.what) (\(place)): \(grant.how)"
        }
        guard !items.isEmpty else { return "" }
        return element("h2", "Taken for granted, since the simulation does not know it") + "\n"
            + list(items)
    }

    // MARK: - What ends badly

    private func faults() -> String {
        let tales = verdict.faults
        guard !tales.isEmpty else { return "" }
        return element("h2", "What ends badly") + "\n"
            + tales.map { TaleSection(tale: $0).text() }.joined(separator: "\n")
    }

    private func beyond() -> String {
        verdict.assumable.map(beyond).joined(separator: "\n")
    }

    /// What happens no more under an assumption, and what would make it true.
    private func beyond(_ assumption: Assumption) -> String {
        let tales = verdict.excluded(by: assumption)
        let (title, why) = assumption.hole
        let isOfData = tales.contains { $0.finding.kind.isOfData }
        let call = verdict.call(assuming: assumption)
        return [
            element("h2", title.capitalizedFirst),
            element("p", why.capitalizedFirst + "."),
            tales.map { TaleSection(tale: $0).text() }.joined(separator: "\n"),
            element("h3", "What closes this hole"),
            list(assumption.remedies(isOfData: isOfData)),
            "<p>To see what is left without it: <code>\(escaped(call))</code></p>",
        ].joined(separator: "\n")
    }

    private func waivers() -> String {
        let tales = verdict.waived
        guard !tales.isEmpty else { return "" }
        return element("h2", "What may leave the pair to a person, each for its reason") + "\n"
            + tales.map { TaleSection(tale: $0).text() }.joined(separator: "\n")
    }

    private func list(_ items: [String]) -> String {
        items.isEmpty
            ? ""
            : "<ul>\n" + items.map { element("li", $0) }.joined(separator: "\n")
                + "\n</ul>"
    }
}

extension String {
    /// The same, as the beginning of a sentence.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Ruling.Row {
    fileprivate var longest: Duration { max(outage, recovery?.took ?? .zero) }
}

/// An element with a text in it.
func element(_ name: String, _ text: String, class kind: String? = nil) -> String {
    let kind = kind.map { " class=\"\($0)\"" } ?? ""
    return "<\(name)\(kind)>\(escaped(text))</\(name)>"
}

/// A text that is nothing but text in HTML and in XML.
func escaped(_ text: String) -> String {
    var result = ""
    for character in printable(text) {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.append(character)
        }
    }
    return result
}
