/// The arguments after a tool's verb, read as getopt(3) reads them.
///
/// Made for thousands of looks a second: letters are bytes, and nothing is copied.
struct Arguments {
    private var flags: UInt128 = 0
    /// The options with a value, in order.
    private(set) var values: [(option: UInt8, value: String)] = []
    /// What follows the options.
    private(set) var operands: ArraySlice<String>

    /// Reads `words`; nil when an option is unknown or lacks its value.
    init?(_ words: ArraySlice<String>, flags known: StaticString, valued: StaticString = "") {
        operands = words
        while let word = operands.first, word.utf8.first == UInt8(ascii: "-"), word != "-" {
            operands = operands.dropFirst()
            if word == "--" { return }
            var letters = word.utf8.dropFirst()
            while let letter = letters.popFirst() {
                if known.holds(letter) {
                    flags |= 1 << UInt128(letter)
                } else if valued.holds(letter) {
                    guard let value = letters.isEmpty ? operands.popFirst() : String(letters)
                    else { return nil }
                    values.append((letter, value))
                    letters = letters.suffix(0)
                } else {
                    return nil
                }
            }
        }
    }

    /// Whether an option without a value was given.
    func has(_ flag: Unicode.Scalar) -> Bool { flags & (1 << UInt128(UInt8(ascii: flag))) != 0 }

    /// The values of an option, in order.
    func all(_ option: Unicode.Scalar) -> [String] {
        values.filter { $0.option == UInt8(ascii: option) }.map(\.value)
    }

    /// Reads the list of properties that `zpool` and `zfs` take after -o; all, when there is none.
    ///
    /// Gives what the tool says of a property that it does not know.
    func properties<Column: RawRepresentable<String>>(
        of known: [Column], _ columns: inout [Column]
    ) -> Outcome? {
        guard let list = values.last(where: { $0.option == UInt8(ascii: "o") })?.value else {
            columns = known
            return nil
        }
        columns.reserveCapacity(known.count)
        for word in list.utf8.split(separator: UInt8(ascii: ",")) {
            guard let column = known.first(where: { $0.rawValue.utf8.elementsEqual(word) }) else {
                return .fails(2, "bad property list: invalid property '\(Substring(word))'")
            }
            columns.append(column)
        }
        return nil
    }
}

extension StaticString {
    fileprivate func holds(_ letter: UInt8) -> Bool {
        letter < 128 && withUTF8Buffer { $0.contains(letter) }
    }
}
