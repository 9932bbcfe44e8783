/// A YAML value with its place; it knows nothing of plans, and guesses no types.
public struct Node: Sendable {
    /// The kinds of value.
    public enum Content: Sendable {
        /// Text; `quoted` when the author quoted it or wrote a block scalar.
        case scalar(String, quoted: Bool)
        case list([Node])
        /// In the order of the file; the reader has reported duplicate keys.
        case map([Entry])
    }

    /// A key and its value.
    public struct Entry: Sendable {
        /// The key's text.
        public let key: String
        /// Where the key stands.
        public let keySpan: Span
        /// The value.
        public let value: Node

        /// Creates an entry.
        public init(key: String, keySpan: Span, value: Node) {
            self.key = key
            self.keySpan = keySpan
            self.value = value
        }
    }

    /// The value.
    public let content: Content
    /// Where it stands.
    public let span: Span

    /// Creates a value.
    public init(_ content: Content, span: Span) {
        self.content = content
        self.span = span
    }

    /// The entries of a map, else nil.
    public var entries: [Entry]? {
        guard case .map(let entries) = content else { return nil }
        return entries
    }

    /// The items of a list, else nil.
    public var items: [Node]? {
        guard case .list(let items) = content else { return nil }
        return items
    }

    /// The text of a scalar, else nil.
    public var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// Whether it is written as nothing: an unquoted empty scalar, `~` or `null`.
    public var isNull: Bool {
        guard case .scalar(let text, quoted: false) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// The kind in an author's words.
    public var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// The value under `key` of a map.
    public subscript(key: String) -> Node? {
        entries?.first { $0.key == key }?.value
    }
}
