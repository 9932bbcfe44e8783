extension Field.Kind {
    /// Why a text field of this kind does not take `text`; nil when it does.
    ///
    /// What passes as `name` or `path` can stand in a command line without being read as an option.
    public func refusal(of text: String) -> String? {
        if text.utf8.count > 4096 { return "is longer than 4096 bytes" }
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            return "holds a control character or a newline"
        }
        switch self {
        case .name: return nameRefusal(text)
        case .path: return pathRefusal(text)
        case .literal where text.isEmpty: return "is empty, and would match everything"
        case .literal where text.contains("\\"):
            return "holds a backslash, and is compared as it stands, not as a pattern:"
                + " `\\(` would never match"
        default: return nil
        }
    }

    private func nameRefusal(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.hasPrefix("-") { return "begins with `-` and would be read as an option" }
        if text.utf8.contains(UInt8(ascii: " ")) { return "holds a blank" }
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
