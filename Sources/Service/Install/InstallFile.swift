/// A file of configuration, as it is to be written.
public struct InstallFile: Sendable, Hashable {
    /// Where it belongs; a fragment belongs into what is there already.
    public let path: String
    /// Whether it is a program.
    public let isExecutable: Bool
    /// The whole text.
    public let text: String

    init(_ path: String, isExecutable: Bool = false, _ text: String) {
        self.path = path
        self.isExecutable = isExecutable
        self.text = text
    }

    /// Several files as one text for a person; a single file stands as it is.
    public static func printed(_ files: [InstallFile]) -> String {
        guard files.count > 1 else { return files.first?.text ?? "" }
        return files.map { "# ==> \($0.path)\n\n\($0.text)" }.joined(separator: "\n")
    }
}
