extension Record: Encodable {
    /// Writes the record as one flat object, its commands aside.
    ///
    /// `at` is in milliseconds since the host's zero. The look that settles a command is left out:
    /// it is the step's own, and is found there.
    public func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: RecordKey.self)
        try line.encode(at.nanoseconds / 1_000_000, forKey: .at)
        try line.put(fact)
    }
}

extension KeyedEncodingContainer<RecordKey> {
    fileprivate mutating func put(_ fact: Fact) throws {
        switch fact {
        case .began(let settled):
            try name(.began)
            try encode(settled.milliseconds, forKey: .settled)
        case .resumed(let way):
            try name(.resumed)
            try encode(way.rawValue, forKey: .way)
        case .phase(let phase): try put(phase)
        case .required(let index, let verdict, let basis):
            try name(.required)
            try encode(index, forKey: .condition)
            try put(verdict, basis)
        case .guardBroken(let node, let verdict):
            try name(.guardBroken)
            try encode(node.index, forKey: .node)
            try put(verdict)
        case .superseded(let plan):
            try name(.superseded)
            try encode(plan, forKey: .by)
        case .interrupted: try name(.interrupted)
        case .warned(let text):
            try name(.warned)
            try encode(text, forKey: .text)
        case .ended(let ending): try put(ending)
        case .stepBegan, .looked, .retrying, .stepEnded: try putStep(fact)
        case .intent, .commandBegan, .processStarted, .commandEnded, .commandGivenUp,
            .commandLeft, .commandGone:
            try putCommand(fact)
        }
    }

    private mutating func putStep(_ fact: Fact) throws {
        switch fact {
        case .stepBegan(let node, let way): try name(.stepBegan, node, way)
        case .looked(let node, let way, let purpose, let verdict, let basis):
            try name(.looked, node, way)
            try encode(purpose.rawValue, forKey: .purpose)
            try put(verdict, basis)
        case .retrying(let node, let way, let attempt, let after, let why):
            try name(.retrying, node, way)
            try encode(attempt, forKey: .attempt)
            try encode(after.milliseconds, forKey: .after)
            try encode(why, forKey: .why)
        case .stepEnded(let node, let way, let result):
            try name(.stepEnded, node, way)
            try put(result)
        default: preconditionFailure("a fact of another group was taken for one of a step")
        }
    }

    private mutating func putCommand(_ fact: Fact) throws {
        switch fact {
        case .intent(let node, let way, let attempt, let commands):
            try name(.intent, node, way)
            try encode(attempt, forKey: .attempt)
            try encode(commands.map(CommandForm.init), forKey: .commands)
        case .commandBegan(let node, let way, let work, let command):
            try name(.commandBegan, node, way, work)
            try encode(CommandForm(command), forKey: .command)
        case .processStarted(let node, let work, let process):
            try name(.processStarted)
            try encode(node.index, forKey: .node)
            try encode(work.number, forKey: .work)
            try encode(process.pid, forKey: .pid)
            try encode(process.started, forKey: .started)
        case .commandEnded(let node, let way, let work, let output):
            try name(.commandEnded, node, way, work)
            try put(output)
        case .commandGivenUp(let node, let way, let work, let command, let pid):
            try name(.commandGivenUp, node, way, work)
            try encode(CommandForm(command), forKey: .command)
            try encodeIfPresent(pid, forKey: .pid)
        case .commandLeft(let node, let way, let work, let pid):
            try name(.commandLeft, node, way, work)
            try encodeIfPresent(pid, forKey: .pid)
        case .commandGone(let node, let work):
            try name(.commandGone)
            try encode(node.index, forKey: .node)
            try encode(work.number, forKey: .work)
        default: preconditionFailure("a fact of another group was taken for one of a command")
        }
    }

    private mutating func name(_ name: FactName) throws { try encode(name, forKey: .fact) }

    private mutating func name(
        _ name: FactName, _ node: NodeID, _ way: Way, _ work: WorkID? = nil
    ) throws {
        try self.name(name)
        try encode(node.index, forKey: .node)
        try encode(way.rawValue, forKey: .way)
        try encodeIfPresent(work?.number, forKey: .work)
    }

