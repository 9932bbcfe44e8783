/// A file or folder that others could have changed, so that root does not act on it.
public struct TrustFault: Error, Hashable, Sendable {
    /// The file or folder at fault.
    public let path: String
    /// What is wrong with it.
    public let what: String
    /// Why that matters.
    public let why: String
    /// The command that mends it.
    public let mend: String

    /// Creates a fault.
    public init(path: String, what: String, why: String, mend: String) {
        self.path = path
        self.what = what
        self.why = why
        self.mend = mend
    }
}

extension TrustFault: CustomStringConvertible {
    /// The fault as one line.
    public var description: String { "\(path) \(what), \(why); mend it with: \(mend)" }
}
