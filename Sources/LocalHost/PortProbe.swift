import CSystem
import Engine

/// An attempt to connect to a TCP port, at all addresses of its host at once.
final class PortProbe {
    /// A port that says nothing for so long is silent.
    static let patience = Duration.milliseconds(500)

    private var attempts: [Descriptor] = []
    private var refused = false
    private let until: Instant
    /// What came of it; nil while it is open.
    private(set) var answer: Answer?

    init(host: String, port: Int, at now: Instant) {
        until = now + Self.patience
        guard let port = UInt16(exactly: port), port > 0 else {
            answer = .missing(why: "\(port) is no TCP port")
            return
        }
        let addresses = HostAddress.all(of: host, port: port)
        if addresses.isEmpty {
            answer = .missing(
                why: "\(host) is neither an address nor in /etc/hosts (name servers are not asked)"
            )
        }
        for address in addresses where answer == nil { connect(to: address) }
        settle(at: now)
    }

    var due: Instant { until }

    func wait(in polls: inout PollSet) {
        for attempt in attempts { polls.add(attempt, for: Int32(POLLOUT)) }
    }

    func serve(_ polls: PollSet, at now: Instant) {
        attempts.removeAll { attempt in
            guard polls.isReady(attempt) else { return false }
            var error: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(attempt.number, SOL_SOCKET, SO_ERROR, &error, &size)
            note(error)
            return true
        }
        settle(at: now)
    }

    private func connect(to address: HostAddress) {
        guard let attempt = Descriptor(system_stream_socket(address.family)) else {
            // A host without IPv6 has no such socket, and nothing can listen there.
            if system_error() != EAFNOSUPPORT {
                answer = .missing(why: "no socket: \(words(of: system_error()))")
            }
            return
        }
        if address.connect(attempt) == 0 { return note(0) }
        let error = system_error()
        if error == EINPROGRESS { attempts.append(attempt) } else { note(error) }
    }

    private func note(_ error: Int32) {
        if error == 0 { answer = .port(.open) }
        if error == ECONNREFUSED { refused = true }
    }

    private func settle(at now: Instant) {
        if answer == nil && (attempts.isEmpty || now >= until) {
            answer = .port(refused ? .refused : .silent)
        }
        if answer != nil { attempts = [] }
    }
}
