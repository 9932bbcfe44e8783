/// What came in from outside and is not taken, since it is not what it should be.
public struct Refusal: Error, Hashable {
    /// What is refused and why; printable and short, whatever came in.
    public let why: String

    /// The characters of the input that are shown at most.
    static let excerptLimit = 40

    /// Creates a refusal of `input`, of which the beginning is shown.
    init(_ input: some StringProtocol, _ why: String) {
        let scalars = input.unicodeScalars
        let start = String(String.UnicodeScalarView(scalars.prefix(Self.excerptLimit)))
        let isWhole = scalars.count <= Self.excerptLimit
        self.why = "refused `\(printable(start))\(isWhole ? "" : "…")`: \(why)"
    }
}
