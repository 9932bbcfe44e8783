public import Engine

/// What a simulated host was made to do, in order.
public struct Transcript: Hashable, Sendable {
    /// One command.
    public struct Line: Hashable, Sendable {
        /// How it came out.
        public enum End: Hashable, Sendable {
            /// It is under way.
            case open
            /// It ended by itself.
            case ended(Output.Status)
            /// It was given up on and may still take effect.
            case gaveUp
            /// It was given up on and can take no effect any more.
            case gone
        }

        /// When it began.
        public let began: Instant
        /// What was done.
        public let command: Command
        /// When it came out so.
        public internal(set) var at: Instant
        /// How it came out.
        public internal(set) var end: End

        /// The line as text: `1240ms + 15ms  hastctl role primary disk0: exit 0`.
        public var text: String {
            let ending =
                switch end {
                case .open: "under way"
                case .ended(let status): "\(status)"
                case .gaveUp: "given up, in doubt"
                case .gone: "given up, gone"
                }
            let began = (began - .zero).milliseconds
            let took = (at - self.began).milliseconds
            return "\(began)ms + \(took)ms  \(command.line): \(ending)"
        }
    }

    /// The commands in the order in which they began.
    public internal(set) var lines: [Line] = []
}
