import Engine

/// What happened in a case, written as what is expected of it.
public struct Recording {
    private let run: CaseRun

    /// Records what came of a case.
    public init(_ run: CaseRun) { self.run = run }

    /// The part `expect` of a case's file, to be read by a person before it stands there.
    public var text: String {
        let ending = run.ending
        var lines = ["expect:", "  ending: \(ending.kind.rawValue)"]
        if !ending.reason.isEmpty { lines.append("  reason: \(Self.quoted(ending.reason))") }
        if let next = ending.handOver { lines.append("  next: \(Self.quoted(next))") }
        lines += list("sequence", sequence)
        lines += list("undone", run.undone.map { Self.quoted($0.label) })
        lines += list("warnings", ending.warnings.map(Self.quoted))
        if ending.kind == .stuck || ending.kind == .left || !ending.remaining.isEmpty {
            lines += list("left", ending.remaining.map(Self.quoted))
        }
        if !run.host.world.damage.isEmpty {
            lines += list("damage", run.host.world.damage.map(Self.quoted))
        }
        lines.append("  within: \(limit)    # it took \(secondsText(run.took))")
        return (lines + after).map { $0 + "\n" }.joined()
    }

    /// The commands; one that is tried again and again is named once.
    private var sequence: [String] {
        var items: [String] = []
        for line in run.host.transcript.lines {
            let item = Self.item(line.words)
            if items.last != item { items.append(item) }
        }
        return items
    }

    /// A limit in whole seconds, half as long again as the run took.
    private var limit: String {
        let milliseconds = run.took.milliseconds
        return durationText(.seconds((milliseconds + milliseconds / 2) / 1000 + 1))
    }

    private var after: [String] {
        let world = run.host.world
        var lines = ["  after:"]
        let roles = world.roles.map { ($0.name, $0.role.rawValue) }
        if let first = roles.first {
            let areAlike = roles.allSatisfy { $0.1 == first.1 }
            let all = roles.map { "\(Self.quoted($0.0)): \($0.1)" }.joined(separator: ", ")
            lines.append("    roles: " + (areAlike ? first.1 : "{\(all)}"))
        }
        let pools = world.pools.map {
            "\(Self.quoted($0.name)): \(world.word(ofPool: $0.name).rawValue)"
        }
        if let pool = world.pools.first, world.pools.count == 1 {
            lines.append("    pool: \(world.word(ofPool: pool.name).rawValue)")
        } else if !pools.isEmpty {
            lines.append("    pool: {\(pools.joined(separator: ", "))}")
        }
        let services = world.services.map {
            "\(Self.quoted($0.name)): \(world.word(ofService: $0.name).rawValue)"
        }
        if !services.isEmpty {
            lines.append("    services: {\(services.joined(separator: ", "))}")
        }
        if let address = world.address { lines.append("    address: \(address.rawValue)") }
        return lines.count > 1 ? lines : []
    }

    private func list(_ key: String, _ items: [String]) -> [String] {
        items.isEmpty ? ["  \(key): []"] : ["  \(key):"] + items.map { "    - \($0)" }
    }

    /// A command as an item: text where its words have no blanks, else a list.
    private static func item(_ words: [String]) -> String {
        if words.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) {
            return quoted(words.joined(separator: " "))
        }
        return "[\(words.map(quoted).joined(separator: ", "))]"
    }

    /// Text as YAML reads it back: plain where nothing in it could mean something else.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: " _./=@%+-".utf8.contains(byte)
            }
        }
        let first = text.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "/" }
        if isPlain, first == true, !text.hasSuffix(" ") { return text }
        return "'"
            + printable(text).split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "''") + "'"
    }
}
