/// The arguments after a tool's verb, read as getopt(3) reads them.
struct Arguments {
    /// The options without a value, in order.
    private(set) var flags: [Character] = []
    /// The options with a value, in order.
    private(set) var values: [(option: Character, value: String)] = []
    /// What follows the options.
    private(set) var operands: [String] = []

    /// Reads `words`; nil when an option is unknown or lacks its value.
    init?(_ words: ArraySlice<String>, flags known: String, valued: String = "") {
        var rest = words
        while let word = rest.first, word.hasPrefix("-"), word != "-" {
            rest = rest.dropFirst()
            if word == "--" { break }
            var letters = word.dropFirst()
            while let letter = letters.popFirst() {
                if known.contains(letter) {
                    flags.append(letter)
                } else if valued.contains(letter) {
                    if letters.isEmpty {
                        guard let value = rest.popFirst() else { return nil }
                        values.append((letter, value))
                    } else {
                        values.append((letter, String(letters)))
                    }
                    letters = ""
                } else {
                    return nil
                }
            }
        }
        operands = Array(rest)
    }

    /// Whether an option without a value was given.
    func has(_ flag: Character) -> Bool { flags.contains(flag) }

    /// The values of an option, in order.
    func all(_ option: Character) -> [String] {
        values.filter { $0.option == option }.map(\.value)
    }
}
