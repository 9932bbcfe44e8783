import CStage
import Engine
import Simulation

/// The sockets of syslogd and devd, on which the stage listens and speaks.
struct Wires {
    /// So many lines of the log are kept.
    private static let kept = 100_000
    /// A datagram is no longer.
    private static let limit = 8192

    /// Where syslog lines arrive.
    let log: Int32
    /// Where listeners of devd connect.
    let devd: Int32
    /// The listeners.
    private(set) var listeners: [Int32] = []
    /// The lines that arrived, oldest first.
    private(set) var lines: [String] = []
    private var virtualHosts: [VirtualHost]

    /// Opens them; nil when that cannot be done.
    init?(_ world: World) {
        log = stage_bind_datagrams("/dev/log")
        devd = stage_listen_packets("/var/run/devd.seqpacket.pipe")
        virtualHosts = world.virtualHosts
        guard log >= 0, devd >= 0 else { return nil }
    }

    /// Takes in what arrived in the log.
    mutating func readLog() {
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: Self.limit) { buffer, used in
                count = recv(log, buffer.baseAddress, buffer.count, 0)
                used = max(0, count)
            }
            guard count > 0 else { return }
            if lines.count < Self.kept { lines.append(String(decoding: bytes, as: UTF8.self)) }
        }
    }

    /// Takes in new listeners of devd.
    mutating func acceptListeners() {
        while true {
            let listener = stage_accept(devd)
            guard listener >= 0 else { return }
            listeners.append(listener)
        }
    }

    /// A listener hung up; what else it says is nothing to devd.
    mutating func serve(_ listener: Int32) {
        var byte: UInt8 = 0
        let count = recv(listener, &byte, 1, 0)
        guard count == 0 || (count < 0 && stage_error() != EAGAIN) else { return }
        listeners.removeAll { $0 == listener }
        close(listener)
    }

    /// Tells every listener a line, as devd does: one message, one line.
    func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        // One that does not read loses its messages; devd would even hang up on it.
        let flags = Int32(MSG_NOSIGNAL)
        for listener in listeners { _ = send(listener, bytes, bytes.count, flags) }
    }

    /// Tells the changes of CARP's state, as the kernel does (sys/netinet/ip_carp.c).
    mutating func tellCarp(_ world: World) {
        guard virtualHosts != world.virtualHosts else { return }
        for host in world.virtualHosts where host.vrrp == nil {
            let old = virtualHosts.first { $0.vhid == host.vhid && $0.interface == host.interface }
            guard old?.state != host.state else { continue }
            let subject = "\(host.vhid)@\(host.interface)"
            tell("!system=CARP subsystem=\(subject) type=\(host.state.rawValue)")
        }
        virtualHosts = world.virtualHosts
    }
}
