extension Sequence<Diagnostic> {
    /// The diagnostics by file and place; what stands in no file first, equals as reported.
    public func sorted() -> [Diagnostic] {
        enumerated().sorted { left, right in
            let (first, second) = (left.element.place, right.element.place)
            return first == second ? left.offset < right.offset : first < second
        }
        .map(\.element)
    }
}

extension Diagnostic {
    fileprivate var place: (Int, Int, Int) {
        span.map { ($0.source, $0.line, $0.column) } ?? (-1, 0, 0)
    }
}
