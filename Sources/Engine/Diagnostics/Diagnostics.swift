/// Collects diagnostics; a fault that shows again in each turn of a `for-each` is kept once.
public struct Diagnostics: Sendable {
    /// No more than this many are kept; who reads 200 mends them first and looks again.
    public static let limit = 200

    /// What was reported, in the order of reporting.
    public private(set) var all: [Diagnostic] = []
    /// Whether any was an error, kept or not.
    public private(set) var hasErrors = false
    /// Whether a further fault would change nothing, so that looking for it can end.
    var isExhausted: Bool { hasErrors && all.count >= Self.limit }
    private var seen: Set<Diagnostic> = []
    private var causes: Set<String> = []

    /// An empty collection.
    public init() {}

    /// Adds a diagnostic unless it is there already or the limit is reached.
    public mutating func report(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        guard all.count < Self.limit, seen.insert(diagnostic).inserted else { return }
        if let cause = diagnostic.cause, !causes.insert(cause).inserted { return }
        all.append(diagnostic)
    }

    /// Adds what another collection holds.
    mutating func report(_ others: Diagnostics) {
        for diagnostic in others.all { report(diagnostic) }
        if others.hasErrors { hasErrors = true }
    }
}
