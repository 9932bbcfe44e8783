package import Engine

/// A parameter's value in JSON: durations as a number and a unit.
package enum PlainValue: Encodable {
    case text(String), number(Int), flag(Bool), list([PlainValue])

    package init(_ value: Value) {
        switch value {
        case .string(let text): self = .text(text)
        case .integer(let number): self = .number(number)
        case .duration: self = .text(value.text ?? "")
        case .boolean(let flag): self = .flag(flag)
        case .list(let values): self = .list(values.map(PlainValue.init))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        }
    }
}
