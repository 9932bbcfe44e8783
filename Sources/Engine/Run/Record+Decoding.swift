extension Record: Decodable {
    /// Reads one line of the JSON form back.
    public init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: RecordKey.self)
        let milliseconds = try line.decode(Int64.self, forKey: .at)
        guard (0...Instant.never.nanoseconds / 1_000_000).contains(milliseconds) else {
            throw line.fault(.at, "lies beyond any clock")
        }
        try self.init(at: Instant(nanoseconds: milliseconds * 1_000_000), line.fact())
    }
}

extension KeyedDecodingContainer<RecordKey> {
    fileprivate func fact() throws -> Fact {
        let name = try decode(FactName.self, forKey: .fact)
        return switch name {
        case .began: .began(settled: try duration(.settled))
        case .resumed: .resumed(try word(.way))
        case .phase: .phase(try phase())
        case .required:
            .required(try decode(Int.self, forKey: .condition), try verdict(), try basis())
        case .stepBegan: .stepBegan(try node(), try way())
        case .looked:
            .looked(try node(), try way(), try word(.purpose), try verdict(), try basis())
        case .intent:
            .intent(
                try node(), try way(), attempt: try attempt(),
                try decode([CommandForm].self, forKey: .commands).map(\.command))
        case .commandBegan: .commandBegan(try node(), try way(), try work(), try command())
        case .processStarted:
            .processStarted(
                try node(), try work(),
                ProcessIdentity(
                    pid: try decode(Int32.self, forKey: .pid),
                    started: try decode(UInt64.self, forKey: .started)))
        case .commandEnded: .commandEnded(try node(), try way(), try work(), try output())
        case .commandGivenUp:
            .commandGivenUp(
                try node(), try way(), try work(), try command(),
                pid: try decodeIfPresent(Int32.self, forKey: .pid))
        case .commandLeft:
            .commandLeft(
                try node(), try way(), try work(),
                pid: try decodeIfPresent(Int32.self, forKey: .pid))
        case .commandGone: .commandGone(try node(), try work())
        case .retrying:
            .retrying(
                try node(), try way(), attempt: try attempt(),
                after: try duration(.after), why: try text(.why))
        case .stepEnded: .stepEnded(try node(), try way(), try result())
        case .guardBroken: .guardBroken(try node(), try verdict())
        case .superseded: .superseded(by: try text(.by))
        case .interrupted: .interrupted
        case .warned: .warned(try text(.text))
        case .ended: .ended(try ending())
        }
    }

    fileprivate func fault(_ key: RecordKey, _ why: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: why)
    }

    private func text(_ key: RecordKey) throws -> String { try decode(String.self, forKey: key) }

    private func node() throws -> NodeID { NodeID(try decode(Int.self, forKey: .node)) }

    private func work() throws -> WorkID { WorkID(try decode(Int.self, forKey: .work)) }

    private func way() throws -> Way { try word(.way) }

    private func command() throws -> Command {
        try decode(CommandForm.self, forKey: .command).command
    }

    private func duration(_ key: RecordKey) throws -> Duration {
        let milliseconds = try decode(Int64.self, forKey: key)
        guard (0...Instant.never.nanoseconds / 1_000_000).contains(milliseconds) else {
            throw fault(key, "lasts longer than any clock")
        }
        return .milliseconds(milliseconds)
    }

    private func attempt() throws -> Int {
        let number = try decode(Int32.self, forKey: .attempt)
        guard number > 0 else { throw fault(.attempt, "attempts count from 1") }
        return Int(number)
    }

    private func word<Word: RawRepresentable<String>>(_ key: RecordKey) throws -> Word {
        let text = try text(key)
        guard let word = Word(rawValue: text) else { throw fault(key, "no such word: \(text)") }
        return word
    }

    private func verdict() throws -> Verdict {
        switch try decode(VerdictName.self, forKey: .verdict) {
        case .holds: .holds
        case .doesNot: .doesNot(try text(.detail))
        case .unknown: .unknown(try text(.detail))
        case .never: .never(try text(.detail))
        }
    }

    private func basis() throws -> Basis {
        switch try decode(BasisName.self, forKey: .basis) {
        case .seen: .seen
        case .after: .after(WorkID(try decode(Int.self, forKey: .basisWork)))
        case .assumed: .assumed(try text(.basisWhy))
        case .unknowable: .unknowable(try text(.basisWhy))
        case .given: .given(try text(.basisWhy))
        }
    }

    private func phase() throws -> Phase {
        switch try decode(PhaseName.self, forKey: .phase) {
        case .requiring: .requiring
        case .forward: .forward
        case .committed: .committed
        case .checking: .checking
        case .draining: .draining(try text(.why))
        case .rollingBack: .rollingBack
        case .counterpart: .counterpart
        case .ifFailed: .ifFailed
        case .fencing: .fencing
        }
    }

    private func result() throws -> StepResult {
        switch try decode(ResultName.self, forKey: .result) {
        case .done: .done(try basis())
        case .already: .already
        case .notWanted: .notWanted(try text(.why))
        case .failed: .failed(why: try text(.why), lastSeen: try text(.lastSeen))
        case .cut: .cut
        case .undone: .undone
        case .nothingToUndo: .nothingToUndo
        case .noInverse: .noInverse(try text(.why))
        case .parked: .parked(try text(.why))
        }
    }

    private func ending() throws -> Ending {
        Ending(
            try word(.ending), reason: try text(.reason),
            warnings: try decode([String].self, forKey: .warnings),
            remaining: try decode([String].self, forKey: .remaining),
            handOver: try decodeIfPresent(String.self, forKey: .handOver),
            isCommitted: try decodeIfPresent(Bool.self, forKey: .committed) ?? false)
    }

    private func output() throws -> Output {
        let status = try nestedContainer(keyedBy: RecordKey.self, forKey: .status)
        return Output(
            try status.commandStatus(), output: try bytes(.output, else: .outputBytes),
            error: try bytes(.error, else: .errorBytes))
    }

    private func commandStatus() throws -> Output.Status {
        if let code = try decodeIfPresent(Int32.self, forKey: .exit) { return .exited(code) }
        if let number = try decodeIfPresent(Int32.self, forKey: .signal) {
            return .signalled(number)
        }
        if let why = try decodeIfPresent(String.self, forKey: .unavailable) {
            return .unavailable(why)
        }
        return .notStarted(try text(.notStarted))
    }

    private func bytes(_ key: RecordKey, else raw: RecordKey) throws -> [UInt8] {
        if let text = try decodeIfPresent(String.self, forKey: key) { return Array(text.utf8) }
        return try decode([UInt8].self, forKey: raw)
    }
}
