import Engine

/// The tools that wait to be started.
extension LocalHost {
    /// Starts what has its turn.
    func startTools(at now: Instant) {
        retryAt = .never
        looks.isHeldBack = false
        var waiting: [QueuedTool] = []
        var free = mostAtOnce - executions.count { !$0.isLingering }
        while free > 0, !queue.isEmpty {
            var tool = queue.removeFirst()
            let permit: HastdGate.Permit?
            let use = tool.command.hastdUse
            switch permits.shared(use) ?? looks.admit(use, at: now) {
            case nil: permit = nil
            case .granted(let granted)?: permit = granted
            case .waiting?:
                waiting.append(tool)
                continue
            case .refused(let why)?:
                tool.waits = why
                waiting.append(tool)
                retryAt = now + HastdGate.retry
                if use == .promotes { looks.isHeldBack = true }
                continue
            }
            permits.add(permit, of: tool.id)
            do {
                let child = try spawner.start(
                    try SecretFile.revealed(tool.command, tool.argv, noting: &secrets))
                free -= 1
                executions.append(
                    Execution(tool.id, tool.command, child, until: tool.until, permit))
                if let started = ProcessTable.state(of: child.pid)?.started {
                    let process = ProcessIdentity(pid: child.pid, started: started)
                    events.add(.started(tool.id, process), at: now)
                }
            } catch {
                permits.end(tool.id)
                end(tool.id, Output(error.status), at: now)
            }
        }
        queue = waiting + queue
    }

    /// Gives up what had no turn in time.
    func dropLateTools(at now: Instant) {
        queue.removeAll { tool in
            guard tool.until <= now else { return false }
            let why =
                tool.waits
                ?? "\(mostAtOnce) tools were running, and none ended in time to start another"
            end(tool.id, Output(.notStarted(why)), at: now)
            return true
        }
    }
}
