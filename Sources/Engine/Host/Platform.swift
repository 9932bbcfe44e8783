/// The operating system whose tools a plan uses; a value, so that any platform's back ends run and
/// are tested anywhere.
public enum Platform: String, Sendable, CaseIterable {
    case freebsd, linux

    /// Whose tools plans are taken to use where neither a host nor a site says.
    public static let presumed = Platform.freebsd

    /// What it is called.
    public var name: String {
        switch self {
        case .freebsd: "FreeBSD"
        case .linux: "Linux"
        }
    }
}
