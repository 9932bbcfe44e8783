/// What a site settles for the life on a server: folders, and commands that tell others.
extension Site {
    /// How many words such a command may have.
    static let commandLimit = 64

    mutating func readFolders(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        guard let node = keys.node("folders"), !node.isNull,
            let folders = Keys(
                "`folders`", node, allowed: ["state", "runtime"], in: Scope(), &diagnostics)
        else { return }
        stateFolder = folder("state", folders, &diagnostics)
        runtimeFolder = folder("runtime", folders, &diagnostics)
        guard let state = stateFolder, let runtime = runtimeFolder,
            PlanPath.areSame(state, runtime)
        else { return }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`state` and `runtime` are one folder",
                at: folders.node("runtime")?.span,
                note: "journals last; what is wanted, locks and holds must be gone after a boot"
            )
        )
    }

    private func folder(
        _ key: String, _ keys: Keys, _ diagnostics: inout Diagnostics
    ) -> String? {
        guard let text = keys.text(key, &diagnostics) else { return nil }
        let why =
            Field.Kind.path.refusal(of: text)
            ?? (text.allSatisfy { $0 == "/" } ? "is the root of all folders" : nil)
        guard let why else { return text }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`\(key)` of `folders` \(why)",
                at: keys.node(key)?.span,
                note: "a service is started anywhere, so a relative folder would be another each"
                    + " time",
                help: "write a folder of the machine's own disk: never one on a pool that is moved"
            )
        )
        return nil
    }

    mutating func readLookTimeout(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        guard let limit = keys.limit("look-timeout", &diagnostics) else { return }
        lookTimeout = limit
        guard limit < Self.shortestLookTimeout else { return }
        let least = durationText(Self.shortestLookTimeout)
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "`look-timeout` is shorter than \(least)",
                at: keys.node("look-timeout")?.span,
                note: "a look that always takes longer would be begun again for ever, and nothing"
                    + " could be told",
                help: "write how long `zfs list` may take with all file systems and cold disks, or"
                    + " leave it out for \(durationText(Attention.lookTimeout))"
            )
        )
    }

    func command(
        _ key: String, _ keys: Keys, _ diagnostics: inout Diagnostics
    ) -> [String]? {
        guard let node = keys.node(key), !node.isNull else { return nil }
        guard let items = node.items, (1...Self.commandLimit).contains(items.count) else {
            let text = node.text ?? ""
            diagnostics.report(
                Diagnostic(
                    code: "wrong-type",
                    "`\(key)` is \(node.kindName) and should be a command: a list of 1 to"
                        + " \(Self.commandLimit) words",
                    at: node.span.firstLine,
                    note: "it is started as it stands, without a shell",
                    help: text.isEmpty ? "write `[/usr/local/bin/tell]`" : commandHelp(text)
                )
            )
            return nil
        }
        var words: [String] = []
        for (index, item) in items.enumerated() {
            let kind: Field.Kind = index == 0 ? .name : .text
            let why =
                item.text == nil || item.isNull
                ? "is \(item.kindName)" : kind.refusal(of: item.text ?? "")
            if let why {
                diagnostics.report(
                    Diagnostic(
                        code: "bad-value",
                        "word \(index + 1) of `\(key)` \(why)",
                        at: item.span.firstLine,
                        note: index == 0 ? "the first word is the tool" : nil
                    )
                )
            }
            words.append(item.text ?? "")
        }
        return words
    }
}
