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
        let installation = try options.loadRuns(isJSON: display.json)
        let pair = try options.choice.onlyName(of: installation, for: "failover approve")
        let book = QuestionBook(pair, in: installation.folders)
        guard let question = book.question else {
            throw Locked.fault("no run of pair \(pair) waits for an answer")
        }
        if let fault = book.answer(question, yes: !no) { throw Locked.fault("\(fault)") }
        Doorbell.ring(pair, in: installation.folders)
        let word = no ? "no" : "yes"
        installation.syslog?.send(
            "\(pair): a person answers \(word) to: \(question.text)", level: "warning")
        var output = Console.standardOutput(forPrograms: display.json)
        if display.json {
            let form = ["fact": "answered", "question": question.text, "answer": word]
            output.write(JSONLines().line(form))
        } else {
            output.write("answered \(word): \(question.text)\n")
        }
    }
}
