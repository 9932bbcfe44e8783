import Engine

/// Does nothing, and shows in its summary what its fields were read as.
struct SampleStep: StepKind {
    enum Colour: String { case red, green }

    static let reference = Reference(
        "sample",
        "Has a field of every kind.",
        fields: [
            .optional("name-field", .name, "a name", absent: "none"),
            .optional("path", .path, "a path", absent: "none"),
            .optional("literal", .literal, "text to compare", absent: "none"),
            .optional("text", .text, "any text", absent: "none"),
            .optional("integer", .integer(1...10), "a number", absent: "none"),
            .optional("boolean", .boolean, "whether", absent: "`false`"),
            .optional("duration", .duration, "how long", absent: "none"),
            .optional("choice", .choice(["red", "green"]), "a colour", absent: "none"),
            .optional("names", .names, "some names", absent: "none"),
            .optional("paths", .paths, "some paths", absent: "none"),
            .optional("argv", .argv, "a command", absent: "none"),
            .optional("condition", .condition, "a condition", absent: "none"),
        ],
        timeout: .seconds(5),
        undone: "nothing to undo",
        example: "- sample"
    )

    let summary: String

    init?(_ fields: inout Fields) {
        var parts: [String] = []
        func add(_ name: String, _ value: (some Any)?) {
            if let value { parts.append("\(name)=\(value)") }
        }
        add("name", fields.name("name-field"))
        add("path", fields.path("path"))
        add("literal", fields.literal("literal"))
        add("text", fields.text("text"))
        add("integer", fields.integer("integer"))
        add("boolean", fields.boolean("boolean"))
        add("duration", fields.duration("duration").map(durationText))
        add("choice", fields.choice("choice", of: Colour.self)?.rawValue)
        add("names", fields.names("names"))
        add("paths", fields.paths("paths"))
        add("argv", fields.argv("argv"))
        add("condition", fields.condition("condition")?.summary)
        summary = (["sample"] + parts).joined(separator: " ")
    }

    var goal: Goal { .once(.repeat) }
    var inverse: Inverse { .none("it does nothing") }
    func apply(_ seen: Answers) -> [Command] { [] }
}
