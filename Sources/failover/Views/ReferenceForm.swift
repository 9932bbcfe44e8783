import Engine
import Service

/// A kind of the catalog in JSON.
struct ReferenceForm: Encodable {
    struct FieldForm: Encodable {
        let name: String
        let value: String
        let summary: String
        let required: Bool
        let absent: String?
    }

    let kind: String
    let summary: String
    let notes: String
    let fields: [FieldForm]
    let main: String?
    let timeout: String
    let undone: String
    let example: String

    init(_ reference: Reference) {
        kind = reference.name
        summary = reference.summary
        notes = reference.notes
        fields = reference.fields.map {
            FieldForm(
                name: $0.name, value: $0.kind.title, summary: $0.summary,
                required: $0.absent == nil,
                absent: $0.absent)
        }
        main = reference.main
        timeout = reference.limitText
        undone = reference.undone
        example = reference.example
    }
}
