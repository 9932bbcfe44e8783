import CStage
import Engine
import Simulation

/// What can be asked of a stage from outside: `stage-tool -s PID VERB …`.
///
///     state               the outline of the world, a line for each thing, damage included
///     damage              what no pair survives unharmed, a line each; empty is good
///     overlaps            how many changes began while one of another caller was under way
///     calls | changes     every call of a tool so far, looks included or not
///     syslog              the lines that reached /dev/log
///     log                 the lines that the world itself logged
///     now                 the world's time in milliseconds
///     happen YAML         lets something happen, as under `later` in a world file
///     devd LINE           tells the listeners of devd's socket a line
///     listeners           how many listen on devd's socket
///     quit                ends the stage and all that runs on it
extension Stage {
    func control(_ client: Client, _ words: [String]) {
        let rest = words.dropFirst().joined(separator: " ")
        switch words.first {
        case "state": client.end(0, lines(state))
        case "damage": client.end(0, lines(host.world.damage))
        case "overlaps": client.end(0, Array(book.overlaps.utf8))
        case "calls": client.end(0, Array(book.text(changesOnly: false).utf8))
        case "changes": client.end(0, Array(book.text(changesOnly: true).utf8))
        case "syslog": client.end(0, lines(wires.lines))
        case "log": client.end(0, lines(host.world.log.map(\.text)))
        case "now": client.end(0, lines(["\((now - .zero).milliseconds)"]))
        case "happen": happen(rest, client)
        case "devd":
            wires.tell(rest)
            client.end(0)
        case "listeners": client.end(0, lines(["\(wires.listeners.count)"]))
        case "quit":
            client.end(0)
            finish(.asked)
        default: client.end(64, error: lines(["the stage does not know this: \(words)"]))
        }
    }

    /// The outline of the world, damage included.
    var state: [String] { host.world.outline + host.world.damage.map { "DAMAGE: \($0)" } }

    private func happen(_ text: String, _ client: Client) {
        let source = SourceText(name: "happen", bytes: Array(text.utf8))
        var diagnostics = Diagnostics()
        if let later = WorldFile.happenings(source, in: host.world, &diagnostics) {
            host.happen(later)
            advance()
            client.end(0)
        } else {
            let text = DiagnosticText.render(diagnostics.all, sources: [source])
            client.end(65, error: Array(text.utf8))
        }
    }

    private func lines(_ lines: [String]) -> [UInt8] {
        Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}
