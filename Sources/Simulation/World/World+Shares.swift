/// What `sharenfs` and /etc/exports bring about: on FreeBSD by mountd, on Linux by exportfs.
extension World {
    /// What is exported besides `sharenfs`.
    static let exports = "/etc/exports"

    /// `zfs share -a` of all pools.
    mutating func shareAll() {
        for index in pools.indices where pools[index].isImported { shareAll(ofPool: index) }
    }

    /// Hands what is mounted and has `sharenfs` to mountd or exportfs (lib/libshare).
    mutating func shareAll(ofPool pool: Int) {
        for index in pools[pool].datasets.indices {
            let dataset = pools[pool].datasets[index]
            pools[pool].datasets[index].isShared = dataset.isMounted && dataset.shareNFS != "off"
        }
        guard pools[pool].datasets.contains(where: \.isShared) else { return }
        if isLinux { exportAll() } else if isServing("mountd") { mountdReads() }
    }

    /// The exports of `zfs share`.
    var shares: [NfsServer.Export] {
        pools.indices.flatMap { pool in
            pools[pool].datasets.filter(\.isShared).map {
                NfsServer.Export(
                    mountpoint(of: $0, inPool: pool), pool: pools[pool].name, isShared: true)
            }
        }
    }

    /// mountd reads its lists and exports the file systems that lie there now; of one that is not
    /// mounted it exports the folder beneath, on another file system.
    mutating func mountdReads() {
        let listed = exportsFile
        for pool in pools.indices {
            let mounts = pools[pool].datasets.filter(\.isMounted)
                .map { mountpoint(of: $0, inPool: pool) }
            for index in pools[pool].datasets.indices {
                let dataset = pools[pool].datasets[index]
                let place = mountpoint(of: dataset, inPool: pool)
                let isListed = listed.contains { path in
                    let around = mounts.filter { path == $0 || path.hasPrefix($0 + "/") }
                    return around.max { $0.utf8.count < $1.utf8.count } == place
                }
                pools[pool].datasets[index].isExported =
                    dataset.isMounted && (dataset.isShared || isListed)
            }
        }
    }

    /// The paths in /etc/exports.
    private var exportsFile: [String] {
        guard let file = files.first(where: { $0.path == Self.exports }) else { return [] }
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
        let words = lines.compactMap { line in
            line.split(whereSeparator: { $0 == " " || $0 == "\t" }).first
        }
        return words.filter { $0.hasPrefix("/") }.map(String.init)
    }

    /// Takes back the exports of what is not shared any more.
    mutating func unshare() {
        guard isLinux, nfs.table.contains(where: \.isShared) else { return }
        let left = shares
        nfs.table.removeAll { $0.isShared && !left.contains($0) }
        if nfsThreads == 0 { nfs.held = nfs.held.filter { nfs.table.contains($0) } }
        tellNFS()
    }

    /// What was shared before the beginning.
    mutating func settleShares() {
        for pool in pools.indices where pools[pool].isImported {
            for index in pools[pool].datasets.indices {
                let dataset = pools[pool].datasets[index]
                pools[pool].datasets[index].isShared =
                    dataset.isMounted && dataset.shareNFS != "off"
            }
        }
        if isLinux {
            let new = shares.filter { !nfs.table.contains($0) }
            nfs.table += new
            if nfsThreads > 0 { nfs.held += new }
            tellNFS()
        } else if isServing("mountd") {
            mountdReads()
        }
    }
}