    private mutating func put(_ verdict: Verdict, _ basis: Basis? = nil) throws {
        let name: VerdictName =
            switch verdict {
            case .holds: .holds
            case .doesNot: .doesNot
            case .unknown: .unknown
            case .never: .never
            }
        try encode(name, forKey: .verdict)
        if verdict != .holds { try encode(verdict.detail, forKey: .detail) }
        if let basis { try put(basis) }
    }

    private mutating func put(_ basis: Basis) throws {
        switch basis {
        case .seen: try encode(BasisName.seen, forKey: .basis)
        case .after(let work):
            try encode(BasisName.after, forKey: .basis)
            try encode(work.number, forKey: .basisWork)
        case .assumed(let why):
            try encode(BasisName.assumed, forKey: .basis)
            try encode(why, forKey: .basisWhy)
        case .unknowable(let why):
            try encode(BasisName.unknowable, forKey: .basis)
            try encode(why, forKey: .basisWhy)
        case .given(let claim):
            try encode(BasisName.given, forKey: .basis)
            try encode(claim, forKey: .basisWhy)
        }
    }

    private mutating func put(_ phase: Phase) throws {
        try name(.phase)
        let name: PhaseName =
            switch phase {
            case .requiring: .requiring
            case .forward: .forward
            case .committed: .committed
            case .checking: .checking
            case .draining: .draining
            case .rollingBack: .rollingBack
            case .counterpart: .counterpart
            case .ifFailed: .ifFailed
            case .fencing: .fencing
            }
        try encode(name, forKey: .phase)
        if case .draining(let why) = phase { try encode(why, forKey: .why) }
    }

    private mutating func put(_ result: StepResult) throws {
        switch result {
        case .done(let basis):
            try encode(ResultName.done, forKey: .result)
            try put(basis)
        case .already: try encode(ResultName.already, forKey: .result)
        case .notWanted(let why): try put(.notWanted, why)
        case .failed(let why, let lastSeen):
            try put(.failed, why)
            try encode(lastSeen, forKey: .lastSeen)
        case .cut: try encode(ResultName.cut, forKey: .result)
        case .undone: try encode(ResultName.undone, forKey: .result)
        case .nothingToUndo: try encode(ResultName.nothingToUndo, forKey: .result)
        case .noInverse(let why): try put(.noInverse, why)
        case .parked(let why): try put(.parked, why)
        }
    }

    private mutating func put(_ result: ResultName, _ why: String) throws {
        try encode(result, forKey: .result)
        try encode(why, forKey: .why)
    }

    private mutating func put(_ ending: Ending) throws {
        try name(.ended)
        try encode(ending.kind.rawValue, forKey: .ending)
        try encode(ending.reason, forKey: .reason)
        try encode(ending.warnings, forKey: .warnings)
        try encode(ending.remaining, forKey: .remaining)
        try encodeIfPresent(ending.handOver, forKey: .handOver)
        if ending.isCommitted { try encode(true, forKey: .committed) }
    }

    private mutating func put(_ output: Output) throws {
        var status = nestedContainer(keyedBy: RecordKey.self, forKey: .status)
        switch output.status {
        case .exited(let code): try status.encode(code, forKey: .exit)
        case .signalled(let number): try status.encode(number, forKey: .signal)
        case .notStarted(let why): try status.encode(why, forKey: .notStarted)
        case .unavailable(let why): try status.encode(why, forKey: .unavailable)
        }
        try put(output.standardOutput, .output, else: .outputBytes)
        try put(output.standardError, .error, else: .errorBytes)
    }

    /// Bytes as text; as numbers when they are no UTF-8, so that nothing is lost.
    private mutating func put(_ bytes: [UInt8], _ key: RecordKey, else raw: RecordKey) throws {
        if let text = String(validating: bytes, as: UTF8.self) {
            try encode(text, forKey: key)
        } else {
            try encode(bytes, forKey: raw)
        }
    }
}
