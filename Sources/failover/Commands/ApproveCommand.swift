import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover approve`.
struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Answer the question for which a run waits.",
        discussion: """
            A step `ask` with `unattended: wait` leaves its question open when nobody sits at a \
            terminal; `failover status` shows it.

              failover approve          yes
              failover approve --no     no
            """)

    @Flag(help: "Answer no: the step fails.") var no = false
    @OptionGroup var options: InstallationOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        let installation = try options.load(isJSON: display.json)
        let pair = try options.onlyPair(of: installation)
        let book = QuestionBook(pair.name, in: installation.folders)
        guard let question = book.question else {
            throw Locked.fault("no run of pair \(pair.name) waits for an answer")
        }
        if let fault = book.answer(question, yes: !no) { throw Locked.fault("\(fault)") }
        Doorbell.ring(pair.name, in: installation.folders)
        let word = no ? "no" : "yes"
        installation.syslog?.send(
            "\(pair.name): a person answers \(word) to: \(question.text)", level: "warning")
        var output = Console.standardOutput()
        if display.json {
            let form = ["fact": "answered", "question": question.text, "answer": word]
            output.write(JSONLines().line(form))
        } else {
            output.write("answered \(word): \(question.text)\n")
        }
    }
}
