import Engine

/// The services of Linux: systemctl(1) of systemd.
///
/// systemctl asks a manager that goes on when it is killed, so a start that was given up on stays
/// a job of the manager; a stop replaces it. What the manager says of a unit counts, not what
/// systemctl ends with. A unit without processes of its own (`oneshot` with `RemainAfterExit`) is
/// `active (exited)` whatever became of what it set up: those have back ends that look for it.
struct Systemd: ServiceBackend {
    let takesOperands = false

    func service(_ name: ServiceName, is state: ServiceState) -> Probe {
        let unit = SystemdUnit.fullName(name.name)
        let show = Query.command(.unitState(unit))
        guard SystemdUnit.isName(unit) else {
            return Probe([show]) { _ in .never("`\(name)` is no name of a unit of systemd") }
        }
        return Probe([show]) { answers throws(Unreadable) in
            let seen = try SystemdUnit(answers.output(of: show), asked: show)
            return state == .running ? seen.runs(unit) : seen.isStopped(unit)
        }
    }

    /// The look that tells whether systemd is about to do something with a unit.
    static func unit(_ name: String) -> Query {
        .command(.unitState(SystemdUnit.fullName(name)))
    }

    /// What systemd is about to do with a unit, by the look of `unit`; nil when it is at rest.
    ///
    /// One that does not answer counts as at rest: this is asked beside a look at what the unit
    /// sets up, and a node must be able to give up what it serves when its systemd is dead.
    static func pending(_ name: String, _ answers: Answers) -> String? {
        let query = unit(name)
        let unit = try? SystemdUnit(answers.output(of: query), asked: query)
        return unit?.pending(SystemdUnit.fullName(name))
    }

    func bring(_ name: ServiceName, to state: ServiceState) -> Command {
        .tool("systemctl", state == .running ? "start" : "stop", SystemdUnit.fullName(name.name))
    }

    func reload(_ name: String) -> Command {
        .tool("systemctl", "reload", SystemdUnit.fullName(name))
    }

    func assess(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        if output.succeeded { return .look }
        let error = output.standardError
        if error.mentions(" not found.") || error.mentions(" is masked.")
            || error.mentions("not been booted with systemd")
        {
            return .giveUp(output.excerpt)
        }
        if error.mentions("attempted too often") {
            return .retry(
                "systemd starts it no more for a while, after so many failed starts"
                    + " (`systemctl reset-failed` ends that): \(output.excerpt)")
        }
        return .look
    }
}
