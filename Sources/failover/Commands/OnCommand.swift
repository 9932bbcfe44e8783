import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover on SIGNAL`.
struct OnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "on",
        abstract: "Take a signal in: record what is wanted, have it acted on, return at once.",
        discussion: """
            What devd, keepalived and hastd call. signals.yaml says which plan a signal wants. A \
            worker in the background runs it; the newest signal wins, and one run is under way at \
            a time.

              failover on master                 the signal of this name
              failover on slave --wait           stay until it is so; exit as its run does
              failover on --devd '!system=CARP subsystem=1@vlan50 type=MASTER'
              failover on --keepalived INSTANCE VI_1 MASTER 100
              failover on --hast role disk0 init primary

            `failover install` prints the configuration that makes them call it.
            """)

    @Argument(help: "The signal's name; with --keepalived or --hast what they hand over.")
    var words: [String] = []
    @Option(help: ArgumentHelp("A line as devd gives it out.", valueName: "line"))
    var devd: String?
    @Flag(help: "The words are those that keepalived hands to a notify script.")
    var keepalived = false
    @Flag(help: "The words are those that hastd hands to its `exec` program.")
    var hast = false
    @Flag(help: "Stay until what is wanted is so, or is given up.")
    var wait = false
    @OptionGroup var options: InstallationOptions

    func validate() throws {
        let forms = [devd != nil, keepalived, hast].count { $0 }
        if forms > 1 { throw ValidationError("--devd, --keepalived and --hast exclude each other") }
        if devd != nil && !words.isEmpty {
            throw ValidationError("--devd takes one line; quote it")
        }
        if forms == 0 && words.count != 1 {
            throw ValidationError("name one signal, such as `failover on master`")
        }
    }

    func run() throws {
        let came = MonotonicClock.now
        let installation = try options.load()
        defer { if hast { ReplicaHook(words, installation)?.run() } }
        guard let notice = try notice(installation) else { return }
        let desk = Desk(installation)
        let receipts = desk.reception.take(notice, only: options.pair, at: came)
        if receipts.isEmpty, case .named(let name) = notice {
            throw unknown(name, installation)
        }
        for receipt in receipts { desk.tell(receipt) }
        guard wait, let first = receipts.first else { return }
        throw ExitCode(desk.await(first.wanted, of: first.pair))
    }

    /// What came in; nil for what concerns nobody here.
    private func notice(_ installation: Installation) throws -> Notice? {
        let read: Result<Notice?, Refusal> =
            if let devd { Notice.devd(line: devd) } else if keepalived {
                Notice.keepalived(arguments: words)
            } else if hast { Notice.hast(arguments: words) } else { Notice.named(signal: words[0]) }
        switch read {
        case .success(let notice): return notice
        case .failure(let refusal):
            installation.syslog?.send("a signal is refused: \(refusal.why)", level: "warning")
            throw ValidationError("the signal is refused: \(refusal.why)")
        }
    }

    private func unknown(_ name: String, _ installation: Installation) -> ValidationError {
        let names = installation.signals.pairs.flatMap { [$0.acquire.signal, $0.release.signal] }
        var known: [String] = []
        for name in names where !known.contains(name) { known.append(name) }
        return ValidationError("signals.yaml has no signal `\(name)`; it has \(listed(known))")
    }
}
