/// The value of a parameter.
public enum Value: Hashable, Sendable {
    case string(String)
    case integer(Int)
    case duration(Duration)
    case boolean(Bool)
    case list([Value])

    /// The types that a parameter can declare, by their names in a plan.
    public enum Kind: String, CaseIterable, Sendable {
        case string, integer, duration, boolean, list
    }

    /// The type of the value.
    public var kind: Kind {
        switch self {
        case .string: .string
        case .integer: .integer
        case .duration: .duration
        case .boolean: .boolean
        case .list: .list
        }
    }

    /// The value as an author writes it; nil for a list, which fits into no scalar.
    public var text: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .duration(let duration): singleUnitText(duration)
        case .boolean(let flag): flag ? "true" : "false"
        case .list: nil
        }
    }

    /// Reads `text` as a value of `kind`, which is not a list; nil when it is none.
    public init?(_ text: String, as kind: Kind) {
        switch kind {
        case .string: self = .string(text)
        case .integer:
            guard let number = Int(authored: text) else { return nil }
            self = .integer(number)
        case .duration:
            guard let duration = Duration(authored: text) else { return nil }
            self = .duration(duration)
        case .boolean:
            guard let flag = Bool(authored: text) else { return nil }
            self = .boolean(flag)
        case .list: return nil
        }
    }
}

extension Int {
    /// Reads a decimal integer, without YAML's octal, hexadecimal or sexagesimal readings.
    public init?(authored text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard let first = digits.utf8.first, digits.utf8.count <= 18,
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            first != UInt8(ascii: "0") || text == "0"
        else { return nil }
        self.init(text)
    }
}

extension Bool {
    /// Reads `true` or `false`, and YAML 1.1's other spellings of them.
    public init?(authored text: String) {
        switch text.lowercased() {
        case "true", "yes", "on": self = true
        case "false", "no", "off": self = false
        default: return nil
        }
    }
}

extension Duration {
    /// The longest that an author can write; longer is a slip.
    static let authoredLimit = Duration.seconds(366 * 86_400)

    /// Reads a duration such as `250ms`, `30s`, `8m58s` or `7d`: whole numbers, each with its unit,
    /// from the largest unit to the smallest, up to `authoredLimit`.
    public init?(authored text: String) {
        guard let parts = Self.parts(text), !parts.isEmpty,
            zip(parts, parts.dropFirst()).allSatisfy({ $0.unit > $1.unit })
        else { return nil }
        let sum = Self.sum(parts)
        guard sum <= Self.authoredLimit else { return nil }
        self = sum
    }

    /// What is wrong with the text of a duration, and what to write.
    static func fault(ofAuthored text: String) -> (what: String, help: String) {
        let kinds = "write a whole number and its unit: `250ms`, `30s`, `8m58s`, `2h`, `7d`"
        if Int(authored: text) != nil {
            return (
                "is not a duration",
                "write its unit: `\(text)s` for seconds, `\(text)m` for minutes"
            )
        }
        guard let parts = parts(text.filter { $0 != " " }), !parts.isEmpty else {
            return ("is not a duration", kinds)
        }
        let sum = sum(parts)
        if sum > authoredLimit { return ("is longer than 366 days", kinds) }
        return (
            text.contains(" ")
                ? "has a blank in it" : "does not go from its largest unit to its smallest",
            "write `\(durationText(sum))`"
        )
    }

    private static let units = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    /// More bytes than any duration needs.
    private static let textLimit = 64

    /// A number with its unit, in milliseconds; at most some thousands of years.
    private static func part(_ text: Substring) -> (count: Int, unit: Int)? {
        for (unit, milliseconds) in units where text.hasSuffix(unit) {
            guard let count = Int(authored: String(text.dropLast(unit.count))),
                (0...1_000_000_000_000).contains(count)
            else { return nil }
            return (count, milliseconds)
        }
        return nil
    }

    /// Several numbers with their units, as they stand: `1m30s`.
    private static func parts(_ text: String) -> [(count: Int, unit: Int)]? {
        guard text.utf8.count <= textLimit else { return nil }
        var parts: [(count: Int, unit: Int)] = []
        var rest = text[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let unit = rest[digits.endIndex...].prefix { !$0.isNumber }
            guard let part = part(rest[..<unit.endIndex]) else { return nil }
            parts.append(part)
            rest = rest[unit.endIndex...]
        }
        return parts
    }

    private static func sum(_ parts: [(count: Int, unit: Int)]) -> Duration {
        parts.reduce(.zero) { $0 + .milliseconds($1.count) * $1.unit }
    }
}

/// A duration as an author writes it, and a person reads it: `250ms`, `30s`, `8m58s`, `2h`.
public func durationText(_ duration: Duration) -> String {
    var rest = duration.milliseconds
    guard rest != 0, rest % 1000 == 0 else { return "\(rest)ms" }
    var text = ""
    for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1000)] where rest >= size {
        text += "\(rest / size)\(unit)"
        rest %= size
    }
    return text
}

/// A duration as a tool is given it: one number, in the largest unit that is exact, up to hours.
func singleUnitText(_ duration: Duration) -> String {
    let milliseconds = duration.milliseconds
    for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1000)]
    where milliseconds != 0 && milliseconds % size == 0 {
        return "\(milliseconds / size)\(unit)"
    }
    return "\(milliseconds)ms"
}

/// A time that has passed, for a person: `0.41s`, `12.3s`, `2m03s`, `1h00m`.
package func elapsedText(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.milliseconds)
    switch milliseconds {
    case ..<10_000:
        let hundredths = milliseconds % 1000 / 10
        return "\(milliseconds / 1000).\(hundredths < 10 ? "0" : "")\(hundredths)s"
    case ..<60_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
    case ..<3_600_000: return "\(milliseconds / 60_000)m\(twoDigits(milliseconds / 1000 % 60))s"
    default: return "\(milliseconds / 3_600_000)h\(twoDigits(milliseconds / 60_000 % 60))m"
    }
}

private func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
