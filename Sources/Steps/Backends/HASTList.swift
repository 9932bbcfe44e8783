import Engine

/// What `hastctl list` says of one resource.
///
/// Read by the names of the fields, at any indentation, so that the long form which FreeBSD 8 and 9
/// print serves as well (sbin/hastctl/hastctl.c, control_list).
struct HASTList {
    /// The role; nil when hastd knows no such resource.
    private(set) var role: ReplicaRole?
    /// Whether a worker process stands behind the role.
    private(set) var hasWorker = false
    /// Whether the worker is connected with the peer's.
    private(set) var isConnected = false
    /// Whether nothing is dirty, of which a primary alone can tell; nil when it is not said.
    private(set) var isClean: Bool?

    init(_ output: Output, of resource: [UInt8], asked query: Query) throws(Unreadable) {
        if output.standardError.mentions("Unable to connect to hastd") {
            throw Unreadable("hastd does not answer: \(output.excerpt)")
        }
        var isInside = false
        for line in ByteLines(output.standardOutput) {
            if line.last == UInt8(ascii: ":"), line.first != UInt8(ascii: " ") {
                isInside = line.dropLast().elementsEqual(resource)
            } else if isInside {
                let key = line.prefix { $0 != UInt8(ascii: ":") }
                let value = line[key.endIndex...].dropFirst().trimmed
                // The last field, and the longest: counters that nothing here depends on.
                if value.isEmpty, key.trimmed.equals("statistics") { break }
                if try take(key.trimmed, value, query, output) { return }
            }
        }
        guard role == nil else { return }
        if output.standardError.mentions("Received error 1 from hastd") { return }
        throw Unreadable(query, output)
    }

    /// Takes one field in; true when it says that there is no such resource.
    private mutating func take(
        _ key: Bytes,
        _ value: Bytes,
        _ query: Query,
        _ output: Output
    ) throws(Unreadable) -> Bool {
        switch key {
        case "error":
            guard value.equals("1") else { throw Unreadable(query, output) }
            return true
        case "role":
            switch value {
            case "primary": role = .primary
            case "secondary": role = .secondary
            case "init": role = .initial
            default: throw Unreadable("hastd names a role `\(value.text)`, which is unknown")
            }
        case "status":
            isConnected = value.equals("complete")
            if isConnected || value.equals("degraded") { hasWorker = true }
        case "dirty":
            isClean = value.prefix { $0 != UInt8(ascii: " ") }.equals("0")
        case "workerpid":
            hasWorker = true
        default: break
        }
        return false
    }
}
