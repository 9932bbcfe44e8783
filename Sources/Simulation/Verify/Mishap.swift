import Engine

/// Something that goes wrong at a moment of a story.
public enum Mishap: String, Sendable, CaseIterable {
    /// The command fails and has done nothing.
    case failsBefore = "fails-before"
    /// The command fails and has done it.
    case failsAfter = "fails-after"
    /// The command says that it did it, and has done nothing.
    case doesNothing = "does-nothing"
    /// The command never ends.
    case hangs
    /// The command takes five seconds, so that what runs beside it comes first.
    case slow
    /// The command takes effect only after it was given up on.
    case late
    /// The command fails, and what it left in its process group does its work later.
    case leftBehind = "left-behind"
    /// The command takes a while, and its engine is killed meanwhile.
    case orphaned
    /// The engine is killed as the work begins.
    case engineKilled = "engine-killed"
    /// The engine is killed as the work is done, before it hears of it.
    case engineKilledAfter = "engine-killed-after"
    /// The engine is killed, and the last record of its journal is torn.
    case journalTorn = "journal-torn"
    /// The journal takes nothing more, and then the engine is killed.
    case journalFull = "journal-full"
    /// A person interrupts the run that is under way, and has it wanted again a little later.
    case interrupted
    /// The power fails as the work begins, and comes back.
    case powerCut = "power-cut"
    /// The power fails as the work is done.
    case powerCutAfter = "power-cut-after"
    /// The other node loses its power, and gets it back.
    case peerLost = "peer-lost"
    /// The interface of the shared address goes down for a moment.
    case addressFlips = "address-flips"
    /// The next signal of this node is lost.
    case signalLost = "signal-lost"
    /// The next signal of this node comes twice.
    case signalTwice = "signal-twice"
    /// The next signal of this node comes late.
    case signalLate = "signal-late"
    /// The link of the replicas is cut for a while.
    case replicationCut = "replication-cut"
    /// The network of clients and advertisements is cut for a while.
    case serviceCut = "service-cut"

    /// A person has hastd's status shown for some seconds, again and again.
    case hastdAsked = "hastd-asked"
    /// GEOM lets one new device of this node through at a time from now on.
    case devicesSlow = "devices-slow"
    /// Each look of this node at pools, file systems, targets and services takes four seconds from
    /// now on, until it boots: many file systems, cold disks, an import under way.
    case looksSlow = "looks-slow"
    /// The hooks of hastd on this node do their work late from now on: behind the peer's messages.
    case hooksLate = "hooks-late"

    /// Whether it can befall a pair of HAST only.
    var isOfHAST: Bool {
        switch self {
        case .hastdAsked, .devicesSlow, .hooksLate: true
        default: false
        }
    }

    /// Whether it strikes a command only, no look and no pause.
    var isOfCommands: Bool {
        switch self {
        case .failsBefore, .failsAfter, .doesNothing, .hangs, .slow, .late, .leftBehind,
            .orphaned, .devicesSlow:
            true
        default: false
        }
    }

    /// What must be assumed for it never to happen; nil when it is always to be reckoned with.
    public var excludedBy: Assumption? {
        switch self {
        case .replicationCut, .serviceCut: .noPartition
        default: nil
        }
    }

    /// What happens, for a timeline.
    var sentence: String {
        switch self {
        case .failsBefore: "the command fails, and has done nothing"
        case .failsAfter: "the command fails, and has done its work"
        case .doesNothing: "the command says that it did it, and has done nothing"
        case .hangs: "the command hangs"
        case .slow: "the command takes five seconds"
        case .late: "the command takes effect after it was given up on"
        case .leftBehind: "the command fails, and what it left behind does its work later"
        case .orphaned: "the engine is killed, and its command goes on"
        case .engineKilled: "the engine is killed"
        case .engineKilledAfter: "the engine is killed before it hears of it"
        case .journalTorn: "the engine is killed, and the journal's last line is torn"
        case .journalFull: "the disk of the journal is full, and the engine is killed"
        case .interrupted: "a person interrupts the run"
        case .powerCut, .powerCutAfter: "the power fails"
        case .peerLost: "the power of the other node fails"
        case .addressFlips: "the interface goes down for a moment"
        case .signalLost: "the next signal is lost"
        case .signalTwice: "the next signal comes twice"
        case .signalLate: "the next signal comes late"
        case .replicationCut: "the replication link is cut"
        case .serviceCut: "the service network is cut"
        case .hastdAsked: "a person has hastd's status shown again and again"
        case .devicesSlow: "new devices appear one at a time"
        case .looksSlow: "looks at pools, file systems, targets and services take four seconds"
        case .hooksLate: "hastd's hooks do their work late"
        }
    }
}

/// A mishap and where it strikes: at the nth piece of work that a node is given.
public struct Strike: Hashable, Sendable {
    /// The node.
    public let side: Side
    /// The piece of work, from 1: a look that is waited for, a command, a pause.
    public let item: Int
    /// What happens.
    public let mishap: Mishap

    /// Creates a strike.
    public init(_ side: Side, _ item: Int, _ mishap: Mishap) {
        self.side = side
        self.item = item
        self.mishap = mishap
    }
}
