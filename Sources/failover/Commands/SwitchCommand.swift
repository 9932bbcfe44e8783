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
            The steps under `if-failed` of the acquiring plan yield the address; then the \
            releasing plan runs to its end, as if its signal had come. When that is done the peer \
            may take over, and by its own signals it does. Exits as the release ends.

            With --hold nothing takes the pair over here afterwards, until `failover unhold` or \
            the next boot: for a shutdown, in which the address may come back.

            `failover run` of a plan with `claim-address`, or a reboot, gives this node its old \
            preference for the address back.
            """)

    @Flag(help: "Do not take the pair over again, until `failover unhold` or the next boot.")
    var hold = false

    @OptionGroup var options: InstallationOptions

    func run() throws {
        let came = MonotonicClock.now
        let installation = try options.load()
        let pair = try options.onlyPair(of: installation)
        LocalHost.leaveFolder()
        Console.outliveReaders()
        if let hold = Hold.read(pair.name, in: installation.folders), hold.held == .all {
            throw Locked.fault(
                "pair \(pair.name) is on hold: \(hold.text); `failover unhold` first")
        }
        var output = Console.standardOutput()
        if hold {
            try HoldCommand.hold(pair, installation, for: "a switch", .acquires)
            output.write(
                "nothing takes the pair over here, until `failover unhold` or the next boot\n")
        }
        output.write(yield(installation, pair) + "\n")
        let desk = Desk(installation)
        let receipt = desk.reception.take(
            .release, of: pair, from: "a person's switch", at: max(came, MonotonicClock.now))
        desk.tell(receipt)
        let ending = desk.ending(of: receipt.wanted, of: pair)
        guard let ending, ending.kind == .done else {
            output.write("NOT handed over: \(ending?.sentence ?? "no run came about")\n")
            for line in ending?.remaining ?? [] { output.write("  \(line)\n") }
            throw ExitCode(ending?.kind.exitCode ?? Ending.Kind.left.exitCode)
        }
        output.write("given up; the peer may take over now\n")
    }

    /// Yields the address; what came of it, in a line.
    private func yield(_ installation: Installation, _ pair: Signals.Pair) -> String {
        let sealed: SealedPlan
        switch installation.plan(.acquire, of: pair) {
        case .failure(let fault): return "the address is not yielded: \(fault.text)"
        case .success(let made): sealed = made
        }
        guard let plan = sealed.plan.yielding else {
            return "the address is not yielded: \(sealed.plan.name) has no steps under `if-failed`"
        }
        var host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: installation.syslog)
        var driver = Driver(plan)
        let start = host.now
        let ending = driver.drive(&host, from: start) { _ in }
        return ending.kind == .done
            ? "the address is yielded" : "the address is not yielded: \(ending.sentence)"
    }
}
