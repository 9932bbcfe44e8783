/// The releases of FreeBSD whose hastd is known not to replicate.
///
/// A connection is handed from hastd to its worker as two messages, and the worker waits for ever
/// for the second one (FreeBSD bugs 292322 and 298085, review D57511).
public enum HastdRelease {
    private static let mute = ["15.0", "15.1"]

    /// What a person must know of the hastd of a kernel, by its version as uname(2) gives it:
    /// `FreeBSD 15.0-RELEASE releng/15.0-…`; nil where nothing is known against it.
    public static func fault(ofKernel version: String) -> String? {
        let words = version.split(separator: " ", maxSplits: 2)
        guard words.count > 1, words[0] == "FreeBSD",
            let release = words[1].split(separator: "-").first.map(String.init),
            mute.contains(release)
        else { return nil }
        return "hastd of FreeBSD \(release) replicates nothing unless it was patched (FreeBSD bugs"
            + " 292322 and 298085), so that no copy on the peer ever becomes full: patch it, or use"
            + " another release"
    }
}
