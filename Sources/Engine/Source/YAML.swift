/// Reads YAML into nodes that know their places; no types are guessed.
///
/// Anchors, aliases and merge keys (`<<`) work. Size, depth, aliases and what they expand to have
/// limits, so that any input is answered quickly.
public enum YAML {
    /// The bytes of the longest file that is read: 1 MiB.
    public static let sizeLimit = 1 << 20
    /// How many lists and maps may stand inside each other.
    public static let depthLimit = 64
    /// How many aliases (`*name`) a file may hold.
    public static let aliasLimit = 1000
    /// How many values a file may hold once its aliases are expanded.
    public static let valueLimit = 250_000

    /// Reads the one document of `text`; `source` is the text's place in the list of sources.
    ///
    /// A file that holds nothing but comments reads as a null. The answer is nil when the file
    /// cannot be read to its end; faults that do not hinder that, such as a duplicate key, are
    /// reported and the node is given all the same.
    public static func read(
        _ text: SourceText,
        source: Int,
        _ diagnostics: inout Diagnostics
    ) -> Node? {
        guard text.bytes.count <= sizeLimit else {
            diagnostics.report(
                Diagnostic(
                    code: "file-too-large",
                    "\(text.name) has more than \(sizeLimit >> 20) MiB, which is the limit",
                    at: nil,
                    note: "nothing here needs so much: is this the file that was meant?"
                )
            )
            return nil
        }
        var builder = NodeBuilder(text, source: source)
        do throws(NodeBuilder.Stop) {
            let node = try builder.document()
            diagnostics.report(builder.diagnostics)
            return node
        } catch {
            diagnostics.report(builder.diagnostics)
            return nil
        }
    }
}
