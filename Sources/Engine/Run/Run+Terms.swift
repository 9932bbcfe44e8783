extension Run {
    /// Which attempt a run is, by which it is decided whether `if-failed` runs.
    public enum Terms: String, Sendable {
        /// A person's one attempt.
        case byHand = "by-hand"
        /// Another attempt follows a failure, so that the address is not yielded yet.
        case moreFollow = "more-follow"
        /// Nothing follows a failure.
        case last
    }
}
