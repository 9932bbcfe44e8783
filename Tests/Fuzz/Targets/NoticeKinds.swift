import Engine
import Steps

/// `failover on NAME`.
enum NamedNotices: NoticeKind {
    static let name = "signal"
    static let part = "arguments"
    static let seeds = ["master", "slave", "master-red", "a.b_c-d"]
    static let tokens: [String] = []
    static func read(_ text: String) -> Result<Notice?, Refusal> { Notice.named(signal: text) }
}

/// A line of devd's socket.
enum DevdNotices: NoticeKind {
    static let name = "devd"
    static let seeds = [
        "!system=CARP subsystem=1@vlan50 type=MASTER\n",
        "!system=CARP subsystem=2@vlan0.100 type=BACKUP\n",
        "!system=IFNET subsystem=carp0 "
            + "type=LINK_UP\n", "!system=\"CARP\" subsystem=\"1@vlan50\" type=\"INIT\"",
        "!system=DEVFS subsystem=CDEV type=CREATE cdev=hast/disk0\n",
        "+ugen0.2 at bus=0 sernum=\"\" on usbus0\n", "-da0 at scbus0\n", "? at pci0\n",
        "!system=ZFS subsystem=ZFS type=sysevent.fs.zfs.pool_import pool_name=\"a \\\"b\\\"\"\n",
    ]
    static let tokens = ["!", "+", "?", "system=", "subsystem=", "type=", "CARP", "IFNET", "\\"]
    static func read(_ text: String) -> Result<Notice?, Refusal> { Notice.devd(line: text) }

    /// A notice, written as devd would write it, is the same notice.
    static func check(_ text: String, _ notice: Notice) throws(Finding) {
        let again: String
        switch notice {
        case .carp(let vhid, let interface, let state):
            again = "!system=CARP subsystem=\(vhid)@\(interface) type=\(state)"
        case .interface(let name, let type):
            again = "!system=IFNET subsystem=\(name) type=\(type)"
        default: throw Finding("devd tells of \(notice.text)")
        }
        guard case .success(notice) = Notice.devd(line: again) else {
            throw Finding("\(again) is not read as it was written")
        }
    }
}

/// A line of keepalived's notify FIFO.
enum FIFONotices: NoticeKind {
    static let name = "fifo"
    static let seeds = [
        "INSTANCE \"VI_1\" MASTER 100\n", "INSTANCE \"VI 1\" BACKUP 90\n",
        "GROUP \"G1\" MASTER 0\n", "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 255\n",
        "VS [10.0.0.1]:tcp:80 UP\n", "INSTANCE \"VI_1\" FAULT\n",
    ]
    static let tokens = ["INSTANCE \"", "\" MASTER 100", "VS ", "RS ", "VSG "]
    static func read(_ text: String) -> Result<Notice?, Refusal> { Notice.fifo(line: text) }
}

/// The arguments of keepalived's notify script.
enum KeepalivedNotices: NoticeKind {
    static let name = "keepalived"
    static let part = "arguments"
    static let seeds = [
        "INSTANCE\0VI_1\0MASTER\0100", "GROUP\0G1\0BACKUP\00", "INSTANCE\0VI 1\0FAULT",
    ]
    static let tokens = ["\0", "\0MASTER\0100"]
    static func read(_ text: String) -> Result<Notice?, Refusal> {
        Notice.keepalived(arguments: arguments(text))
    }
}

/// The arguments of hastd's hook, for the signals and for the marks of full copies.
enum HASTNotices: NoticeKind {
    static let name = "hast"
    static let part = "arguments"
    static let seeds = [
        "role\0disk0\0init\0primary", "connect\0disk0", "syncdone\0disk0", "split-brain\0disk0",
        "disconnect\0disk1", "syncstart\0disk0", "syncintr\0disk0", "fresh\0disk0",
        "reachable\0disk0", "reachable-too\0disk0", "role\0disk0\0init\0secondary",
    ]
    static let tokens = ["\0", "split-brain", "role\0", "connect", "fresh", "syncdone"]
    private static let marks = "/marks"

    static func read(_ text: String) -> Result<Notice?, Refusal> {
        let arguments = arguments(text)
        if let hook = try? HASTHook(arguments) { follow(hook) }
        return Notice.hast(arguments: arguments)
    }

    /// Each mark stands in the folder of the marks, whatever the resource is called.
    private static func follow(_ hook: HASTHook) {
        for answer in [nil, Verdict.holds, .doesNot("no"), .unknown("?")] {
            hook.effects(answer, telling: ["ssh", "peer"], marks: marks).forEach(check)
        }
    }

    private static func check(_ effect: HASTHook.Effect) {
        switch effect {
        case .setMark(let path, _), .clearMark(let path, _), .setWord(let path),
            .clearWord(let path),
            .clearRestart(let path):
            let name = path.dropFirst(marks.count + 1)
            precondition(
                path.hasPrefix(marks + "/") && !name.isEmpty && !name.contains("/")
                    && !name.hasPrefix("."), "a mark stands at \(path)")
        case .tellPeer(let argv), .tellPeerWhenSettled(let argv), .answerPeer(let argv),
            .seekPeer(let argv):
            precondition(argv.last?.hasPrefix("-") == false, "an operand is \(argv)")
        case .whenInSync(let effects): effects.forEach(check)
        case .warn(let text):
            precondition(Text.isPrintable(text), "a warning steers a terminal")
        }
    }
}

/// A line of `drbdsetup events2`.
enum DRBDNotices: NoticeKind {
    static let name = "drbd"
    static let seeds = [
        "exists resource name:r0 role:Secondary suspended:no force-io-failures:no\n",
        "change resource name:r0 role:Primary may_promote:no promotion_score:10101\n",
        "change connection name:r0 peer-node-id:1 conn-name:b connection:StandAlone\n",
        "change device name:r0 volume:0 minor:1 disk:UpToDate quorum:no\n",
        "call helper name:r0 helper:split-brain\n", "exists -\n",
        "response helper name:r0 helper:fence-peer status:0\n", "destroy resource name:r0\n",
    ]
    static let tokens = ["change ", "exists ", "resource ", "device ", "connection ", "helper:"]
    static func read(_ text: String) -> Result<Notice?, Refusal> { Notice.drbd(line: text) }
}
