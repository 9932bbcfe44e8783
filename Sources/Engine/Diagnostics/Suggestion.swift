/// The candidate that an author most likely meant by `word`, if one is close.
///
/// Close is an edit distance of at most a third of the longer word, transpositions counted once,
/// and what reads the same is the same.
public func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
    var best: (name: String, distance: Int)?
    let letters = Array(Lookalike.read(word).lowercased().utf8.prefix(64))
    for candidate in candidates.prefix(candidateLimit) {
        let other = Array(candidate.utf8.prefix(64))
        let distance = editDistance(letters, other)
        guard distance <= max(letters.count, other.count) / 3 else { continue }
        if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
    }
    return best?.name
}

/// Words as a message lists them: quoted, with commas between.
public func listed(_ words: some Sequence<String>) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
}

/// How many candidates are compared at most.
private let candidateLimit = 1000

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
            var cost = min(last[column + 1] + 1, current[column] + 1, substitution)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
