import Engine

extension SimulatedHost {
    /// What a node says that has rebooted itself.
    static let fenced = "this machine was rebooted at once"

    /// Begins a command; its effect comes at its end.
    mutating func begin(_ id: WorkID, _ command: Command, until: Instant) {
        owed += 1
        transcript.lines.append(
            Transcript.Line(began: now, command: command, at: now, end: .open)
        )
        var argv: [String] = []
        var tool = Tool.missing
        var pid: Int32?
        var fault: Fault?
        if case .tool(let words) = command.action, !world.isFenced {
            argv = words
            tool = world.tool(for: words)
            pid = world.nextPid()
            begun += 1
            fault = world.fault(striking: words)
            world.admit(tool, words)
            if !strikes.isEmpty, let strike = strikes.firstIndex(where: { $0.ordinal == begun }) {
                fault = strikes.remove(at: strike).fault
            }
        }
        let isLate = fault?.does == .late
        let grip = tool.grip(argv)
        quietSince = now
        commands.append(
            OpenCommand(
                id: id,
                command: command,
                argv: argv,
                tool: tool,
                grip: isLate && grip == .dies ? .kernel : grip,
                pid: pid,
                until: until,
                fault: fault,
                line: transcript.lines.count - 1,
                hastd: command.hastdUse
            )
        )
        start(commands.count - 1)
    }

    mutating func schedule(_ index: Int) {
        guard let end = naturalEnd(index) else {
            return agenda.enter(.deadline, index: index, at: max(commands[index].until, now))
        }
        agenda.enter(.command, index: index, at: end)
        if end > commands[index].until {
            agenda.enter(.deadline, index: index, at: max(commands[index].until, now))
        }
    }

    /// When a command ends if nothing holds it up; nil when it never does.
    private mutating func naturalEnd(_ index: Int) -> Instant? {
        let command = commands[index]
        guard !world.isFenced else { return now }
        switch command.command.action {
        case .log, .fenceSelf: return now
        case .ask(_, let unattended):
            switch world.operator {
            case .yes, .no: return now + world.latencies.ask
            case .nobody: return unattended == .wait ? nil : now
            case .silent: return nil
            }
        case .tool: break
        }
        var isRequest = false
        if case .hastctl = command.tool { isRequest = command.grip == .server }
        if let fault = command.fault, fault.does == .hangs {
            // hastd serves one request at a time: with this one, all later ones hang.
            if isRequest { world.hast.waitsFor = world.hast.waitsFor ?? command.command.line }
            return nil
        }
        let usual = world.latencies.takes(command.tool, command.argv, of: world.tools)
        var takes = world.latencies.drawn(usual, at: now, for: command.id.number)
        if let fault = command.fault, fault.does == .late { takes = fault.after.nanoseconds }
        var begins = now
        if case .hastctl = command.tool { begins = max(now, world.hastdFreeAt) }
        if HastdUse(command.argv) == .demotes { takes += demotion(command.argv, from: begins) }
        let end = Instant(nanoseconds: begins.nanoseconds + takes)
        if isRequest { world.hastdFreeAt = end }
        return end
    }

    /// A command's time has come: it takes its effect and ends, or goes on waiting.
    mutating func end(_ index: Int) -> Event.Input? {
        if commands[index].isBlocked {
            commands[index].isBlocked = false
            blocked -= 1
        }
        switch commands[index].phase {
        case .killed, .over: return nil
        case .queued:
            start(index)
            return nil
        case .settling:
            settle(index)
            return nil
        case .running where commands[index].leavesSomething: return linger(index)
        case .running, .orphan, .lingering, .abandoned, .left: break
        }
        guard case .exits(let output) = effect(of: index) else {
            block(index)
            if case .running = commands[index].phase {
                agenda.enter(.deadline, index: index, at: max(commands[index].until, now))
            }
            return nil
        }
        for later in commands[index].fault?.then ?? [] {
            world.schedule(later.change, after: later.after)
        }
        guard case .running = commands[index].phase else {
            switch commands[index].phase {
            case .orphan, .lingering: settle(index)
            case .left: commands[index].phase = .over
            case .queued, .running, .settling, .killed, .abandoned, .over: break
            }
            return nil
        }
        commands[index].phase = .over
        if commands[index].hastd == .demotes { demotableAt = now + HastdInterlock.pause }
        owed -= 1
        note(index, .ended(output.status))
        return .finished(commands[index].id, .ended(output))
    }

