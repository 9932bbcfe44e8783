extension Past {
    /// Takes in the next record.
    public mutating func take(_ record: Record) {
        lastAt = max(lastAt, record.at)
        switch record.fact {
        // Past the point of no return a run drains for a broken guard, be its record lost or not;
        // before it, as for any failure.
        case .began, .guardBroken: break
        case .resumed(let way): resumed(way)
        case .phase(let phase): entered(phase)
        case .required(let index, let verdict, _):
            guard verdict != .holds, plan.require.indices.contains(index) else { return }
            refusals.append("\(plan.require[index].summary): \(verdict.detail)")
        case .superseded(let plan):
            newer = plan
            isSuperseded = true
        case .interrupted: interrupts += 1
        case .warned(let text): if !warnings.contains(text) { warnings.append(text) }
        case .ended(let ending): self.ending = ending
        case .stepBegan, .looked, .retrying, .stepEnded: stepped(record.fact)
        case .intent, .commandBegan, .processStarted, .commandEnded, .commandGivenUp,
            .commandLeft, .commandGone:
            acted(record.fact)
        }
    }

    private mutating func stepped(_ fact: Fact) {
        switch fact {
        case .stepBegan(let node, let way): at(node) { $0[way].isUnderWay = true }
        case .looked(let node, let way, .opening, .holds, _),
            .looked(let node, let way, .goal, .holds, _):
            orphans.trust(node, way)
        case .looked(let node, .forward, .when, let verdict, _):
            if case .unknown = verdict { return }
            at(node) { $0.when = verdict }
        case .retrying(let node, .forward, _, _, _): repeated(node)
        case .stepEnded(let node, let way, let result):
            at(node) {
                $0[way].isUnderWay = false
                $0[way].result = result
            }
        default: return
        }
    }

    /// A group is begun again: how far its members had come counts no more, but for what they did.
    private mutating func repeated(_ group: NodeID) {
        guard plan.nodes.indices.contains(group.index), case .group = plan[group].kind else {
            return
        }
        for id in plan.nodes(from: group) where id != group {
            at(id) {
                $0.when = nil
                $0.forward.announce([])
            }
        }
    }

    private mutating func acted(_ fact: Fact) {
        switch fact {
        case .intent(let node, let way, _, let commands):
            let commands = commands.map { known($0, of: node) }
                .filter { way == .back || isTakenBack($0, of: node) }
            guard !commands.isEmpty else { break }
            at(node) {
                if way == .forward { $0.back = Passage() }
                $0[way].announce(commands)
            }
        case .commandBegan(let node, let way, let work, let command):
            return began(node, way, work, command)
        case .commandEnded(let node, let way, _, let output): at(node) { $0[way].ended(output) }
        default: break
        }
        orphans.take(fact)
    }

    private mutating func began(
        _ node: NodeID, _ way: Way, _ work: WorkID, _ command: Command
    ) {
        guard traces.indices.contains(node.index), (1...Orphans.workLimit).contains(work.number)
        else { return }
        lastWork = max(lastWork, work.number)
        let command = known(command, of: node)
        if way == .back || isTakenBack(command, of: node) { at(node) { $0[way].began(command) } }
        orphans.take(.commandBegan(node, way, work, command))
    }

    /// The command as its step makes it: what settles it is not in the records.
    private func known(_ command: Command, of node: NodeID) -> Command {
        guard plan.nodes.indices.contains(node.index), case .step(let step) = plan[node].kind
        else { return command }
        var commands = step.step.apply(.none)
        if case .step(let inverse) = step.inverse { commands += inverse.apply(.none) }
        return commands.first { $0.action == command.action } ?? command
    }

    /// Whether a command leaves something behind.
    private func isTakenBack(_ command: Command, of node: NodeID) -> Bool {
        guard plan.nodes.indices.contains(node.index), case .step(let step) = plan[node].kind
        else { return true }
        return step.step.isTakenBack(command)
    }

    private mutating func at(_ node: NodeID, _ change: (inout Trace) -> Void) {
        guard traces.indices.contains(node.index) else { return }
        change(&traces[node.index])
    }
}

// MARK: - What it was about

extension Past {
    /// Another engine took it up; interrupts and signals of that one count anew.
    private mutating func resumed(_ way: Resumption) {
        interrupts = 0
        isSuperseded = false
        refusals = []
        switch way {
        case .forward: aim = .forward
        case .back: aim = .back
        case .counterpart: aim = .counterpart
        case .ifFailed:
            // It ends as it was to end.
            if case .ifFailed = aim { return }
            aim = .ifFailed(.rolledBack)
        }
    }

    private mutating func entered(_ phase: Phase) {
        switch phase {
        case .requiring, .forward, .checking: return
        case .committed: isCommitted = true
        case .draining(let why): turned(why)
        case .rollingBack:
            aim = .back
            hasTurnedBack = true
        case .counterpart:
            aim = .counterpart
            hasGivenUp = true
        case .ifFailed:
            switch aim {
            case .counterpart: aim = .ifFailed(.released)
            case .stop(.refused): aim = .ifFailed(.refused)
            default: aim = .ifFailed(.rolledBack)
            }
        case .fencing: aim = plan.direction == .release ? .forward : .counterpart
        }
    }

    /// It drained: by what was recorded before, which is all that the run went by, too.
    private mutating func turned(_ why: String) {
        switch aim {
        case .forward:
            aim = aimOfDrain()
            reason = aim == .stop(.refused) ? refusals.joined(separator: "; ") : why
        case .back:
            aim = .stop(isInterrupted ? .left : .stuck)
            reason = why
        case .counterpart, .handOver:
            aim = .stop(.left)
            reason = why
        case .ifFailed(let kind): aim = .stop(kind)
        case .stop: return
        }
    }

    private mutating func aimOfDrain() -> Aim {
        let yields = plan.direction != .release && plan.whenSuperseded == .handOver
        if isSuperseded && yields { return .handOver }
        let isUntouched = !refusals.isEmpty && !hasEffects && !isCommitted
        if interrupts > 0 {
            if isCommitted {
                if interrupts > 1 { return .stop(.left) }
            } else {
                isInterrupted = true
                return .back
            }
        }
        if isUntouched { return .stop(.refused) }
        if !refusals.isEmpty && !isCommitted { return .back }
        // Past the point of no return nothing but a broken guard makes a run drain; a release,
        // which is past it from its first step, has no guards.
        if isCommitted && plan.direction != .release { return .counterpart }
        switch plan.onFailure {
        case .rollBack: return .back
        case .counterpart: return .counterpart
        case .stop: return .stop(.left)
        }
    }
}
