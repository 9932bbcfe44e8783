import Engine

/// What a shared address has that keepalived moves by VRRP 3 (RFC 5798), and not CARP.
public struct Vrrp: Hashable, Sendable {
    /// The name of the `vrrp_instance`.
    public var instance = "VI_1"
    /// This node's priority: the higher one wins.
    public var priority = 100
    /// The peer's priority.
    public var peerPriority = 100
    /// Whether a backup takes over from a master of a lower priority: not with `nopreempt`.
    public var preempts = false
    /// The file of its `track_file`, of weight 0.
    public var trackFile = "/run/failover/VI_1.track"
    /// Whether it was master and told the peer that it is no more, by a priority of 0.
    var hasResigned = false

    /// An instance as the printed configuration has it.
    public init() {}
}

extension World {
    /// Whether keepalived holds an instance in FAULT by its track file.
    func isInFault(_ host: VirtualHost) -> Bool {
        guard let path = host.vrrp?.trackFile,
            let file = files.first(where: { $0.path == path && $0.kind == .file })
        else { return false }
        // A number other than 0, with what stands around it.
        let digits = file.bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
            .prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.contains { $0 != UInt8(ascii: "0") }
    }

    /// Whether what moves an address is alive here: the kernel for CARP, else the daemon.
    func takesPart(_ host: VirtualHost) -> Bool {
        host.vrrp == nil || isServing("keepalived")
    }

    /// keepalived hears of each change of a tracked file at once (inotify(7)).
    mutating func fileChanged(_ path: String) {
        for index in virtualHosts.indices where virtualHosts[index].vrrp?.trackFile == path {
            guard takesPart(virtualHosts[index]) else { continue }
            if isInFault(virtualHosts[index]) {
                setCarp(index, to: .initial, why: "tracked file now FAULT state")
            } else if virtualHosts[index].state == .initial {
                setCarp(index, to: .backup, why: "tracked file leaving FAULT state")
                settleCarp(index)
            }
        }
    }

    /// keepalived begins, and takes off what an earlier one left behind.
    mutating func keepalivedStarts() {
        for index in virtualHosts.indices where virtualHosts[index].vrrp != nil {
            virtualHosts[index].vrrp?.hasResigned = false
            setCarp(index, to: isInFault(virtualHosts[index]) ? .initial : .backup, why: "init")
            settleCarp(index)
        }
    }

    /// keepalived is told to end, and takes its addresses off.
    mutating func keepalivedStops() {
        for index in virtualHosts.indices where virtualHosts[index].vrrp != nil {
            setCarp(index, to: .initial, why: "stop")
        }
    }
}
