import Engine

extension Judgement.Finding {
    /// What closes the hole, in sentences, the best first; empty where nothing in the plans would.
    public func remedies(for subject: Subject) -> [String] {
        excludedBy?.remedies(isOfData: kind.isOfData) ?? missing(in: subject).map(\.text)
    }

    /// The codes of the lint rules that name what is missing, for `failover explain CODE`.
    public func lintCodes(for subject: Subject) -> [String] {
        excludedBy == nil ? missing(in: subject).compactMap(\.code) : []
    }

    private func missing(in subject: Subject) -> [Remedy] {
        Remedy.all.filter { $0.kinds.contains(kind) && $0.isMissing(subject) }
    }
}

/// A change to plans that mends a kind of bad ending, where they lack it.
struct Remedy: Sendable {
    let kinds: [Breach.Kind]
    let text: String
    /// The lint rule that finds it missing.
    let code: String?
    /// Whether the plans are without it.
    let isMissing: @Sendable (Subject) -> Bool

    static let all: [Remedy] = [
        Remedy(
            kinds: [.demotedUnderPool, .noWayOut],
            text: "let the release plan export the pool before it demotes a disk:"
                + " `zpool-export` above `set-role`",
            code: "demote-before-export",
            isMissing: { !$0.release.does("zpool-export", before: ["set-role"]) }),
        Remedy(
            kinds: [.servedWithoutPool, .noWayOut],
            text: "let the release plan stop what serves before it exports the pool:"
                + " `stop-iscsi` and `stop-nfs` above `zpool-export`",
            code: "export-before-stop",
            isMissing: { !$0.release.ends(["stop-iscsi", "stop-nfs"], before: "zpool-export") }),
        Remedy(
            kinds: [.servedWithoutPool],
            text: "let the acquire plan start what serves after the pool is there:"
                + " `start-iscsi` and `start-nfs` below `zpool-import` and `zfs-mount`",
            code: "acquire-out-of-order",
            isMissing: { !$0.acquire.does("zpool-import", before: ["start-iscsi", "start-nfs"]) }),
        Remedy(
            kinds: [.twoImports, .splitBrain, .demotedUnderPool],
            text: "let the acquire plan wait until the peer has let go before it promotes a disk:"
                + " `wait-for-process` of the secondary worker, `state: absent`, or `wait-for-role`"
                + " with `peer: not-primary`, for longer than the counterpart's budget",
            code: "promote-without-wait",
            isMissing: { subject in
                !["wait-for-process", "wait-for-role"].contains {
                    subject.acquire.does($0, before: ["set-role"])
                }
            }),
        Remedy(
            kinds: [.twoImports, .splitBrain],
            text: "guard the forced import: `guard: [{carp: {…, state: master}}]`, or"
                + " `keepalived`, beside `zpool-import`",
            code: "forced-import-without-guard",
            isMissing: { !$0.acquire.guards("zpool-import") }),
        Remedy(
            kinds: [.twoImports, .splitBrain, .notConverged],
            text: "begin only for a master that lasts: under `require`, `carp` or `keepalived`"
                + " with `state: master, steady-for: 3s`",
            code: "no-steady-role",
            isMissing: { !$0.acquire.require.contains { $0.steadyFor > .zero } }),
        Remedy(
            kinds: [.lostWrite, .brokenCopy],
            text:
                "take over full copies only: `replica: {resources: '${disks}', fresh: true}` under"
                + " `require`, and with HAST the hooks of `failover install hast` on both nodes",
            code: "forced-import-without-replica",
            isMissing: { !$0.acquire.require.contains { $0.assurance == .fullCopy } }),
        Remedy(
            kinds: [.notConverged],
            text: "let a node that could not take over give the address back: `yield-address` under"
                + " `if-failed` of the acquire plan",
            code: "no-yield-address",
            isMissing: { $0.acquire.yielding == nil }),
    ]
}

extension Plan {
    /// The kinds of its steps, in order.
    private var kinds: [String] {
        steps(from: steps).compactMap { id in
            if case .step(let node) = self[id].kind { node.kind } else { nil }
        }
    }

    /// Whether a step of this kind stands before all of those kinds.
    fileprivate func does(_ kind: String, before others: [String]) -> Bool {
        let kinds = kinds
        guard let first = kinds.firstIndex(of: kind) else { return false }
        return !kinds[..<first].contains(where: others.contains)
    }

    /// Whether no step of these kinds stands after one of that kind.
    fileprivate func ends(_ kinds: [String], before kind: String) -> Bool {
        let all = self.kinds
        guard let first = all.firstIndex(of: kind) else { return true }
        return !all[first...].contains(where: kinds.contains)
    }

    /// Whether each step of this kind has a guard, its own or that of a group around it.
    fileprivate func guards(_ kind: String) -> Bool {
        steps(from: steps).allSatisfy { id in
            guard case .step(let node) = self[id].kind, node.kind == kind else { return true }
            var next: NodeID? = id
            while let node = next {
                if !self[node].guards.isEmpty { return true }
                next = self[node].parent
            }
            return false
        }
    }
}

extension Strike {
    /// What happens, for a person.
    public var sentence: String { "on node \(side.name), \(mishap.sentence)" }
}

extension Duration {
    /// A time of a story: `1:23.456`.
    public var clockText: String {
        let all = milliseconds
        func padded(_ number: Int64, to digits: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(all / 60_000):" + padded(all / 1000 % 60, to: 2) + "." + padded(all % 1000, to: 3)
    }
}
