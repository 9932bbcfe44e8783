/// What happened in a run, in order: the display, the summary, the system's log and the JSON lines
/// are all folds of this one stream.
public struct Record: Sendable {
    /// When, on the host's clock.
    public let at: Instant
    /// What.
    public let fact: Fact

    /// Creates a record.
    public init(at: Instant, _ fact: Fact) {
        self.at = at
        self.fact = fact
    }
}

/// The alphabet of what can be recorded.
///
/// Every input of `Run` is in it, and every decision. An `intent` is handed on before its work is
/// handed to the host.
public enum Fact: Sendable {
    /// The run began; what it requires had been seen for `settled` already.
    case began(settled: Duration)
    /// Another engine took the run up after the one that began it had died.
    case resumed(Resumption)
    /// The run entered a phase.
    case phase(Phase)
    /// A `require` of the plan was decided, by its index.
    case required(Int, Verdict, Basis)
    /// A step came under way, forward or back.
    case stepBegan(NodeID, Way)
    /// A look of a step was answered.
    case looked(NodeID, Way, LookPurpose, Verdict, Basis)
    /// A step is about to do these commands, in its attempt of this number, from 1.
    case intent(NodeID, Way, attempt: Int, [Command])
    /// A command was handed to the host.
    case commandBegan(NodeID, Way, WorkID, Command)
    /// A command's tool runs as this process.
    case processStarted(NodeID, WorkID, ProcessIdentity)
    /// A command ended by itself.
    case commandEnded(NodeID, Way, WorkID, Output)
    /// A command was given up on, and is in doubt.
    case commandGivenUp(NodeID, Way, WorkID, Command, pid: Int32?)
    /// A command is about to end by itself, and leaves processes of its group behind.
    case commandLeft(NodeID, Way, WorkID, pid: Int32?)
    /// A command that was in doubt can take no effect any more.
    case commandGone(NodeID, WorkID)
    /// An attempt failed and another follows after a wait.
    case retrying(NodeID, Way, attempt: Int, after: Duration, why: String)
    /// A step came to its end, forward or back.
    case stepEnded(NodeID, Way, StepResult)
    /// A guard of this node is broken.
    case guardBroken(NodeID, Verdict)
    /// A newer signal names another plan.
    case superseded(by: String)
    /// A person interrupted, for the first or a further time.
    case interrupted
    /// Something that a person should know.
    case warned(String)
    /// The run is over.
    case ended(Ending)
}

/// The direction in which a step is gone through.
public enum Way: String, Sendable { case forward, back }

/// The way on which a run is taken up again.
public enum Resumption: String, Sendable {
    /// On with the plan: what was done already is found so by its looks.
    case forward
    /// Take back what was done.
    case back
    /// Give up what there is by the counterpart.
    case counterpart
    /// Nothing is left but its `if-failed`: bring that about.
    case ifFailed = "if-failed"
}

/// What a look of a step is for.
public enum LookPurpose: String, Sendable {
    case when, opening, `guard`, goal, final
}

/// The phases of a run.
public enum Phase: Hashable, Sendable {
    case requiring, forward
    /// The point of no return is passed.
    case committed
    /// Looking once more at every goal.
    case checking
    /// Nothing new begins; what is open comes to an end. Why.
    case draining(String)
    case rollingBack, counterpart, ifFailed, fencing
}

/// How a step came to its end.
public enum StepResult: Hashable, Sendable {
    /// Its goal holds, and this run brought it about or waited for it.
    case done(Basis)
    /// Its goal held at the first look.
    case already
    /// Its `when` does not hold: what was seen.
    case notWanted(String)
    /// It failed: why, and what was seen last.
    case failed(why: String, lastSeen: String)
    /// It was ended before its end, by the run.
    case cut
    /// It was taken back.
    case undone
    /// There was nothing to take back.
    case nothingToUndo
    /// Nothing takes it back, and why.
    case noInverse(String)
    /// It was left as it is, and why.
    case parked(String)
}

/// How a run ended, and what a person must know.
public struct Ending: Hashable, Sendable {
    /// The kinds of ending, each with its exit code.
    public enum Kind: String, Sendable, CaseIterable {
        case done
        case rolledBack = "rolled-back"
        case released
        case left
        case stuck
        case refused
        /// The machine went down in the middle of it.
        case cutOff = "cut-off"
        case superseded
        case interrupted

        /// The exit code of the program.
        public var exitCode: Int32 {
            switch self {
            case .done: 0
            case .rolledBack, .released: 1
            case .left, .cutOff: 2
            case .stuck: 3
            case .refused: 4
            case .superseded: 5
            case .interrupted: 130
            }
        }
    }

    /// The kind.
    public let kind: Kind
    /// Why, in one clause; empty when done.
    public var reason: String
    /// What a person should know all the same.
    public let warnings: [String]
    /// The commands that are left for a person, in order; empty unless stuck or left.
    public let remaining: [String]
    /// The plan of the newer signal that should run next, if one is waiting.
    public let handOver: String?
    /// Whether an acquire is stuck past its point of no return, so that clients may be served.
    public let isCommitted: Bool

    /// Creates an ending.
    public init(
        _ kind: Kind,
        reason: String,
        warnings: [String] = [],
        remaining: [String] = [],
        handOver: String? = nil,
        isCommitted: Bool = false
    ) {
        self.kind = kind
        self.reason = reason
        self.warnings = warnings
        self.remaining = remaining
        self.handOver = handOver
        self.isCommitted = isCommitted
    }
}
