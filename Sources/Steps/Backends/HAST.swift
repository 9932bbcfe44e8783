import Engine

/// Highly Available Storage of FreeBSD: hastctl(8), hastd(8).
struct HAST: RoleBackend {
    func own(_ resource: String, is role: ReplicaRole) -> Probe {
        let list = Query.command(.hastctlList(resource))
        let name = Array(resource.utf8)
        let title = HASTWorkers.title(resource, .primary)
        return Probe([list, .processes]) { answers throws(Unreadable) in
            if case .missing = answers[list], case .processes(let processes) = answers[.processes] {
                // hastd is not asked while a promotion is under way (`HastdInterlock`), nor does it
                // answer always. That a worker runs, or none, shows without it; the role does not.
                let works = processes.contains { $0.title == title }
                switch (role, works) {
                case (.primary, false):
                    return .doesNot("resource \(resource) has no primary's worker")
                case (.secondary, true), (.initial, true):
                    return .doesNot("resource \(resource) is primary")
                case (.primary, true), (.secondary, false), (.initial, false): break
                }
            }
            let seen = try HASTList(answers.output(of: list), of: name, asked: list)
            guard let own = seen.role else { return unknownResource(resource) }
            guard own == role else {
                return .doesNot("resource \(resource) is \(own.rawValue)")
            }
            // `hastctl role primary` returns once the worker is forked; one that dies of a missing
            // provider or of bad metadata is seen nowhere else (sbin/hastd/hastd.c, child_exit).
            if role == .primary && !seen.hasWorker {
                return .doesNot("resource \(resource) is primary, but its worker is gone")
            }
            return .holds
        }
    }

    func peer(_ resource: String, is role: PeerRole) -> Probe {
        switch role {
        case .notPrimary: peerIsNotPrimary(resource)
        case .secondary: peerIsSecondary(resource)
        }
    }

    /// What the end of all processes with this text in their titles, or as their whole title, says
    /// of the peer: a secondary worker exists only while a primary is connected
    /// (sbin/hastd/secondary.c).
    static func releaseShown(byEndOf title: String, isWhole: Bool) -> Assurance? {
        let marks = (worker: "hastd: ", role: " (secondary)")
        let role = isWhole ? marks.role : String(marks.role.dropFirst())
        guard title.hasSuffix(role) else { return nil }
        let front = title.dropLast(role.count)
        // No worker has another whole title, so that its end says nothing.
        guard !isWhole || front.hasPrefix(marks.worker) else { return nil }
        let name = front.hasPrefix(marks.worker) ? front.dropFirst(marks.worker.count) : front
        let resource = name.filter { $0 != " " }
        guard !isWhole || !resource.isEmpty && resource == name else { return nil }
        return .peerLetGo(resource.isEmpty ? nil : Reach.replica(resource).thing)
    }

    private func peerIsNotPrimary(_ resource: String) -> Probe {
        let title = HASTWorkers.title(resource, .secondary)
        return Probe([.processes]) { answers throws(Unreadable) in
            let worker = try answers.processes().first { $0.title == title }
            guard let worker else { return .holds }
            let named = Array(worker.title.utf8)[...].text
            return .doesNot("the peer is primary: process \(worker.pid) is `\(named)`")
        }
    }

    private func peerIsSecondary(_ resource: String) -> Probe {
        listed(resource) { seen in
            switch seen.role {
            case nil: unknownResource(resource)
            case .primary where seen.isConnected: .holds
            case .secondary where seen.hasWorker: .doesNot("the peer is primary")
            case .primary, .secondary, .initial:
                .unknown(
                    "resource \(resource) is not connected with the peer, whose role only shows"
                        + " to a connected primary"
                )
            }
        }
    }

    /// A primary alone knows what is not on both disks: `dirty` counts that, and what is being
    /// written at this moment (activemap_ndirty of sbin/hastd/activemap.c), so that a pool that is
    /// written to shows 0 between two writes, and a synchronization never.
    func successor(_ resource: String) -> Probe {
        listed(resource) { seen in
            switch seen.role {
            case nil: unknownResource(resource)
            case .secondary where seen.hasWorker: .holds
            case .primary where !seen.isConnected:
                .doesNot("resource \(resource) is not connected with the peer")
            case .primary where seen.isClean == true: .holds
            case .primary:
                .doesNot(
                    "resource \(resource) is being synchronized, or written to without a pause:"
                        + " `hastctl list \(resource)` does not show `dirty: 0`")
            case .secondary, .initial:
                .doesNot("resource \(resource) is not primary here, nor on a connected peer")
            }
        }
    }

    /// What hastd's own list of a resource says.
    private func listed(
        _ resource: String, judge: @escaping @Sendable (HASTList) -> Verdict
    ) -> Probe {
        let list = Query.command(.hastctlList(resource))
        let name = Array(resource.utf8)
        return Probe([list]) { answers throws(Unreadable) in
            judge(try HASTList(answers.output(of: list), of: name, asked: list))
        }
    }

    func change(_ resource: String, to role: ReplicaRole, _ seen: Answers) -> [Command] {
        // hastd serves one request at a time, and a request that waits there outlives hastctl.
        let settled = Query.command(.hastctlList(resource))
        let command = Command.tool("hastctl", "role", role.rawValue, resource, settledBy: settled)
        guard role != .primary, case .output(let output) = seen[settled],
            let listed = try? HASTList(output, of: Array(resource.utf8), asked: settled),
            listed.role != .primary || listed.isConnected
        else { return [command] }
        return [command.using(.demotesAtOnce)]
    }

    func divergence(_ resource: String, _ seen: Answers) -> String? {
        let list = Query.command(.hastctlList(resource))
        guard case .output(let output) = seen[list],
            let listed = try? HASTList(output, of: Array(resource.utf8), asked: list),
            listed.role == .primary, listed.hasWorker, !listed.isConnected
        else { return nil }
        return "the replicas of \(resource) may have diverged: it was primary without its peer"
    }

    func assess(_ output: Output) -> Assessment {
        switch output.status {
        case .notStarted(let why): return .retry(why)
        case .unavailable(let why): return .giveUp(why)
        case .exited(0), .signalled: return .look
        case .exited(1) where output.standardError.mentions("Received error 1 from hastd"):
            return .giveUp(
                "hastd knows no such resource: it must stand in /etc/hast.conf, and hastd must have"
                    + " read it since"
            )
        case .exited where output.standardError.mentions("Unable to connect to hastd"):
            return .retry("hastd does not answer: \(output.excerpt)")
        case .exited: return .look
        }
    }
}

private func unknownResource(_ resource: String) -> Verdict {
    .never(
        "hastd knows no resource \(resource): it must stand in /etc/hast.conf, and hastd must have"
            + " read it since"
    )
}
