import Engine
import Testing

@testable import Simulation

/// A pair whose story a test tells by hand: commands at its nodes, and time that passes.
struct PairStory: CustomTestStringConvertible {
    var pair: PairWorld
    /// What happened, a line each.
    var told: [String] = []
    private var works = 0

    var testDescription: String { told.joined(separator: "\n") }

    init(serving: Side? = .a, preempts: Bool = true, by vrrp: Vrrp? = nil) {
        var pair = Pair()
        pair.keepalived = vrrp
        self.pair = PairWorld(pair, serving: serving, preempts: preempts)
    }

    static let disks = ["disk0", "disk1", "disk2", "disk3"]

    /// Runs a command at a node until it ends; gives how.
    @discardableResult
    mutating func run(_ line: String, on side: Side) -> Output.Status? {
        run(words(line), on: side)
    }

    @discardableResult
    mutating func run(_ argv: [String], on side: Side) -> Output.Status? {
        works += 1
        let id = WorkID(works)
        // A person waits for nothing.
        pair[side].perform(.execute(id, Command(.tool(argv)).using(nil), until: .never))
        while let happening = pair.next(until: pair.now + .seconds(60)) {
            note(happening)
            if case .event(side, let event) = happening,
                case .finished(id, .ended(let output)) = event.input
            {
                pass(.zero)
                return output.status
            }
        }
        return nil
    }

    /// Begins a command at a node and waits for nothing.
    mutating func begin(_ line: String, on side: Side) {
        works += 1
        let command = Command(.tool(words(line))).using(nil)
        pair[side].perform(.execute(WorkID(works), command, until: .never))
    }

    /// Runs a command for each disk, and pauses behind each.
    mutating func role(_ role: String, on side: Side, pausing pause: Duration = .zero) {
        for disk in Self.disks {
            run("hastctl role \(role) \(disk)", on: side)
            pass(pause)
        }
    }

    mutating func pass(_ duration: Duration) {
        let limit = pair.now + duration
        while let happening = pair.next(until: limit) { note(happening) }
    }

    /// Ends a hastd that answers nobody any more, and starts it anew.
    mutating func cureHastd(_ side: Side) {
        guard pair[side].world.hast.isDeadlocked else { return }
        run(HastdInterlock.ends, on: side)
        run(HastdInterlock.starts, on: side)
    }

    /// What the node has to do to serve.
    mutating func takeOver(_ side: Side, force: Bool = false) {
        run("ifconfig vlan50 vhid 1 advskew 0 state master", on: side)
        role("primary", on: side)
        // With a dead peer the fourth device appears after twice hastd's timeout.
        pass(.seconds(62))
        run("zpool import \(force ? "-f " : "")-o cachefile=none tank", on: side)
        run("service nfsd onestart", on: side)
        run("service ctld onestart", on: side)
        pass(.seconds(1))
    }

    /// What the node has to do to let the other one serve.
    mutating func giveUp(
        _ side: Side, as role: String = "secondary", pausing pause: Duration = .zero
    ) {
        run("ifconfig vlan50 vhid 1 advskew 254 state backup", on: side)
        run("service ctld onestop", on: side)
        run("service nfsd onestop", on: side)
        run("service mountd onestop", on: side)
        run("zpool export tank", on: side)
        self.role(role, on: side, pausing: pause)
    }

    private mutating func note(_ happening: PairWorld.Happening) {
        let at = (pair.now - .zero).milliseconds
        told.append("\(at)ms \(happening.text)")
    }

    /// The lines that were told since with this word in them, without their times.
    func heard(_ word: String) -> [String] {
        told.filter { $0.contains(word) }.map { String($0.drop { $0 != " " }.dropFirst()) }
    }

    func isMarked(_ side: Side, _ disk: String = "disk0") -> Bool {
        pair[side].world.kind(at: "/var/run/failover/fresh/" + disk) == .file
    }

    func hasWord(_ side: Side, _ disk: String = "disk0") -> Bool {
        pair[side].world.kind(at: "/var/run/failover/fresh/\(disk)@peer") == .file
    }

    /// What the outline says of the copies of a disk.
    func copies(_ disk: String = "disk0") -> String {
        let line = pair.outline.first { $0.hasPrefix(disk + ": ") } ?? ""
        return String(line.dropFirst(disk.count + 2))
    }

    func address(_ side: Side) -> VirtualHost.State { pair[side].world.virtualHosts[0].state }
}

extension PairWorld.Happening {
    var text: String {
        switch self {
        case .event(let side, let event): "\(side): \(event.input.text)"
        case .address(let side, let host):
            if let vrrp = host.vrrp {
                "\(side): \(vrrp.instance) \(host.word)"
            } else {
                "\(side): \(host.vhid)@\(host.interface) \(host.word)"
            }
        case .hook(let side, let words):
            "\(side): hook \(words.arguments.joined(separator: " "))"
        case .up(let side): "\(side): up"
        case .down(let side): "\(side): down"
        case .changed: "changed"
        }
    }
}
