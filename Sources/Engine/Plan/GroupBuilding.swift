/// How groups are built, and the point of no return.
extension TreeBuilder {
    mutating func group(
        _ structure: Structure,
        _ entry: Node.Entry,
        _ keys: Keys,
        _ place: Place
    ) -> NodeID? {
        if structure == .pointOfNoReturn { return commit(entry, keys, place) }
        var known = StepModifiers.groupNames
        if structure == .forEach { known = Self.forEachKeys + known }
        for other in keys.entries where other.key != entry.key && !known.contains(other.key) {
            diagnostics.report(unknownModifier(other, of: entry.key, among: known))
        }
        guard allowsDepth(place.depth, entry.keySpan), countGroup(entry.keySpan) else { return nil }
        let id = reserve(parent: place.parent, entry.keySpan)
        let modifiers = modifiers(keys.keeping(known))
        if structure == .forEach {
            forEach(entry, keys, id, place, modifiers)
            return id
        }
        let inner = Place(parent: id, depth: place.depth + 1, scope: place.scope)
        let members = members(entry.value, "`\(entry.key)`", inner) ?? []
        let atOnce = structure == .parallel ? max(1, members.count) : 1
        fill(
            id,
            GroupNode(children: members, atOnce: atOnce, retry: modifiers.retry),
            label: structure.rawValue,
            modifiers
        )
        return id
    }

    private mutating func commit(
        _ entry: Node.Entry,
        _ keys: Keys,
        _ place: Place
    ) -> NodeID? {
        for other in keys.entries where other.key != entry.key {
            diagnostics.report(unknownModifier(other, of: entry.key, among: []))
        }
        if let note = whyNoCommit(place) {
            diagnostics.report(
                Diagnostic(
                    code: "misplaced-point-of-no-return",
                    "the point of no return cannot stand here",
                    at: entry.keySpan,
                    note: note,
                    help: "remove it, or move it between two steps at the top of `steps:`"
                )
            )
            return nil
        }
        pointOfNoReturn = entry.keySpan
        let own = Keys("`\(entry.key)`", [entry], at: entry.keySpan, in: place.scope)
        let why = entry.value.isNull ? "" : own.text(entry.key, &diagnostics) ?? ""
        return append(
            parent: place.parent,
            label: "point of no return",
            .pointOfNoReturn(why),
            StepModifiers(),
            nil,
            entry.keySpan
        )
    }

    private func whyNoCommit(_ place: Place) -> String? {
        if section.direction == .release {
            return "a release plan is past its point of no return from its first step"
        }
        if !section.isForward { return "under `if-failed` nothing is undone in any case" }
        if section.isDirectionChecked && section.direction != .acquire {
            return "only a plan with `direction: acquire` has one"
        }
        if place.depth > 0 {
            return "inside a group, others may be under way that are still to be undone"
        }
        return pointOfNoReturn.map { "a plan has one, and it stands in line \($0.line)" }
    }
}

extension Keys {
    /// The same keys without the modifiers that are not among `names`, which were reported.
    fileprivate func keeping(_ names: [String]) -> Keys {
        let kept = entries.filter {
            names.contains($0.key) || !StepModifiers.names.contains($0.key)
        }
        return Keys(subject, kept, at: span, in: scope)
    }
}
