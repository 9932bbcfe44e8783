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
              0    done (warnings are listed)
              1    failed, and rolled back or given up by the counterpart
              2    left as it is: failed under on-failure: stop, or Ctrl-C twice
              3    stuck: a person is needed; what is left to do is printed
              4    refused before any change
              5    superseded by a newer signal
              64   bad usage
              65   the plan is at fault
              69   it cannot be told: status, history, show, recover; no linprocfs
              70   a bug of failover
              75   another run holds the lock of the pair
              130  interrupted by a person; what was done is rolled back

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
                try checkVerb(words.first)
                main(nil)
            }
        } catch {
            exit(withError: error)
        }
    }

    /// Tells of a command that there is not, and which one may be meant.
    private static func checkVerb(_ word: String?) throws {
        guard let word, !word.hasPrefix("-"), word != "help" else { return }
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
