public import Engine

/// What a person adds to a world to see what comes of it: faults of commands, and happenings.
///
/// Each is accounted for: one that strikes nothing is a slip, which must not look like a success.
public struct Troubles: Sendable {
    /// One of them.
    private struct Trouble {
        let text: String
        let fault: Fault?
        let happenings: [Later]
    }

    private var all: [Trouble] = []

    /// None.
    init() {}

    /// Reads lines such as `zpool import #2: fails-after exit 1` and `peer-dies after 3s`, each a
    /// source of its own without a line's end; nil when any diagnostic is an error.
    public static func read(
        _ lines: [SourceText],
        in world: World,
        _ diagnostics: inout Diagnostics
    ) -> Troubles? {
        var reader = WorldReader(in: world)
        var troubles = Troubles()
        for (source, line) in lines.enumerated() {
            let text = String(decoding: line.bytes, as: UTF8.self)
            let end = text.unicodeScalars.count + 1
            let span = Span(source: source, line: 1, column: 1, endLine: 1, endColumn: end)
            let node = Node(.scalar(text, quoted: true), span: span)
            let first = text.split(separator: " ").first.map(String.init) ?? ""
            if WorldReader.happenings.contains(first) {
                troubles.addHappening(node, &reader)
            } else {
                troubles.addFault(node, &reader)
            }
        }
        for diagnostic in reader.diagnostics.all { diagnostics.report(diagnostic) }
        return reader.diagnostics.hasErrors ? nil : troubles
    }

    mutating func addFault(_ node: Node, _ reader: inout WorldReader) {
        guard var fault = reader.fault(node) else { return }
        fault.trouble = all.count
        all.append(Trouble(text: fault.text, fault: fault, happenings: []))
    }

    mutating func addHappening(_ node: Node, _ reader: inout WorldReader) {
        let happenings = reader.later(node)
        all.append(Trouble(text: node.happeningText, fault: nil, happenings: happenings))
    }

    /// Lets them befall a world that has not begun.
    public func strike(_ world: inout World) {
        // A fault that a person asks for comes before those that the world has of its own.
        world.faults = all.compactMap(\.fault) + world.faults
        for trouble in all { world.later += trouble.happenings }
    }

    /// One that struck nothing.
    public struct Missed: Sendable {
        /// The line, as its author wrote it.
        public let text: String
        /// Why, as far as can be told.
        public let why: String
    }

    /// Those that struck nothing in the run that came to its end on `host`.
    public func missed(on host: SimulatedHost) -> [Missed] {
        all.compactMap { trouble in
            let why =
                trouble.fault == nil
                ? Self.missed(trouble.happenings, until: host.now)
                : Self.missed(trouble.fault, on: host)
            return why.map { Missed(text: trouble.text, why: $0) }
        }
    }

    private static func missed(_ happenings: [Later], until end: Instant) -> String? {
        guard happenings.contains(where: { .zero + $0.after > end }) else { return nil }
        return "never came: the run was over after \(secondsText(end - .zero))"
    }

    private static func missed(_ fault: Fault?, on host: SimulatedHost) -> String? {
        let end = host.world.faults.first { $0.trouble == fault?.trouble }
        guard let end, end.strikes == 0 else { return nil }
        if end.calls > 0, let nth = end.nth {
            return "struck nothing: there was no call \(nth) of that command, only \(end.calls)"
        }
        if end.calls > 0 { return "struck nothing: another fault struck each of these commands" }
        var tools: [String] = []
        for line in host.transcript.lines {
            if let tool = line.words.first, !tools.contains(tool) { tools.append(tool) }
        }
        let tool = end.command.first ?? ""
        let meant = tools.contains(tool) ? nil : suggestion(for: tool, among: tools)
        return "struck nothing: the run has no command with these words in this order"
            + (meant.map { "; did you mean `\($0)`?" } ?? "")
    }
}

extension Fault {
    /// The fault as a line: `zpool import #2: fails-after exit 1`.
    var text: String {
        var text = command.map(shellQuoted).joined(separator: " ")
        if let nth { text += " #\(nth)" }
        text += ": \(does.rawValue)"
        if does == .late { text += " after \(durationText(after))" }
        if does == .failsBefore || does == .failsAfter { text += exit == 1 ? "" : " exit \(exit)" }
        return text
    }
}

extension Node {
    /// A happening as its author wrote it, a map as a line.
    fileprivate var happeningText: String {
        if let text { return text }
        let entries = entries ?? []
        let what = entries.first { $0.key != "after" }
        let words = [what?.key, what?.value.text].compactMap { $0 }.filter { !$0.isEmpty }
        let after = entries.first { $0.key == "after" }?.value.text
        return words.joined(separator: " ") + (after.map { " after \($0)" } ?? "")
    }
}

extension Transcript.Line {
    /// The words by which a command is recognised.
    var words: [String] {
        switch command.action {
        case .tool(let argv): argv
        case .log(let text): ["log"] + text.split(separator: " ").map(String.init)
        case .ask(let text, _): ["ask"] + text.split(separator: " ").map(String.init)
        case .fenceSelf: ["reboot"]
        }
    }
}
