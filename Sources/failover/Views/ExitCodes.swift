import LocalHost
import Service

/// What the program exits with, for a person: the one list, which `failover --help` and the pages
/// show. `status`, `test` and `verify` give some of the codes a meaning of their own.
enum ExitCodes {
    struct Code {
        let number: Int32
        let meaning: String
        /// What a person does then.
        let advice: String

        init(_ number: Int32, _ meaning: String, _ advice: String) {
            self.number = number
            self.meaning = meaning
            self.advice = advice
        }
    }

    static let all = [
        Code(0, "done (warnings are listed)", "read the warnings, if there are any"),
        Code(
            1, "failed, and rolled back or given up by the counterpart",
            "read why; the node is as a standby should be"),
        Code(
            2, "left as it is: failed under `on-failure: stop`, or Ctrl-C twice",
            "what is left to do is printed"),
        Code(
            3, "stuck: a person is needed", "what, why, and what is left to do are printed"),
        Code(4, "refused before any change", "read why; nothing was touched"),
        Code(5, "superseded by a newer signal", "nothing: the plan of that signal is next"),
        Code(64, "bad usage", "`failover help` shows what there is"),
        Code(65, "the plan, or another file, is at fault", "`failover validate` tells every fault"),
        Code(
            PairStatus.Standing.untoldCode,
            "it cannot be told: `status`, `history`, `show`, `recover`",
            "be root; mend the folder or the journal that is named"),
        Code(
            BugReport.exitCode, "a bug of failover; or no /proc, or too few files may be open",
            "what it says; after a bug look at the host before anything else"),
        Code(
            Console.lossCode, "done, and its results could not be written whole",
            "`failover show` tells the run again"),
        Code(
            Locked.held, "another run holds the lock of the pair",
            "wait for it, or take over with `--supersede`"),
        Code(
            130, "interrupted by a person; what was done is rolled back",
            "it says whether anything had been changed"),
    ]

    /// The list for the help, a line each, `indent` blanks in.
    static func help(indent: Int) -> String {
        all.map { code in
            String(repeating: " ", count: indent) + String(code.number).padded(to: 5) + code.meaning
        }.joined(separator: "\n")
    }

    /// The list for a page.
    static var markdown: String {
        "| exit code | ending | what to do |\n|---|---|---|\n"
            + all.map { "| \($0.number) | \($0.meaning) | \($0.advice) |\n" }.joined()
    }
}
