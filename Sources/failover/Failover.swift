import ArgumentParser
import Engine
import LocalHost
import Service

/// The program: which commands there are, and what holds for all of them.
@main
struct Failover: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failover",
        abstract: "Moves a storage pair from one machine to the other, by plans.",
        discussion: """
            A plan is a YAML file: a list of steps, each a condition to make true. The engine runs \
            it, previews it, and takes it back when a step fails.

              failover validate become-master.yaml          find every fault of a plan
              failover run become-master.yaml --simulate    watch it on a simulated pair
              failover test                                 play the cases of the plans
              failover preview become-master.yaml           what it would change here
              failover run become-master.yaml               do it
              failover steps                                which kinds of step there are
              failover explain CODE                         what a warning of a plan means

            Data goes to standard output, everything else to standard error; NO_COLOR is \
            respected; --json prints JSON lines instead.

            EXIT CODES
            \(ExitCodes.help(indent: 2))

            `failover status`, `test` and `verify` have their own: see `failover help status`.

            COMPLETIONS
              failover --generate-completion-script bash|zsh|fish
            """,
        version: "failover \(EngineVersion.current)",
        subcommands: [
            RunCommand.self, PreviewCommand.self, ValidateCommand.self, TestCommand.self,
            VerifyCommand.self, ExplainCommand.self, StepsCommand.self, OnCommand.self,
            StatusCommand.self, HistoryCommand.self, ShowCommand.self, HoldCommand.self,
            UnholdCommand.self, SwitchCommand.self, ApproveCommand.self, RecoverCommand.self,
            WatchCommand.self, InstallCommand.self, VersionCommand.self,
        ])

    static func main() {
        BugReport.install()
        let words = CommandLine.arguments.dropFirst()
        let rest = words.dropFirst()
        do {
            if words.first == "on", let call = SignalCall(plain: rest) {
                try call.run()
            } else if let call = WorkerCall(words) {
                try call.run()
            } else if words.first == Notification.name, let call = Notification(rest) {
                call.run()
            } else {
                try checkVerbs(words)
                var command = try parseAsRoot()
                try command.run()
            }
            throw ExitCode.success
        } catch {
            end(error)
        }
    }

    /// Ends the program, with its last words by the outlets that all others go by; what was asked
    /// for and could not be written is no success.
    private static func end(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let words = UsageLine.folded(in: fullMessage(for: error))
        if !words.isEmpty {
            var outlet = code == .success ? Console.standardOutput() : Console.standardError()
            outlet.write(words.hasSuffix("\n") ? words : words + "\n")
            outlet.finish()
        }
        let isLost = code == .success && Console.hasLostResult
        exit(withError: isLost ? ExitCode(Console.lossCode) : code)
    }

    /// Tells of a command that there is not, be it behind `help`, and which one may be meant.
    private static func checkVerbs(_ words: some Sequence<String>) throws {
        let words = Array(words.prefix { !$0.hasPrefix("-") })
        guard words.first == "help" else { return try words.first.map(checkVerb) ?? () }
        for word in words.dropFirst() { try checkVerb(word) }
        if words.count > 2 {
            throw ValidationError("`help` takes one command: `failover help \(words[1])`")
        }
    }

    private static func checkVerb(_ word: String) throws {
        if word == "help" { return }
        let verbs = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !verbs.contains(word) else { return }
        let isPlan = word.hasSuffix(".yaml") || word.hasSuffix(".yml")
        let help =
            if isPlan {
                "a plan is run by `failover run \(shellQuoted(word))`"
            } else if let meant = suggestion(for: word, among: verbs) {
                "did you mean `failover \(meant)`?"
            } else {
                "`failover --help` lists them"
            }
        throw ValidationError("there is no command `\(printable(word))`; \(help)")
    }
}
