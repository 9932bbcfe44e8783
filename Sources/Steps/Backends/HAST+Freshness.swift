import Engine

/// Which copies can be relied on: by the marks that the hooks of hastd keep, by the word of the
/// peer, or by being the primary.
extension HAST {
    /// Read without a fork and without hastd, which serves one request at a time: a resource is
    /// primary here while its worker runs. That it is primary counts for a full copy if the worker
    /// is proven, and against the word of the peer if anything is titled so.
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
        let queries = full.map { Query.text($0) } + words.map { .path($0) } + HASTWorkers.queries
        return Freshness(queries: queries, regardless: "with --accept-stale") {
            answers throws(Unreadable) in
            var lacks = Freshness.Lacks()
            for index in resources.indices {
                let resource = resources[index]
                let mark = try answers.text(of: full[index])
                let workers = try HASTWorkers(answers)
                if let mark, workers.believes(mark, of: resource) { continue }
                let hasWord = try answers.isMarked(words[index])
                let titled = workers.titled(resource, .primary)
                let isPrimary = workers.proven(resource, .primary) != nil
                switch (hasWord, titled, isPrimary) {
                case (true, nil, _), (false, _, true): continue
                case (true, .some, _): lacks.unmet.append(resource)
                case (false, let titled, false):
                    lacks.unknown.append(resource)
                    if let titled { lacks.unproven.append(titled.pid) }
                }
            }
            return lacks
        }
    }
}

extension HASTWorkers {
    /// Whether a mark still counts: the hook that takes it away at a new connection may be late, so
    /// that while a standby is connected the mark must be of that very connection. One that a
    /// person made counts until the hook has come.
    fileprivate func believes(_ mark: [UInt8], of resource: String) -> Bool {
        guard !mark.isEmpty, let connection = connection(of: resource) else { return true }
        return mark.elementsEqual(connection.utf8)
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
