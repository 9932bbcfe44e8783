import Engine

/// Where an imported pool is: what `zpool get -H -o property,value cachefile,altroot` says.
private struct ZFSPlace {
    /// `-` for the default, which boot reads; `none` for nowhere.
    let cachefile: Bytes
    /// `-` for the root.
    let altroot: Bytes

    init(_ answers: Answers, _ query: Query) throws(Unreadable) {
        let output = try answers.output(of: query)
        var values: [Bytes: Bytes] = [:]
        for line in ByteLines(output.standardOutput) {
            let columns = line.columns
            guard columns.count == 2 else { throw Unreadable(query, output) }
            values[columns[0]] = columns[1]
        }
        guard output.succeeded, let file = values[Array("cachefile".utf8)[...]],
            let root = values[Array("altroot".utf8)[...]]
        else { throw Unreadable(query, output) }
        (cachefile, altroot) = (file, root)
    }

    var isKeptFromBoot: Bool { cachefile.equals("none") }

    var text: String {
        "cachefile=\(cachefile.equals("-") ? "" : cachefile.text), from which the next boot of this"
            + " machine imports it, whoever has it then"
    }
}

extension ZFS {
    func isPlaced(_ options: ImportOptions) -> Probe {
        let query = Query.command(.zpoolPlace(options.pool))
        let pool = options.pool
        return Probe([query]) { answers in
            // What cannot be told is set once more; there is no harm in it.
            guard let place = try? ZFSPlace(answers, query) else {
                return .doesNot(
                    "pool \(pool) is imported, and whether a boot would do so cannot be told")
            }
            if let root = options.altroot, !place.altroot.elementsEqual(root.utf8) {
                return .never(
                    "pool \(pool) is imported already, with altroot=\(place.altroot.text) and not"
                        + " \(root), which only an export ends: `zpool export \(pool)`")
            }
            return place.isKeptFromBoot
                ? .holds : .doesNot("pool \(pool) is imported with \(place.text)")
        }
    }

    func place(_ options: ImportOptions) -> [Command] {
        [.tool("zpool", "set", "cachefile=none", options.pool)]
    }

    func misplaced(_ options: ImportOptions, _ seen: Answers) -> [String] {
        let query = Query.command(.zpoolPlace(options.pool))
        guard let place = try? ZFSPlace(seen, query), !place.isKeptFromBoot else { return [] }
        return ["pool \(options.pool) is still imported with \(place.text)"]
    }
}
