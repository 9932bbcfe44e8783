import Engine

/// Whether a world is one in which the plan finds what it asks for.
extension WorldReader {
    private static let keysOfFreeBSD = [
        "hastd", "hast-timeout", "carp", "advskew", "peer-advskew", "carp-preempts",
    ]
    private static let keysOfLinux =
        ["drbd", "lio", "tgt"] + keysOfKeepalived.filter { $0 != "address" }

    /// Whether the world is of another platform than the one that the site states; then that is
    /// reported, and nothing else is worth a word.
    mutating func isOfAnotherPlatform(_ file: Section, _ site: Site) -> Bool {
        guard let asked = site.platform else { return false }
        let other: Platform = asked == .freebsd ? .linux : .freebsd
        let signs = asked == .freebsd ? Self.keysOfLinux : Self.keysOfFreeBSD
        let span: Span
        if let node = file["platform"], let named = node.text {
            guard named.lowercased() == other.rawValue else { return false }
            span = node.span
        } else if let sign = file.entries.first(where: { signs.contains($0.key) }) {
            span = sign.keySpan
        } else {
            return false
        }
        diagnostics.report(
            Diagnostic(
                code: "other-platform",
                "the world is of \(other.rawValue), and the plan is for \(asked.rawValue)",
                at: span,
                note: "none of the tools that its steps use is there",
                help: "name a world of \(asked.rawValue), or a plan for \(other.rawValue)"))
        return true
    }

    /// Reports what the plan's parameters name and the world calls otherwise.
    mutating func checkNames(_ file: Section, _ plan: Plan) {
        let asked = Pair(plan)
        let given = Set(plan.parameters.map(\.name))
        let missing = asked.disks.filter { !pair.disks.contains($0) }
        if !given.isDisjoint(with: ["disks", "resources"]), !missing.isEmpty {
            otherName("disks", file, has: listed(pair.disks), asks: listed(missing))
        }
        let names = [
            ("pool", pair.pool, asked.pool), ("interface", pair.interface, asked.interface),
            ("vhid", "\(pair.vhid)", "\(asked.vhid)"), ("address", pair.address, asked.address),
        ]
        for (key, has, asks) in names where given.contains(key) && has != asks {
            otherName(key, file, has: has, asks: asks)
        }
    }

    private mutating func otherName(_ key: String, _ file: Section, has: String, asks: String) {
        diagnostics.report(
            Diagnostic(
                code: "other-names",
                "`\(key)` of the world is \(has), and the plan asks for \(asks)",
                at: file[key]?.span ?? file.span,
                note:
                    "a world has the names that the plan's parameters give, unless it says others",
                help: "leave `\(key)` out, or settle the plan's with `--set`"))
    }
}
