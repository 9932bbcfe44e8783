public import Engine

/// What two nodes share, by which a world is made without a file.
public struct Pair: Sendable {
    /// How the peer gets on with giving up, or with being gone.
    public enum Peer: Hashable, Sendable {
        /// It lets go of everything after so long: a planned switchover.
        case releases(after: Duration)
        /// It has died; this node's secondary workers end by themselves after so long.
        case isDead(workersEnd: Duration)
        /// It runs, is connected, and stays as it is.
        case stays
    }

    /// What replicates the disks.
    public enum Replication: Hashable, Sendable {
        case hast
        case drbd(Drbd.Release)
    }

    /// What replicates the disks.
    public var replication = Replication.hast
    /// The replicated resources.
    public var disks = ["disk0", "disk1", "disk2", "disk3"]
    /// With DRBD, the devices of the resources, as far as they are named `/dev/drbd` and a number;
    /// else they are numbered from 0.
    public var devices: [String] = []
    /// `timeout` of hast.conf(5).
    public var hastTimeout = Hast.usualTimeout
    /// What each node calls the other one where it replicates to.
    public var peerAddress = "192.0.2.12"
    /// What system the nodes run, by which their services differ.
    public var platform = Platform.freebsd
    /// The pool on them.
    public var pool = "tank"
    /// The volumes of the pool that iSCSI serves.
    public var volumes = ["lun0"]
    /// The targets of iSCSI; empty for the one that each host has.
    public var targets: [String] = []
    /// The folders that NFS exports; empty for `export` of the pool.
    public var exports: [String] = []
    /// The interface of the shared address.
    public var interface = "vlan50"
    /// The number of the virtual host.
    public var vhid = 1
    /// How keepalived moves the shared address; nil for CARP.
    public var keepalived: Vrrp?
    /// The shared address.
    public var address = "192.0.2.250"
    /// What the peer does.
    public var peer = Peer.releases(after: .milliseconds(1200))
    /// Tools of the site's own, on both nodes.
    public var tools: [UserTool] = []
    /// Services of the site's own, by the names of their rc scripts.
    public var services: [String] = []
    /// Files of the site's own, on both nodes.
    public var files: [FileEntry] = []

    /// The pair of the shipped plans, with four disks.
    public init() {}

    /// The pair that a plan's parameters `disks`, `pool`, `interface`, `vhid`, `hast-timeout`,
    /// `peer` tell of, as far as
    /// they are there; `resources` and `devices` are those of a Linux pair with DRBD, which serves
    /// the `volumes`, and whose `address` keepalived moves by the `track-file`.
    public init(_ parameters: [Plan.Parameter]) {
        for parameter in parameters {
            switch (parameter.name, parameter.value) {
            case ("disks", .list(let values)): disks = values.compactMap(\.text)
            case ("resources", .list(let values)):
                disks = values.compactMap(\.text)
                runLinux()
            case ("devices", .list(let values)): devices = values.compactMap(\.text)
            case ("volumes", .list(let values)): volumes = values.compactMap(\.text)
            case ("pool", .string(let name)): pool = name
            case ("interface", .string(let name)): interface = name
            case ("vhid", .integer(let number)): vhid = number
            case ("hast-timeout", .duration(let span)): hastTimeout = span
            case ("peer", .string(let text)): peerAddress = text
            case ("address", .string(let text)): address = text
            case ("track-file", .string(let path)):
                keepalived = keepalived ?? Vrrp()
                keepalived?.trackFile = path
            default: break
            }
        }
    }

    /// The pair that a plan is for, which its platform and its parameters tell.
    public init(_ plan: Plan) {
        self.init(plan.parameters)
        if plan.platform == .linux { runLinux() }
    }

    /// The same where no file says what its hosts have: all that the steps of the plan and of its
    /// counterpart name of iSCSI and NFS.
    public init(asServedBy plan: Plan) {
        self.init(plan)
        targets = plan.parts(of: "iSCSI", named: "target ")
        exports = plan.parts(of: "NFS", named: "export ")
    }

    /// What replicates disks and moves addresses there.
    private mutating func runLinux() {
        (platform, replication) = (.linux, .drbd(.v84))
        keepalived = keepalived ?? Vrrp()
    }
}

extension Plan {
    /// What it and its counterpart take and give up of a service, by the names of these things.
    fileprivate func parts(of service: String, named kind: String) -> [String] {
        var names: [String] = []
        for id in [steps, counterpart?.steps].compactMap(\.self).flatMap(steps(from:)) {
            guard case .step(let node) = self[id].kind, node.step.effect != .neither else {
                continue
            }
            for reach in node.step.bearing.reaches
            where reach.service == service && reach.thing.hasPrefix(kind) {
                let name = String(reach.thing.dropFirst(kind.count))
                if !names.contains(name) { names.append(name) }
            }
        }
        return names
    }
}
