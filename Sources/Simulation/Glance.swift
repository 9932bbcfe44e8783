import Engine

/// A look that was made ahead, for whoever will ask the same.
struct Glance {
    let number: Int
    let query: Query
    let asked: Instant
    let returns: Instant
    /// What was seen, once it is back.
    var answer: Answer?
}
