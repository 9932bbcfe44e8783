import Engine

/// Which copies can be relied on: by the marks that the hooks of hastd keep, by the word of the
/// peer, or by being the primary.
extension HAST {
    /// Read without a fork and without hastd, which serves one request at a time: a resource is
    /// primary here while its worker runs (setproctitle in sbin/hastd/primary.c).
    ///
    /// The word of the peer is enough to try. A new primary connects before it serves anything
    /// (hastd_primary calls init_remote before it starts its threads), and the secondary says there
    /// which of both copies is the newer one: by `localcnt` and `remotecnt` it answers
    /// HAST_SYNCSRC_SECONDARY when the primary is out of date (init_remote in secondary.c), and the
    /// primary then reads from there what is old here (ggate_recv_thread in primary.c). Until all
    /// of it is copied this node has nothing without its peer, and hastd also serves after a
    /// timeout when it met no peer at all. So on a primary with the word of its peer only a mark
    /// counts, which comes with the end of the synchronization.
    func freshness(of resources: [String], marks: String) -> Freshness {
        let full = resources.map { ReplicaMark.path(of: $0, in: marks) }
        let words = resources.map { ReplicaMark.word(of: $0, in: marks) }
        let titles = resources.map { Array("hastd: \($0) (primary)".utf8) }
        let queries = full.map { Query.path($0) } + words.map { .path($0) } + [.processes]
        return Freshness(queries: queries, regardless: "with --accept-stale") {
            answers throws(Unreadable) in
            var lacks = Freshness.Lacks()
            for index in resources.indices {
                if try answers.isMarked(full[index]) { continue }
                let hasWord = try answers.isMarked(words[index])
                let isPrimary = try answers.processes().contains {
                    titles[index].occur(in: $0.title)
                }
                switch (hasWord, isPrimary) {
                case (true, false), (false, true): continue
                case (false, false): lacks.unknown.append(resources[index])
                case (true, true): lacks.unmet.append(resources[index])
                }
            }
            return lacks
        }
    }
}

extension Answers {
    fileprivate func isMarked(_ path: String) throws(Unreadable) -> Bool {
        switch try kind(at: path) {
        case .file: return true
        case .absent: return false
        case let kind: throw Unreadable("\(path) is \(kind.words), and no mark")
        }
    }
}
