import Engine
import Steps
import Testing

/// No value of a name or a path reaches a command line as an option or as a second line.
@Suite struct HostileValuesTests {
    static let values = ["-f", "--help", "", "a\nb", "a\u{0}b", "a\u{7F}", "tank -f"]
    static let paths = ["dev/x", "../etc", "/dev/../etc", "/dev/./x"]

    /// A step of the catalog with one of its fields.
    struct Place: CustomTestStringConvertible {
        let kind: String
        let field: Field
        var testDescription: String { "\(kind) \(field.name)" }
    }

    static let places: [Place] = Catalog.builtin.steps.flatMap { entry in
        entry.reference.fields.map { Place(kind: entry.reference.name, field: $0) }
    }

    @Test func namesAndPathsAreAmongThePlaces() {
        #expect(Self.places.contains { $0.field.kind == .name })
        #expect(Self.places.contains { $0.field.kind == .paths })
        #expect(Self.places.count > 60)
    }

    @Test(arguments: places.filter { isOperand($0.field.kind) })
    func isRefused(_ place: Place) throws {
        let isPath = [.path, .paths].contains(place.field.kind)
        for value in Self.values + (isPath ? Self.paths : []) {
            let read = try stepWith(value, at: place)
            #expect(read.value == nil, "`\(value)` was taken")
            #expect(read.diagnostics.contains { $0.message.contains(place.field.name) })
        }
    }

    /// Text that may begin with a dash, as an argument of the author's own command, has one line.
    @Test(arguments: places.filter { !isOperand($0.field.kind) && $0.field.kind != .condition })
    func hasNoControlCharacters(_ place: Place) throws {
        for value in ["a\nb", "a\u{0}b"] {
            #expect(try stepWith(value, at: place).value == nil)
        }
    }

    private static func isOperand(_ kind: Field.Kind) -> Bool {
        [.name, .pool, .path, .names, .poolNames, .paths].contains(kind)
    }

    /// The kind's example, with `value` in one field.
    private func stepWith(_ value: String, at place: Place) throws -> Read<any Step> {
        let reference = try #require(Catalog.builtin.step(named: place.kind)?.reference)
        let example = FlowReader.item(reference.example).value
        var entries = example.entries ?? []
        if let main = reference.main, example.entries == nil {
            entries = [Node.Entry(key: main, keySpan: FlowReader.span, value: example)]
        }
        entries.removeAll { $0.key == place.field.name }
        let scalar = Node(.scalar(value, quoted: true), span: FlowReader.span)
        let isList = [.names, .poolNames, .paths, .argv].contains(place.field.kind)
        let node = isList ? Node(.list([scalar]), span: FlowReader.span) : scalar
        entries.append(Node.Entry(key: place.field.name, keySpan: FlowReader.span, value: node))
        return Catalog.builtin.readStep(place.kind, Node(.map(entries), span: FlowReader.span))
    }
}
