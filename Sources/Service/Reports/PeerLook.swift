import Engine
import FoundationEssentials
import LocalHost

/// Asks failover on the peer for its status, by the site's `ask-peer`.
struct PeerLook {
    /// What the peer says of the pair, as `failover status --json` prints it.
    struct Status: Decodable {
        let fact: String
        let pair: String
        let master: String
        let running: Bool
        let hold: String?
        let holds: String?
        let standing: String?

        /// Whether it is master, and its last run is done.
        var serves: Bool { master == "holds" && !running && (standing ?? "well") == "well" }
        /// Whether it runs a plan, or is left in the middle of one.
        var isAtWork: Bool { running || ["left", "stuck"].contains(standing) }
    }

    /// Why it cannot be asked.
    struct Fault: Error {
        let why: String
    }

    private static let limit = Duration.seconds(30)

    private let command: [String]
    private let pair: String
    private let site: Site

    /// Nil where the site does not say how.
    init?(_ site: Site, pair: String) {
        guard let command = site.askPeer else { return nil }
        self.command = command
        self.pair = pair
        self.site = site
    }

    /// Why the peer would not take over.
    func refusals() -> [String] {
        let status: Status
        switch ask() {
        case .failure(let fault): return [fault.why]
        case .success(let told): status = told
        }
        var why: [String] = []
        if let hold = status.hold { why.append("the peer is on hold: \(printable(hold))") }
        if status.running { why.append("the peer runs a plan of the pair") }
        if let standing = status.standing, ["left", "stuck", "untold"].contains(standing) {
            why.append("the peer's last run is \(standing): `failover status` there")
        }
        if status.standing == "faulty" {
            why.append("a file of the peer is at fault, and it takes nothing over")
        }
        return why
    }

    func ask() -> Result<Status, Fault> {
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: nil)
        let argv = command + ["status", "--json", "--pair", pair]
        host.perform(
            .execute(WorkID(1), Command(.tool(argv)), until: host.now + Self.limit))
        while let event = host.next() {
            guard case .finished(_, let finish) = event.input else { continue }
            guard case .ended(let output) = finish else { break }
            return read(output)
        }
        return .failure(Fault(why: "the peer cannot be asked: `ask-peer` does not end in time"))
    }

    private func read(_ output: Output) -> Result<Status, Fault> {
        for line in output.standardOutput.split(separator: UInt8(ascii: "\n")) {
            guard let status = try? JSONDecoder().decode(Status.self, from: Data(line)),
                status.fact == "status", status.pair == pair
            else { continue }
            return .success(status)
        }
        let said = output.excerpt
        let why = "the peer cannot be asked: `ask-peer` says nothing of pair \(pair)"
        return .failure(Fault(why: "\(why) (\(output.status))" + (said.isEmpty ? "" : ": \(said)")))
    }
}
