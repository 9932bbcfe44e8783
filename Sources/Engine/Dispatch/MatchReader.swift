/// Reads one item under `match`.
struct MatchReader {
    /// The kinds of match, each with what an author writes.
    private static let examples = [
        ("carp", "carp: '1@vlan50 MASTER'"), ("interface", "interface: carp0 LINK_UP"),
        ("keepalived", "keepalived: INSTANCE VI_1 MASTER"),
        ("hast", "hast: split-brain disk0"), ("drbd", "drbd: quorum r0 no"),
    ]
    private static let carpStates = ["MASTER", "BACKUP", "INIT"]
    private static let interfaceStates = ["LINK_UP", "LINK_DOWN", "DETACH"]
    private static let keepalivedStates = ["MASTER", "BACKUP", "FAULT", "STOP", "DELETED"]

    let direction: Plan.Direction
    let scope: Scope

    /// The match, or nil when it is at fault.
    func match(_ node: Node, _ diagnostics: inout Diagnostics) -> Signals.Match? {
        let kinds = Self.examples.map(\.0)
        guard let entries = node.entries, let entry = entries.first, entries.count == 1 else {
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "a match is a map of one key, its kind",
                    at: node.span.firstLine,
                    note: "its kinds are \(listed(kinds))",
                    help: "write `- \(Self.examples[0].1)`, each on a line of its own"
                )
            )
            return nil
        }
        guard
            let keys = Keys("a match", node, allowed: kinds, in: scope, &diagnostics),
            let (text, span) = keys.scalar(entry.key, &diagnostics)
        else { return nil }
        guard kinds.contains(entry.key) else { return nil }
        guard let match = match(entry.key, text) else {
            report(entry.key, text, at: span, &diagnostics)
            return nil
        }
        return isPlaced(match, at: span, &diagnostics) ? match : nil
    }

    private func match(_ kind: String, _ text: String) -> Signals.Match? {
        let words = words(text)
        switch kind {
        case "carp":
            guard words.count == 2, let (vhid, interface) = SignalText.address(words[0]),
                Self.carpStates.contains(words[1])
            else { return nil }
            return .carp(vhid: vhid, interface: interface, state: words[1])
        case "interface":
            guard words.count == 2, SignalText.isInterface(words[0]),
                Self.interfaceStates.contains(words[1])
            else { return nil }
            return .interface(name: words[0], type: words[1])
        case "keepalived":
            guard words.count == 3, Notice.keepalivedKinds.contains(words[0]),
                SignalText.isInstance(words[1]), Self.keepalivedStates.contains(words[2])
            else { return nil }
            return .keepalived(kind: words[0], name: words[1], state: words[2])
        case "hast":
            guard words.count == 2, Notice.hastEvents.contains(words[0]),
                SignalText.isResource(words[1])
            else { return nil }
            return .hast(event: words[0], resource: words[1])
        default: return drbd(words)
        }
    }

    private func drbd(_ words: [String]) -> Signals.Match? {
        guard (2...3).contains(words.count), SignalText.isEvent(words[0]),
            SignalText.isResource(words[1]),
            Notice.drbdStates.contains(words[0]) == (words.count == 3)
        else { return nil }
        let state = words.count == 3 ? words[2] : ""
        guard state.isEmpty || SignalText.isWord(state) else { return nil }
        return .drbd(event: words[0], resource: words[1], state: state)
    }

    /// The words of a text; a name between double quotes is one word.
    private func words(_ text: String) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated().flatMap { index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
    }
}

// MARK: - Faults

extension MatchReader {
    private func report(
        _ kind: String, _ text: String, at span: Span, _ diagnostics: inout Diagnostics
    ) {
        let example = Self.examples.first { $0.0 == kind }?.1 ?? ""
        let last = words(text).last ?? ""
        let states =
            switch kind {
            case "carp": Self.carpStates
            case "interface": Self.interfaceStates
            case "keepalived": Self.keepalivedStates
            default: [String]()
            }
        let note =
            switch kind {
            case "carp": "it has a vhid from 1 to 255, `@`, an interface, and \(listed(states))"
            case "interface": "it has an interface, and \(listed(states))"
            case "keepalived":
                "it has \(listed(Notice.keepalivedKinds)), a name (in double quotes if it has"
                    + " blanks), and \(listed(states))"
            case "hast": "it has one of \(listed(Notice.hastEvents)), and a resource"
            default:
                "it has one of \(listed(Notice.drbdStates)), a resource and a state; or the name"
                    + " of a helper such as `split-brain`, and a resource"
            }
        let guess = states.contains(last) ? nil : suggestion(for: last.uppercased(), among: states)
        diagnostics.report(
            Diagnostic(
                code: "bad-match",
                "no \(kind) is matched by `\(text.prefix(80))`",
                at: span,
                note: note,
                help: guess.map { "did you mean `\($0)`?" } ?? "write `\(example)`"
            )
        )
    }

    /// Whether the match can stand under its direction, which is reported if not.
    private func isPlaced(
        _ match: Signals.Match, at span: Span, _ diagnostics: inout Diagnostics
    ) -> Bool {
        guard direction == .acquire else { return true }
        guard let state = match.state else {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-match",
                    "what happens to a replica makes no master",
                    at: span,
                    note: "an acquire follows the address: the peer may still serve",
                    help: "match the address; a replica can call for the release"
                )
            )
            return false
        }
        if state == "MASTER" || state == "LINK_UP" { return true }
        diagnostics.report(
            Diagnostic(
                code: "misplaced-match",
                "\(state) calls for the release, and stands under `acquire`",
                at: span,
                note: "this node may only take over what it is master of",
                help: "remove it: every other state of an address that `acquire` matches calls for"
                    + " the release by itself"
            )
        )
        return false
    }
}
