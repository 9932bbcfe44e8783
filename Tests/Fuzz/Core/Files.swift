import Engine

/// The parts of an input as files that a loader reads.
struct Files {
    private let input: Input

    init(_ input: Input) { self.input = input }

    /// Reads a part of this name; nil when there is none.
    func read(_ path: String) -> Result<[UInt8], PlanLoader.ReadFault>? {
        input[path].map { .success($0) }
    }
}
