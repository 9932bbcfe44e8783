import ArgumentParser

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

            With --wait each event is told, and it exits with 0 only when this node is what the \
            signal wants, else as the run ended; 4 where another run came instead, as the release \
            on a node that is no confirmed master, or the pair is on hold. Ctrl-C ends the waiting \
            alone.

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

    func run() throws { try call.run() }

    /// The call that the words make.
    var call: SignalCall {
        let form: SignalCall.Form = keepalived ? .keepalived : hast ? .hast : .named
        return SignalCall(
            form: devd.map { .devd($0) } ?? form, words: words, waits: wait,
            folder: options.folder, pair: options.pair,
            platform: options.platform)
    }
}