    /// The tool ends, and leaves the work to what it has started.
    private mutating func linger(_ index: Int) -> Event.Input? {
        guard let fault = commands[index].fault else { return nil }
        commands[index].phase = .lingering
        agenda.enter(.command, index: index, at: now + fault.after)
        let output = Output(.exited(fault.exit), error: fault.said)
        note(index, .ended(output.status))
        return .finished(commands[index].id, .left(pid: commands[index].pid, output))
    }

    private mutating func block(_ index: Int) {
        blocked += 1
        commands[index].isBlocked = true
    }

    /// An orphan's effect has come. Behind a server, it is gone when a look that queued up after
    /// it is answered.
    private mutating func settle(_ index: Int) {
        commands[index].phase = .settling
        guard let look = commands[index].command.settledBy else {
            return agenda.enter(.gone, index: index, at: now)
        }
        agenda.enter(.gone, index: index, at: world.end(of: look))
    }

    private mutating func effect(of index: Int) -> Outcome {
        let command = commands[index]
        guard !world.isFenced else { return .exits(Output(.notStarted(Self.fenced))) }
        switch command.command.action {
        case .log(let text):
            world.note(text)
            return .done
        case .ask(_, let unattended):
            let code = world.operator.exitCode(unattended: unattended)
            return .exits(Output(.exited(code)))
        case .fenceSelf:
            world.isFenced = true
            world.touched = .all
            return .done
        case .tool(let argv) where HastdUse(argv) != nil && command.life != world.hast.life:
            return Hastctl.lost
        case .tool(let argv): return outcome(of: command.tool, argv, command.fault)
        }
    }

    /// What a command comes to, a fault that strikes it considered.
    mutating func outcome(of tool: Tool, _ argv: [String], _ fault: Fault?) -> Outcome {
        guard let fault else { return world.run(tool, argv) }
        let failure = Outcome.exits(Output(.exited(fault.exit), error: fault.said))
        switch fault.does {
        case .failsBefore:
            world.dismiss(tool, argv)
            return failure
        case .failsAfter:
            guard case .exits = world.run(tool, argv) else { return .blocked }
            return failure
        case .succeeds, .late, .leaves: return world.run(tool, argv)
        case .hangs: return .blocked
        }
    }

    /// Ends a command as well as it can be ended, and says so.
    mutating func giveUp(_ index: Int) -> Event.Input? {
        let command = commands[index]
        if case .queued = command.phase {
            commands[index].isQueued = false
            queued -= 1
            commands[index].phase = .over
            owed -= 1
            let output = Output(.notStarted(world.refusal(of: .asks) ?? Self.noTurn))
            note(index, .ended(output.status))
            return .finished(command.id, .ended(output))
        }
        guard case .running = command.phase else { return nil }
        if command.hastd == .demotes { demotableAt = now + HastdInterlock.pause }
        end(asFarAsItCan: index)
        return .finished(command.id, .gaveUp(pid: command.pid, Output(.signalled(9))))
    }

    /// Ends a command that somebody waits for; it answers `gone` once it is.
    mutating func end(asFarAsItCan index: Int) {
        let command = commands[index]
        note(index, .gaveUp)
        let isGone: Bool
        switch command.grip {
        case _ where world.isFenced, .dies:
            isGone = true
            commands[index].phase = .killed
        case .server:
            // Without a look that settles it, the death of the child is all that shows.
            isGone = command.command.settledBy == nil
            commands[index].phase = isGone ? .abandoned : .orphan
        case .kernel:
            isGone = false
            commands[index].phase = .orphan
        }
        if isGone {
            agenda.enter(.gone, index: index, at: now)
        } else if command.fault?.does == .hangs {
            owed -= 1
        }
    }

    /// A command that was given up on can take no effect any more, as far as the host can tell.
    mutating func gone(_ index: Int) -> Event.Input? {
        switch commands[index].phase {
        case .settling
        where commands[index].grip == .server
            && (world.hast.waitsFor != nil || world.hast.isDeadlocked):
            block(index)
            return nil
        case .settling, .killed: commands[index].phase = .over
        case .abandoned: break
        case .queued, .running, .orphan, .lingering, .left, .over: return nil
        }
        owed -= 1
        note(index, .gone)
        return .gone(commands[index].id)
    }

    private mutating func note(_ index: Int, _ end: Transcript.Line.End) {
        transcript.lines[commands[index].line].at = now
        transcript.lines[commands[index].line].end = end
    }

    /// Asks the commands that wait for a change of the world again.
    mutating func retryBlocked() {
        for index in commands.indices where commands[index].isBlocked {
            agenda.enter(.command, index: index, at: now)
        }
    }
}
