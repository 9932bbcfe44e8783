/// What does not go together.
extension SignalsLoader {
    mutating func checkMatches(_ acquire: Signals.Rule, _ release: Signals.Rule) {
        for match in release.matches where acquire.matches.contains(match) {
            diagnostics.report(
                Diagnostic(
                    code: "same-match",
                    "\(match.address ?? "") \(match.state ?? "") calls for both directions",
                    at: release.span,
                    note: "a release is called for by the other states of the address",
                    help: "remove it under `release`"
                )
            )
        }
    }

    mutating func checkTwins(_ pair: Found, _ other: Found) {
        let (name, span) = (pair.pair.name, pair.span)
        if name == other.pair.name {
            diagnostics.report(
                Diagnostic(
                    code: "same-pair",
                    "two pairs are named `\(name)`",
                    at: span,
                    note: "the first is in line \(other.span.line); they would share one lock and"
                        + " one folder of journals"
                )
            )
        }
        let addresses = pair.pair.addresses
        for address in other.pair.addresses where addresses.contains(address) {
            diagnostics.report(
                Diagnostic(
                    code: "same-address",
                    "\(address) belongs to the pair `\(other.pair.name)` already",
                    at: span,
                    note: "one address moves one pair; two plans at once would step on each other",
                    help: "put both pools into one plan, or give this pair an address of its own"
                )
            )
        }
        let isSame = zip(pair.pair.settings, other.pair.settings).allSatisfy { $0 == $1 }
        guard isSame, pair.pair.settings.count == other.pair.settings.count,
            PlanPath.areSame(pair.pair.acquire.plan, other.pair.acquire.plan)
        else { return }
        diagnostics.report(
            Diagnostic(
                code: "same-plan",
                "`\(name)` runs the same plan as `\(other.pair.name)`, with the same settings",
                at: span,
                note: "both would move the same pool, each under a lock of its own",
                help: "give each its own `set: {pool: …}`, or its own plans"
            )
        )
    }
}

extension Signals.Pair {
    /// The name of a pair that has none: a file with one pair need not name it.
    public static let defaultName = "default"

    /// The addresses that its acquire matches.
    public var addresses: [String] { acquire.matches.compactMap(\.address) }
}
