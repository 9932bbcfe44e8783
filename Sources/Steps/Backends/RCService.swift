import Engine

/// The services of FreeBSD: service(8), rc.subr(8).
///
/// Only the verbs that begin with `one` act on a service which rc.conf does not enable; the others
/// print a hint and return 0 (libexec/rc/rc.subr, run_rc_command).
struct RCService: ServiceBackend {
    func service(_ name: String, is state: ServiceState) -> Probe {
        let status = Query.command(.serviceStatus(name))
        return Probe([status]) { answers throws(Unreadable) in
            guard let seen = try Self.state(answers.output(of: status), asked: status) else {
                return .never("this system has no service \(name)")
            }
            return seen == state ? .holds : .doesNot("service \(name) is \(seen.rawValue)")
        }
    }

    /// What `onestatus` says; nil when there is no such service.
    static func state(_ output: Output, asked query: Query) throws(Unreadable) -> ServiceState? {
        if output.standardOutput.mentions("is not running") { return .stopped }
        if output.succeeded { return .running }
        guard isMissing(output) else { throw Unreadable(query, output) }
        return nil
    }

    func bring(_ name: String, to state: ServiceState) -> Command {
        .tool("service", name, state == .running ? "onestart" : "onestop")
    }

    /// Starts a service as another one's script starts what it needs (`force_depend`): also where a
    /// file that it requires is missing, of which it only warns then.
    func force(_ name: String) -> Command { .tool("service", name, "forcestart") }

    func reload(_ name: String) -> Command { .tool("service", name, "onereload") }

    func assess(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        if !output.succeeded && Self.isMissing(output) { return .giveUp(output.excerpt) }
        return Self.hasEndedMeanwhile(output) ? .goOn : .look
    }

    /// Whether a process that was to be told to end had ended before: nfsd's first process ends the
    /// second, whom `kill` then does not find, so that each stop of nfsd that works returns 1
    /// (recorded on FreeBSD 13.2).
    private static func hasEndedMeanwhile(_ output: Output) -> Bool {
        guard output.status == .exited(1), !output.standardError.isEmpty else { return false }
        return ByteLines(output.standardError).allSatisfy { line in
            let words = Array(ByteWords(line))
            return words.count == 5 && words[0].equals("kill:") && words[2].equals("No")
                && words[3].equals("such") && words[4].equals("process")
        }
    }

    private static func isMissing(_ output: Output) -> Bool {
        output.mentions("does not exist in /etc/rc.d")
    }
}
