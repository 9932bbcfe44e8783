/// The entries of a map while it is read: duplicates refused, merge keys kept for its end.
struct MapEntries {
    private var own: [Node.Entry] = []
    private var places: [String: Span] = [:]
    private var merges: [[Node.Entry]] = []
    private var merge: Span?
    /// The value that was read last.
    private(set) var lastValue: Node?

    /// Adds an entry; the fault if its key cannot stand here.
    mutating func add(_ key: Node, _ value: Node) -> Diagnostic? {
        lastValue = value
        guard let name = key.text else {
            return Diagnostic(
                code: "bad-key",
                "a key is \(key.kindName)",
                at: key.span,
                note: "a key is a single word",
                help: "quote a reference that begins a value: `'${name}'`"
            )
        }
        if name.isEmpty {
            return Diagnostic(code: "bad-key", "a key is empty", at: key.span)
        }
        if let first = places.updateValue(key.span, forKey: name) {
            places[name] = first
            return Diagnostic(
                code: "duplicate-key",
                "`\(name)` stands here a second time",
                at: key.span,
                note: "it stands first in line \(first.line); which of the two counts"
                    + " would be a guess"
            )
        }
        own.append(Node.Entry(key: name, keySpan: key.span, value: value))
        return nil
    }

    /// Takes the value of a merge key, a map or a list of maps; the fault if it is neither, or the
    /// second one.
    mutating func merge(_ value: Node, at span: Span) -> Diagnostic? {
        lastValue = value
        if let first = merge {
            return Diagnostic(
                code: "duplicate-key",
                "`<<` stands here a second time",
                at: span,
                note: "it stands first in line \(first.line); which of the two counts"
                    + " would be a guess",
                help: "write both behind one, the one that counts first: `<<: [*a, *b]`"
            )
        }
        merge = span
        let maps = value.items ?? [value]
        for map in maps {
            guard let entries = map.entries else {
                return Diagnostic(
                    code: "bad-merge",
                    "`<<` has \(map.kindName) where a map belongs",
                    at: map.span,
                    help: "write `<<: *name`, and `&name` before a map"
                )
            }
            merges.append(entries)
        }
        return nil
    }

    /// The entries in the order of the file, then those merged in that no earlier one overrides.
    func merged() -> [Node.Entry] {
        guard !merges.isEmpty else { return own }
        var names = Set(own.map(\.key))
        var all = own
        for entry in merges.joined() where names.insert(entry.key).inserted { all.append(entry) }
        return all
    }
}
