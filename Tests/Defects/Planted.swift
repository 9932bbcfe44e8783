#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one defect that this process has, of those that `Tests/Defects/engine` puts into it.
///
/// `scripts/defects` copies this file into a scratch copy of the engine; no release has it.
public enum Planted {
    private static let name = getenv("FAILOVER_DEFECT").map { String(cString: $0) } ?? ""

    /// Whether the defect of this name was chosen.
    public static func `is`(_ name: String) -> Bool { Self.name == name }
}
