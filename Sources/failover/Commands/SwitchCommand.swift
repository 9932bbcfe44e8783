import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover switch`.
struct SwitchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switch",
        abstract: "Hand the pair over, as planned: yield the address, give everything up.",
        discussion: """
            First it looks whether the peer could take over now: its copies connected and up to \
            date, nothing being synchronized, and with `ask-peer` in site.yaml not on hold, stuck \
            or at work. Otherwise it is refused (4) and nothing is touched; --force hands over all \
            the same.

            The steps under `if-failed` of the acquiring plan yield the address; then the \
            releasing plan runs to its end, as if its signal had come. When that is done the peer \
            may take over, and by its own signals it does. With --wait, as on a terminal, it is \
            waited for as long as its plan may take; a pair of which the peer takes nothing is \
            wanted back here. Exits as the release ends, 1 when the peer did not take over, 2 when \
            the address could not be yielded and nobody waited for the peer. Ctrl-C ends the \
            waiting alone, and says what goes on.

            With --hold nothing takes the pair over here afterwards, until `failover unhold` or \
            the next boot: for a shutdown, in which the address may come back, and which waits for \
            no peer, and is not refused for want of one.

            `failover run` of a plan with `claim-address`, or a reboot, gives this node its old \
            preference for the address back.
            """)

    @Flag(help: "Do not take the pair over again, until `failover unhold` or the next boot.")
    var hold = false
    @Flag(help: "Hand over whatever is known of the peer.") var force = false
    @Flag(
        inversion: .prefixedNo,
        help: "Stay until the peer serves, or take the pair back (default: on a terminal).")
    var wait: Bool?

    @OptionGroup var options: InstallationOptions

    func validate() throws {
        if hold, wait == true {
            throw ValidationError("--hold is for a shutdown, which waits for no peer: no --wait")
        }
    }

    func run() throws {
        let came = MonotonicClock.now
        let installation = try options.load()
        let pair = try options.choice.onlyPair(of: installation, for: "failover switch")
        LocalHost.leaveFolder()
        Console.outliveReaders()
        if let hold = Hold.read(pair.name, in: installation.folders), hold.held == .all {
            throw Locked.fault(
                "pair \(pair.name) is on hold: \(hold.text);"
                    + " `failover unhold\(installation.option(of: pair))` first")
        }
        let handover = Handover(installation, pair)
        if !hold { try look(handover) }
        var output = Console.standardOutput(patience: RunView.patience)
        if hold {
            try HoldCommand.hold(pair, installation, for: "a switch", .acquires)
            output.write(
                "nothing takes the pair over here, until"
                    + " `failover unhold\(installation.option(of: pair))` or the next boot\n")
        }
        let yielded = AddressYielding(installation, pair).yield()
        output.write(yielded.text + "\n")
        let desk = Desk(installation)
        let receipt = desk.reception.take(
            .release, of: pair, from: "a person's switch", at: max(came, MonotonicClock.now))
        desk.tell(receipt)
        try release(receipt.wanted, pair, desk)
        output.write(
            yielded.isFailed
                ? "given up; the peer may take over once it has the address, which is left here\n"
                : "given up; the peer may take over now\n")
        guard wait ?? (output.isTerminal && !hold) else {
            if yielded.isFailed { throw ExitCode(Ending.Kind.left.exitCode) }
            return
        }
        try follow(handover, pair, desk)
    }

    /// Refuses where the peer would not take over.
    private func look(_ handover: Handover) throws {
        let refusals = handover.refusals()
        guard !refusals.isEmpty else { return }
        for why in refusals { Locked.warn(why) }
        if force { return Locked.warn("handed over all the same, as --force says") }
        throw Locked.fault(
            "not handed over, and nothing was touched: nobody would serve; --force does it all the"
                + " same")
    }

    /// Stays until the pair is given up here.
    private func release(_ wanted: Wanted, _ pair: Signals.Pair, _ desk: Desk) throws {
        var output = Console.standardOutput(patience: RunView.patience)
        let kind: Ending.Kind
        switch desk.outcome(of: wanted, of: pair) {
        case .interrupted:
            Locked.warn(Desk.goesOn(wanted, pair))
            throw ExitCode(Ending.Kind.interrupted.exitCode)
        case .ended(let ending, .release):
            if ending.kind == .done { return }
            output.write("NOT handed over: \(ending.sentence)\n")
            for line in ending.remaining { output.write("  \(line)\n") }
            kind = ending.kind
        case .ended, .untold:
            output.write("NOT handed over: no run of the release came about\n")
            kind = .left
        }
        throw ExitCode(kind.exitCode)
    }
}
