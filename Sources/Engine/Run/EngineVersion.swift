/// The version of the program, as in CHANGELOG.md.
public enum EngineVersion {
    /// The version of this build.
    public static let current = "0.1.0"
}
