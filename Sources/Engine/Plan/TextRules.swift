extension Field.Kind {
    /// The bytes of the longest text: what Linux and FreeBSD both take as one path or argument.
    public static let textLimit = 4096

    /// Why a text field of this kind does not take `text`; nil when it does.
    ///
    /// What passes as `name` or `path` can stand in a command line without being read as an option.
    public func refusal(of text: String) -> String? {
        if text.utf8.count > Self.textLimit { return "is longer than \(Self.textLimit) bytes" }
        if text.unicodeScalars.contains(where: \.isControl) {
            return "holds a control character or a newline"
        }
        switch self {
        case .name: return nameRefusal(text)
        case .path: return pathRefusal(text)
        case .literal where text.isEmpty: return "is empty, and would match everything"
        case .literal: return literalRefusal(text)
        default: return nil
        }
    }

    /// The text of a script's pattern would never be found, so that its absence held at once.
    private func literalRefusal(_ text: String) -> String? {
        let found =
            if text.contains("\\") {
                "holds a backslash"
            } else if text.hasPrefix("^") {
                "begins with `^`"
            } else if text.hasSuffix("$") {
                "ends with `$`"
            } else if text.contains(".*") {
                "holds `.*`"
            } else {
                ""
            }
        if found.isEmpty { return nil }
        return found + ", and is compared as it stands: no pattern and no backslash"
    }

    private func nameRefusal(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.hasPrefix("-") { return "begins with `-` and would be read as an option" }
        if text.unicodeScalars.contains(where: \.isBlank) { return "holds a blank" }
        return nil
    }

    private func pathRefusal(_ text: String) -> String? {
        guard text.hasPrefix("/") else { return "is not an absolute path" }
        let components = text.split(separator: "/")
        if components.contains(".") || components.contains("..") {
            return "holds a `.` or `..` component"
        }
        return nil
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { value < 0x80 ? value == 0x20 : properties.isWhitespace }
}
