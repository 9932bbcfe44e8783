import Engine

/// Which copies are full: by the marks that the hooks of hastd keep, or by being the primary.
extension HAST {
    /// Read without a fork and without hastd, which serves one request at a time: a resource is
    /// primary here while its worker runs (setproctitle in sbin/hastd/primary.c).
    func freshness(of resources: [String], marks: String) -> Freshness {
        let paths = resources.map { ReplicaMark.path(of: $0, in: marks) }
        let titles = resources.map { Array("hastd: \($0) (primary)".utf8) }
        return Freshness(queries: paths.map { .path($0) } + [.processes]) {
            answers throws(Unreadable) in
            var stale: [String] = []
            for index in resources.indices {
                switch try answers.kind(at: paths[index]) {
                case .file: continue
                case .absent:
                    let worker = try answers.processes().first {
                        titles[index].occur(in: $0.title)
                    }
                    if worker == nil { stale.append(resources[index]) }
                case let kind:
                    throw Unreadable("\(paths[index]) is \(kind.words), and no mark")
                }
            }
            return stale
        }
    }
}
