/// Whether something is there.
enum Presence: String, CaseIterable, Sendable { case present, absent }

extension CaseIterable where Self: RawRepresentable<String> {
    /// The words of an enumeration in the order of its cases, for a field that is a choice.
    static var words: [String] { allCases.map(\.rawValue) }
}
