import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// `failover steps [KIND]`.
struct StepsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "steps",
        abstract: "Show which kinds of step a plan can use, their fields, and an example of each.",
        discussion: """
            Every kind of condition is there twice: under its own name for `require:`, `when:` and \
            `guard:`, and as the step `wait-for-…`.

              failover steps                  all kinds, a line each
              failover steps zpool-import     one kind in full
              failover steps --markdown       the whole reference page, docs/reference.md
            """)

    @Argument(
        help: "The kind to show in full.",
        completion: .custom { _, _, _ in StepsCommand.names })
    var kind: String?

    @Flag(help: "Print the reference page of all kinds.") var markdown = false
    @OptionGroup var display: DisplayOptions

    /// The names of all kinds, those of conditions included.
    static var names: [String] {
        ReferencePage(.builtin).references.map(\.name)
    }

    func validate() throws {
        guard let kind, !Self.names.contains(kind), Word.named(kind) == nil else { return }
        let guess = suggestion(for: kind, among: Self.names).map { "; did you mean \($0)?" }
        throw ValidationError("no kind is named \(kind)" + (guess ?? "; see `failover steps`"))
    }

    func run() {
        var output = Console.standardOutput(forPrograms: display.json)
        if let kind, !Self.names.contains(kind), let word = Word.named(kind) {
            let form = WordForm(word)
            return output.write(display.json ? JSONLines().line(form) : form.text)
        }
        let page = ReferencePage(.builtin)
        let chosen = page.references.filter { kind == nil || $0.name == kind }
        if display.json {
            for reference in chosen { output.write(JSONLines().line(ReferenceForm(reference))) }
        } else if markdown {
            output.write(page.markdown)
        } else if kind != nil {
            for reference in chosen { output.write(page.text(reference)) }
        } else {
            output.write(page.list(style: DisplayOptions.style(for: output)))
        }
    }
}

/// A word of the plan language, which is no kind of step.
struct WordForm: Encodable {
    let word: String
    let place: String
    let meaning: String

    init(_ word: Word) {
        self.word = word.name
        place = word.place
        meaning = word.meaning
    }

    /// The same for a person.
    var text: String {
        """
        \(word): a word of the plan language, no step
          \(meaning)
          It stands \(place). The whole language: docs/language.md


        """
    }
}
