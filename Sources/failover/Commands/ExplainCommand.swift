import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover explain [CODE]`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a warning means, and how to mend what it warns of.",
        discussion: """
            `failover validate` warns of plans that load and can still lose data, or leave clients \
            without service, on a bad night. Each warning has a code.

              failover explain                     all codes, a line each
              failover explain no-steady-role      one in full
            """)

    @Argument(
        help: "The code, as a warning shows it in brackets.",
        completion: .custom { _, _, _ in Lint.pages.map(\.code) })
    var code: String?

    @Flag(help: ArgumentHelp("Print the page docs/lint.md.", visibility: .hidden))
    var markdown = false
    @OptionGroup var display: DisplayOptions

    func validate() throws {
        guard let code, Lint.page(of: code) == nil, !Lint.errorCodes.contains(code) else { return }
        throw ValidationError("no warning has the code `\(code)`; \(Lint.advice(for: code))")
    }

    func run() {
        var output = Console.standardOutput(forPrograms: display.json)
        let pages = Lint.pages.filter { code == nil || $0.code == code }
        if let code, pages.isEmpty {
            output.write(
                display.json
                    ? JSONLines().line(ErrorCodeForm(code: code)) : LintText.error(code) + "\n")
        } else if display.json {
            for page in pages { output.write(JSONLines().line(LintForm(page))) }
        } else if markdown {
            output.write(LintText.markdown(of: Lint.pages))
        } else if code != nil {
            for page in pages { output.write(LintText.whole(page)) }
        } else {
            output.write(LintText.list(pages, style: DisplayOptions.style(for: output)))
        }
    }
}
