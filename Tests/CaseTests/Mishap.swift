import Engine
import Simulation

/// One thing that goes wrong at one command of a run, or around it.
enum Mishap: CustomStringConvertible {
    case fault(Fault)
    case change(Later)

    /// An effect that comes so late has been given up on.
    private static let late = Duration.seconds(100)

    var description: String {
        switch self {
        case .fault(let fault): "\(fault.does.rawValue): \(fault.command.joined(separator: " "))"
        case .change(let later): "\(later.change) after \(later.after)"
        }
    }

    /// What can happen around a command; time is counted from its start.
    private static let changes: [Change] = [
        .interrupt, .signal("another-plan"), .carp("vlan50", vhid: 1, .backup), .peerDies,
        .workerDies("disk1"), .suspends("tank"), .holds("tank", Pool.Holder("bhyve", .volume)),
        .serviceDies("hastd"), .serviceDies("nfsd"), .hangs(["hastctl"]), .hangs(["zpool"]),
        .hangs(["zfs"]), .hangs(["service"]), .hangs(["ifconfig"]),
    ]

    /// All that can go wrong in a run that went so; each of its commands is struck by itself.
    static func all(of transcript: Transcript) -> [Mishap] {
        var mishaps: [Mishap] = []
        var calls: [[String]: Int] = [:]
        var times: Set<Instant> = []
        for line in transcript.lines {
            guard case .tool(let argv) = line.command.action else { continue }
            calls[argv, default: 0] += 1
            for does in Fault.Does.allCases where does != .succeeds {
                mishaps.append(.fault(Fault(argv, nth: calls[argv], does: does, after: late)))
            }
            guard times.insert(line.began).inserted else { continue }
            for change in changes {
                let after = line.began - .zero + .milliseconds(1)
                mishaps.append(.change(Later(after: after, change)))
            }
        }
        return mishaps
    }

    func strike(_ world: inout World) {
        switch self {
        case .fault(let fault): world.faults.append(fault)
        case .change(let later): world.later.append(later)
        }
    }
}
