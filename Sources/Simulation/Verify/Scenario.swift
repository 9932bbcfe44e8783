import Engine

/// A course of events that a pair must come through, with or without further mishaps.
///
/// Node a serves when it begins and node b is its standby, unless it says otherwise.
public enum Scenario: String, Sendable, CaseIterable {
    case switchover
    case masterDies = "master-dies"
    case masterReturns = "master-returns"
    case cutThenMasterDies = "cut-then-master-dies"
    case diesInResync = "dies-in-resync"
    case staleBoots = "stale-boots"
    case standbyReboots = "standby-reboots"
    case masterReboots = "master-reboots"
    case serviceCut = "service-cut"
    case replicationCut = "replication-cut"
    case bothCut = "both-cut"
    case interfaceDown = "interface-down"
    case flapping
    case bothBoot = "both-boot"
    case engineCrash = "engine-crash"
    case hold

    /// Something that is done to the pair.
    enum Act: Sendable {
        case switchOver(Side)
        case cutPower(Side)
        case boot(Side)
        case reboot(Side)
        case cut(Link)
        case heal(Link)
        case interface(Side, up: Bool)
        case killEngine(Side)
        case hold(Side)
        case unhold(Side)
    }

    /// What happens, in a sentence.
    public var sentence: String {
        switch self {
        case .switchover: "a person hands the pair over"
        case .masterDies: "the master loses its power for good"
        case .masterReturns: "the master loses its power and comes back"
        case .cutThenMasterDies:
            "the replication link fails, clients go on writing, then the master dies; it comes back"
        case .diesInResync: "the master dies while the standby's copy is being brought up to date"
        case .staleBoots:
            "the standby dies, clients go on writing, then the master dies; the standby boots"
                + " alone, and the master after it"
        case .standbyReboots: "the standby is rebooted in order"
        case .masterReboots: "the master is rebooted in order"
        case .serviceCut: "the service network fails between the nodes, and is mended"
        case .replicationCut: "the replication link fails, and is mended"
        case .bothCut: "both networks fail between the nodes, and are mended"
        case .interfaceDown: "the master's interface goes down, and comes up again"
        case .flapping: "the address flips five times in ten seconds"
        case .bothBoot: "both nodes boot at once"
        case .engineCrash: "the engine is killed in the middle of a handover, on both nodes"
        case .hold: "the master dies while a person holds the standby; then the hold ends"
        }
    }

    /// Which node serves when it begins; nil when both are off.
    var master: Side? { self == .bothBoot ? nil : .a }

    /// What must be assumed for it never to happen.
    public var excludedBy: Assumption? {
        switch self {
        case .cutThenMasterDies, .serviceCut, .replicationCut, .bothCut: .noPartition
        default: nil
        }
    }

    /// What is done, and when.
    var acts: [(after: Duration, act: Act)] {
        let start = Duration.seconds(1)
        switch self {
        case .switchover: return [(start, .switchOver(.a))]
        case .masterDies: return [(start, .cutPower(.a))]
        case .masterReturns: return [(start, .cutPower(.a)), (.seconds(180), .boot(.a))]
        case .cutThenMasterDies:
            return [
                (start, .cut(.replication)), (.seconds(40), .cutPower(.a)),
                (.seconds(160), .heal(.replication)), (.seconds(160), .boot(.a)),
            ]
        case .diesInResync:
            return [
                (start, .cutPower(.b)), (.seconds(30), .boot(.b)), (.seconds(86), .cutPower(.a)),
                (.seconds(200), .boot(.a)),
            ]
        case .staleBoots:
            return [
                (start, .cutPower(.b)), (.seconds(30), .cutPower(.a)), (.seconds(40), .boot(.b)),
                (.seconds(240), .boot(.a)),
            ]
        case .standbyReboots: return [(start, .reboot(.b))]
        case .masterReboots: return [(start, .reboot(.a))]
        case .serviceCut: return [(start, .cut(.service)), (.seconds(180), .heal(.service))]
        case .replicationCut:
            return [(start, .cut(.replication)), (.seconds(180), .heal(.replication))]
        case .bothCut:
            return [
                (start, .cut(.service)), (start, .cut(.replication)),
                (.seconds(180), .heal(.replication)), (.seconds(190), .heal(.service)),
            ]
        case .interfaceDown:
            return [
                (start, .interface(.a, up: false)), (.seconds(90), .interface(.a, up: true)),
            ]
        case .flapping:
            return (0..<5).flatMap { Self.flip(at: start + .seconds(2) * $0) }
        case .bothBoot: return [(.zero, .boot(.a)), (.zero, .boot(.b))]
        case .engineCrash:
            return [
                (start, .switchOver(.a)), (start + .milliseconds(400), .killEngine(.a)),
                (start + .seconds(9), .killEngine(.b)),
            ]
        case .hold:
            return [
                (start, .hold(.b)), (.seconds(2), .cutPower(.a)), (.seconds(60), .unhold(.b)),
            ]
        }
    }

    private static func flip(at: Duration) -> [(after: Duration, act: Act)] {
        [(at, .interface(.a, up: false)), (at + .seconds(1), .interface(.a, up: true))]
    }
}
