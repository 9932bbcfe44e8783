/// What the catalog says of a kind of step or condition: the source of the reference page, of
/// `failover steps`, and of the check for unknown fields.
public struct Reference: Sendable {
    /// The key in a plan, in kebab-case.
    public let name: String
    /// One sentence on what it brings about.
    public let summary: String
    /// What a reader must know besides: what it looks at, what it does, to what else on the host.
    public let notes: String
    /// The fields in the order of the reference page.
    public let fields: [Field]
    /// The field that a single value stands for, if any.
    public let main: String?
    /// The limit of a step that states no `timeout` and has none of its own.
    public let timeout: Duration
    /// The limit that each step of the kind has of its own, in words; nil for `timeout`.
    public let limit: String?
    /// What undoes it, in words, for the reference page.
    public let undone: String
    /// A plan fragment that loads: a list of one step, without references.
    public let example: String

    /// Creates the description of a kind.
    public init(
        _ name: String,
        _ summary: String,
        notes: String = "",
        fields: [Field],
        main: String? = nil,
        timeout: Duration,
        limit: String? = nil,
        undone: String,
        example: String
    ) {
        self.name = name
        self.summary = summary
        self.notes = notes
        self.fields = fields
        self.main = main
        self.timeout = timeout
        self.limit = limit
        self.undone = undone
        self.example = example
    }

    /// The same kind with one more field.
    func adding(_ field: Field) -> Reference {
        Reference(
            name, summary, notes: notes, fields: fields + [field], main: main, timeout: timeout,
            limit: limit, undone: undone, example: example)
    }
}

/// One field of a kind.
public struct Field: Sendable {
    /// How a field's text is read and what it may hold.
    public enum Kind: Hashable, Sendable {
        /// A name that becomes an operand: no leading `-`, no blanks or control characters.
        case name
        /// The name of a ZFS pool, which becomes an operand, too.
        case pool
        /// An absolute path without control characters, `.` or `..` components.
        case path
        /// Text that is compared as it stands: no control characters, no pattern.
        case literal
        /// Any one-line text.
        case text
        case integer(ClosedRange<Int>)
        case boolean
        case duration
        /// One of these words.
        case choice([String])
        /// A list of names.
        case names
        /// A list of names of pools.
        case poolNames
        /// A list of paths.
        case paths
        /// A command: a list of one-line texts, the first a tool's name or an absolute path.
        case argv
        /// A map of one condition: `{pool: tank}`.
        case condition
    }

    /// The key.
    public let name: String
    /// How it is read.
    public let kind: Kind
    /// What it means, for the reference page.
    public let summary: String
    /// What holds when it is not given, in words; nil when it must be given.
    public let absent: String?

    /// A field that must be given.
    public static func required(_ name: String, _ kind: Kind, _ summary: String) -> Field {
        Field(name: name, kind: kind, summary: summary, absent: nil)
    }

    /// A field that may be left out, and what holds then.
    public static func optional(
        _ name: String,
        _ kind: Kind,
        _ summary: String,
        absent: String
    ) -> Field {
        Field(name: name, kind: kind, summary: summary, absent: absent)
    }
}
