/// Why no configuration can be printed with a value.
public struct InstallFault: Error, Sendable, Hashable {
    /// What is wrong, which value it is, and what to do.
    public let why: String

    init(_ why: String) { self.why = why }

    init(_ what: String, _ value: String, _ why: String, help: String? = nil) {
        self.why =
            "\(what) \(why), and cannot be written into a configuration: `\(value)`"
            + (help.map { "; \($0)" } ?? "")
    }
}
