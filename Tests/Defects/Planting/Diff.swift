/// A unified diff: what is found in a file, and what comes in its place.
///
/// It is applied more strictly than by patch(1): every line of its context must stand there.
public struct Diff: Sendable {
    /// One place of a file.
    struct Hunk: Sendable {
        /// The file, from the top of the repository.
        let path: String
        /// Where it began when the diff was made, from 0.
        let start: Int
        var old: [Substring] = []
        var new: [Substring] = []
    }

    let hunks: [Hunk]

    /// Reads the lines of a diff; what stands before its first file is passed over.
    public init(_ text: String) {
        var path = ""
        var hunks: [Hunk] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("--- a/") {
                path = String(line.dropFirst(6))
            } else if line.hasPrefix("@@ -") {
                let start = Int(line.dropFirst(4).prefix { $0.isNumber }) ?? 1
                hunks.append(Hunk(path: path, start: start - 1))
            } else if !hunks.isEmpty, !line.hasPrefix("+++ ") {
                let last = hunks.count - 1
                if line.hasPrefix(" ") || line.hasPrefix("-") {
                    hunks[last].old.append(line.dropFirst())
                }
                if line.hasPrefix(" ") || line.hasPrefix("+") {
                    hunks[last].new.append(line.dropFirst())
                }
            }
        }
        self.hunks = hunks
    }

    /// The files that it changes, in order.
    public var paths: [String] {
        var paths: [String] = []
        for hunk in hunks where !paths.contains(hunk.path) { paths.append(hunk.path) }
        return paths
    }

    /// The text of a file with the changes made; nil when a place is not found in it.
    public func applied(to text: String, of path: String) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for hunk in hunks where hunk.path == path {
            let places = lines.indices.filter { lines[$0...].starts(with: hunk.old) }
            guard
                let place = places.min(by: { abs($0 - hunk.start) < abs($1 - hunk.start) })
            else { return nil }
            lines.replaceSubrange(place..<place + hunk.old.count, with: hunk.new)
        }
        return lines.joined(separator: "\n")
    }
}
