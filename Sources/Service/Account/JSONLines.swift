import Engine
import FoundationEssentials

/// JSON, one object a line, keys sorted: what `--json` prints.
package struct JSONLines {
    private let encoder: JSONEncoder

    package init() {
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    /// One line, its end included.
    package func line(_ value: some Encodable) -> String {
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("a value of the program's own has no JSON form")
        }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
