import Engine

/// The services of FreeBSD: service(8), rc.subr(8).
///
/// Only the verbs that begin with `one` act on a service which rc.conf does not enable; the others
/// print a hint and return 0 (libexec/rc/rc.subr, run_rc_command).
struct RCService: ServiceBackend {
    let takesOperands = true

    func service(_ name: ServiceName, is state: ServiceState) -> Probe {
        let status = Query.command(.serviceStatus(name.name, name.operand))
        return Probe([status]) { answers throws(Unreadable) in
            let output = try answers.output(of: status)
            let found =
                if name.name == "jail", let jail = name.operand {
                    try Self.state(ofJail: jail, output, asked: status)
                } else {
                    try Self.state(output, asked: status)
                }
            guard let seen = found else {
                return .never("this system has no service \(name.name)")
            }
            return seen.is(state) ? .holds : .doesNot("service \(name) is \(seen.rawValue)")
        }
    }

    /// What `onestatus` says.
    enum Seen: String {
        case running, stopped
        /// Of several daemons some run (samba_server).
        case partly = "running in part"

        func `is`(_ state: ServiceState) -> Bool { rawValue == state.rawValue }
    }

    /// What `onestatus` says; nil when there is no such service.
    ///
    /// A script of several daemons says of each whether it runs: one that does keeps the service
    /// from being stopped, and one that does not from running. What says neither, as a script with
    /// a status of its own words or one that prints nothing, cannot be told, and an exit code alone
    /// proves nothing.
    static func state(_ output: Output, asked query: Query) throws(Unreadable) -> Seen? {
        if isMissing(output) { return nil }
        var runs = false
        var isStopped = false
        for line in ByteLines(output.standardOutput) {
            // `nfsd is not running.`, `nfsd is running as pid 3791 3792.` (rc.subr,
            // run_rc_command; recorded on FreeBSD 13.2)
            let line = Array(line)
            if line.mentions("is not running") {
                isStopped = true
            } else if line.mentions("is running") {
                runs = true
            }
        }
        switch (runs, isStopped) {
        case (true, true): return .partly
        case (false, true): return .stopped
        case (true, false) where output.succeeded: return .running
        case (true, false): return .partly
        case (false, false):
            let why = Unreadable(query, output).why
            throw Unreadable(
                why + "; it says neither `is running` nor `is not running`, and its exit code"
                    + " proves nothing: `execute` with a `check` can tell")
        }
    }

    /// What the script of jails says of one: it prints the table of jls(8) with names, all jails in
    /// it whatever the operand is (libexec/rc/rc.d/jail, jail_status).
    static func state(
        ofJail jail: String, _ output: Output, asked query: Query
    ) throws(Unreadable) -> Seen? {
        if isMissing(output) { return nil }
        var lines = ByteLines(output.standardOutput).makeIterator()
        var header = lines.next().map { ByteWords($0) }
        guard output.succeeded, let first = header?.next(), first.equals("JID") else {
            throw Unreadable(query, output)
        }
        let wanted = Array(jail.utf8)
        while let line = lines.next() {
            var words = ByteWords(line)
            guard let name = words.next() else { continue }
            if name.elementsEqual(wanted) { return .running }
            if name.count == jlsWidth, wanted.starts(with: name) {
                throw Unreadable("jls cuts names, and one begins like that of the jail \(jail)")
            }
        }
        return .stopped
    }

    /// jls shows so many characters of a name, or more (usr.sbin/jls/jls.c).
    private static let jlsWidth = 15

    func bring(_ name: ServiceName, to state: ServiceState) -> Command {
        let verb = state == .running ? "onestart" : "onestop"
        return Command(.tool(["service", name.name, verb] + (name.operand.map { [$0] } ?? [])))
    }

    /// Starts a service as another one's script starts what it needs (`force_depend`): also where a
    /// file that it requires is missing, of which it only warns then.
    func force(_ name: String) -> Command { .tool("service", name, "forcestart") }

    func reload(_ name: String) -> Command { .tool("service", name, "onereload") }

    func assess(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        if !output.succeeded && Self.isMissing(output) { return .giveUp(output.excerpt) }
        return Self.hasEndedMeanwhile(output) ? .goOn : Self.didNotRun(output) ? .idle : .look
    }

    /// Whether a process that was to be told to end had ended before: nfsd's first process ends the
    /// second, whom `kill` then does not find, so that each stop of nfsd that works returns 1
    /// (recorded on FreeBSD 13.2).
    private static func hasEndedMeanwhile(_ output: Output) -> Bool {
        says(output) { words in
            words[0].equals("kill:") && words[2].equals("No") && words[3].equals("such")
                && words[4].equals("process")
        }
    }

    /// Whether a stop found no process by its pid file (recorded on FreeBSD 13.2).
    private static func didNotRun(_ output: Output) -> Bool {
        says(output) { words in
            words[1].equals("not") && words[2].equals("running?") && words[3].equals("(check")
        }
    }

    /// Whether it ended with 1, and each line that it said as an error has five words that are so.
    private static func says(
        _ output: Output, _ isSo: ([ArraySlice<UInt8>]) -> Bool
    ) -> Bool {
        guard output.status == .exited(1), !output.standardError.isEmpty else { return false }
        return ByteLines(output.standardError).allSatisfy { line in
            let words = Array(ByteWords(line))
            return words.count == 5 && isSo(words)
        }
    }

    private static func isMissing(_ output: Output) -> Bool {
        output.mentions("does not exist in /etc/rc.d")
    }
}
