/// How a command is written that its author wrote as one text.
func commandHelp(_ text: String) -> String {
    let isSimple = !text.contains { "'\"\\|&;<>()*?".contains($0) }
    let words = text.split(separator: " ").map(String.init)
    return isSimple
        ? "write each word as an item of its own: `\(flowList(of: words))`"
        : "write each word as an item of its own, without a shell's quotes; what needs a shell"
            + " is one item: `[sh, -c, '…']`"
}

/// Texts as a list between brackets, quoted where YAML would take them for something else.
func flowList(of items: [String]) -> String {
    "[" + items.map(flowScalar).joined(separator: ", ") + "]"
}

/// A text as it can stand inside `{ }` or `[ ]`.
func flowScalar(_ text: String) -> String {
    let special = ",[]{}#&*!|>'\"%@`:"
    let isPlain = !text.isEmpty && !text.contains { special.contains($0) } && !text.hasPrefix("- ")
    return isPlain
        ? text
        : "'"
            + text.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''") + "'"
}

/// What to write instead of a text that was taken from a script's pattern.
func literalHelp(_ written: String) -> String {
    if written.contains(".*") {
        return "write a part of it that is always the same, as it shows, without any pattern"
    }
    var text = written.filter { $0 != "\\" }
    if text.hasPrefix("^") { text.removeFirst() }
    if text.hasSuffix("$") { text.removeLast() }
    return text.isEmpty
        ? "write the text as it shows" : "write the text as it shows: `'\(text)'`"
}
