import Engine
import Testing

/// What comes in from outside: what is taken, what is left aside, what is refused.
@Suite struct NoticeTests {
    /// A reader and its input.
    enum Source: String, CaseIterable {
        case named, devd, fifo, drbd, keepalived, hast

        func read(_ text: String) -> Result<Notice?, Refusal> {
            let words = text.split(separator: "|", omittingEmptySubsequences: false)
                .map(String.init)
            return switch self {
            case .named: Notice.named(signal: text)
            case .devd: Notice.devd(line: text)
            case .fifo: Notice.fifo(line: text)
            case .drbd: Notice.drbd(line: text)
            case .keepalived: Notice.keepalived(arguments: words)
            case .hast: Notice.hast(arguments: words)
            }
        }
    }

    static let taken: [(Source, String, String)] = [
        (.named, "master", "signal master"),
        (.named, "vault.up_2-x", "signal vault.up_2-x"),
        (.devd, "!system=CARP subsystem=1@vlan50 type=MASTER\n", "carp 1@vlan50 MASTER"),
        (.devd, "!system=CARP subsystem=255@vlan0.100 type=INIT", "carp 255@vlan0.100 INIT"),
        (
            .devd, #"!system="CARP" subsystem="1@em0" type="BACKUP" x="a \"b\\" y=""#,
            "carp 1@em0 BACKUP"
        ),
        (.devd, "!system=CARP type=MASTER new-key=1 subsystem=7@em0 rest", "carp 7@em0 MASTER"),
        (.devd, "!system=IFNET subsystem=carp0 type=LINK_UP", "interface carp0 LINK_UP"),
        (.fifo, "INSTANCE \"VI_1\" MASTER 100\n", "keepalived INSTANCE VI_1 MASTER"),
        (.fifo, "GROUP \"G 1\" BACKUP 0", "keepalived GROUP G 1 BACKUP"),
        (
            .fifo, "INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 100",
            "keepalived INSTANCE VI_1 MASTER_RX_LOWER_PRI"
        ),
        (.keepalived, "INSTANCE|VI_1|FAULT|100", "keepalived INSTANCE VI_1 FAULT"),
        (.keepalived, "INSTANCE|VI 1|STOP", "keepalived INSTANCE VI 1 STOP"),
        (.hast, "role|disk0|secondary|primary", "hast role disk0 secondary primary"),
        (.hast, "split-brain|disk_1.x", "hast split-brain disk_1.x"),
        (.drbd, "change resource name:r0 role:Primary may_promote:no\n", "drbd role r0 Primary"),
        (.drbd, "exists device name:r0 volume:0 disk:UpToDate quorum:yes", "drbd disk r0 UpToDate"),
        (.drbd, "change device name:r0 volume:0 disk:UpToDate quorum:no", "drbd quorum r0 no"),
        (
            .drbd, "change connection name:r0 peer-node-id:1 conn-name:b connection:StandAlone",
            "drbd connection r0 StandAlone"
        ),
        (.drbd, "call helper name:r0 helper:split-brain", "drbd split-brain r0"),
    ]

    static let leftAside: [(Source, String)] = [
        (.devd, "+em0 at slot=3 function=0 on pci0"), (.devd, "-em0 at x"), (.devd, "? at x"),
        (.devd, "!system=DEVFS subsystem=CDEV type=CREATE cdev=hast/disk0"),
        (.devd, "!system=ZFS subsystem=ZFS type=misc.fs.zfs.history_event pool_name=\"a b\""),
        (.fifo, "VS [10.0.0.1]:tcp:80 UP"), (.hast, "future-event|disk0|a|b"),
        (.drbd, "exists -"), (.drbd, "destroy resource name:r0"),
        (.drbd, "response helper name:r0 helper:split-brain status:0"),
        (.drbd, "change peer-device name:r0 replication:SyncTarget"),
    ]

    static let long = String(repeating: "x", count: 10_000)

    static let refused: [(Source, String)] = [
        (.named, ""), (.named, "-x"), (.named, "../x"), (.named, "a b"), (.named, "$(x)"),
        (.named, "master\n"), (.named, long), (.named, "mäster"),
        (.devd, ""), (.devd, "\n"), (.devd, "system=CARP"), (.devd, "!"), (.devd, "!x"),
        (.devd, "!system=CARP subsystem=1@em0; reboot type=MASTER"),
        (.devd, "!system=CARP subsystem=\"1@em0; reboot\" type=MASTER"),
        (.devd, "!system=CARP subsystem=1@$(x) type=MASTER"),
        (.devd, "!system=CARP subsystem=0@em0 type=MASTER"),
        (.devd, "!system=CARP subsystem=256@em0 type=MASTER"),
        (.devd, "!system=CARP subsystem=01@em0 type=MASTER"),
        (.devd, "!system=CARP subsystem=1@0em type=MASTER"),
        (.devd, "!system=CARP subsystem=1@em0@x type=MASTER"),
        (.devd, "!system=CARP subsystem=1@\(String(repeating: "e", count: 32)) type=MASTER"),
        (.devd, "!system=CARP subsystem=1@em0"),
        (.devd, "!system=CARP subsystem=1@em0 type=master"),
        (.devd, "!system=CARP subsystem=1@em0 type=\"MASTER"),
        (.devd, "!system=CARP subsystem=1@em0 type=\(String(repeating: "M", count: 33))"),
        (.devd, "!system=CARP subsystem=1@em0 subsystem=2@em0 type=MASTER"),
        (.devd, "!system=CARP subsystem=1@em0 type=MASTER\n!system=CARP subsystem=2@em0 type=X"),
        (.devd, "!system=CARP subsystem=1@em0 type=MASTER\0"),
        (.devd, "!system=CARP subsystem=1@em0 type=MASTER x=\(long)"),
        (.devd, "!system=CARP type=MASTER"), (.devd, "!system=IFNET subsystem=a/b type=LINK_UP"),
        (.fifo, ""), (.fifo, "INSTANCE"), (.fifo, "INSTANCE VI_1 MASTER 100"),
        (.fifo, "INSTANCE \"VI_1 MASTER 100"), (.fifo, "INSTANCE \"\" MASTER 100"),
        (.fifo, "INSTANCE \"VI_1\"MASTER 100"), (.fifo, "INSTANCE \"VI_1\" MASTER 1000"),
        (.fifo, "INSTANCE \"VI_1\" MASTER 100 x"), (.fifo, "THING \"VI_1\" MASTER 100"),
        (.fifo, "INSTANCE \"\(String(repeating: "x", count: 65))\" MASTER 100"),
        (.fifo, "INSTANCE \"a\u{1B}[2J\" MASTER 100"), (.fifo, "INSTANCE \"a\u{FFFD}\" MASTER 1"),
        (.keepalived, ""), (.keepalived, "INSTANCE|VI_1"), (.keepalived, "INSTANCE|VI_1|x|1"),
        (.keepalived, "INSTANCE|a\"b|MASTER|1"), (.keepalived, "INSTANCE|a|MASTER|1|2"),
        (.keepalived, "INSTANCE|\(long)|MASTER|1"), (.keepalived, "INSTANCE|a\nb|MASTER|1"),
        (.hast, ""), (.hast, "connect"), (.hast, "connect|-f"), (.hast, "connect|a/b"),
        (.hast, "connect|a b"), (.hast, "connect|"), (.hast, "connect|disk0|x"),
        (.hast, "role|disk0|primary"), (.hast, "role|disk0|primary|master"),
        (.hast, "split-brain|\(String(repeating: "x", count: 128))"), (.hast, "Role|disk0"),
        (.hast, "connect|$(reboot)"), (.hast, "connect|..|"),
        (.drbd, ""), (.drbd, "change"), (.drbd, "change resource role:Primary"),
        (.drbd, "change resource name:-r role:Primary"), (.drbd, "CHANGE resource name:r"),
        (.drbd, "change resource name:r0 role:$(x)"), (.drbd, "call helper name:r0 helper:../x"),
    ]

    @Test(arguments: taken) func `what is sound is taken`(
        _ source: Source, _ input: String, _ text: String
    ) throws {
        #expect(try source.read(input).get()?.text == text)
    }

    @Test(arguments: leftAside) func `what is of no interest is left aside`(
        _ source: Source, _ input: String
    ) throws {
        #expect(try source.read(input).get() == nil)
    }

    @Test(arguments: refused) func `what is not sound is refused`(
        _ source: Source, _ input: String
    ) {
        guard case .failure(let refusal) = source.read(input) else {
            Issue.record("\(source.rawValue) takes \(input)")
            return
        }
        Self.check(refusal)
    }

    /// Bytes at random, and sound lines with bytes exchanged: an answer each time, a safe one.
    @Test(arguments: Source.allCases) func `nothing that comes in does harm`(_ source: Source) {
        var random = Weather.Generator(state: 7)
        let seeds = Self.taken.filter { $0.0 == source }.map { Array($0.1.utf8) }
        let spice = Array("\u{1B}\"\\|$(`;\n\0 =:@-\u{202E}é".utf8)
        for _ in 0..<4000 {
            var bytes = seeds[random.next(seeds.count)]
            for _ in 0...random.next(4) {
                let place = random.next(bytes.count + 1)
                let byte =
                    random.next(2) == 0
                    ? spice[random.next(spice.count)]
                    : UInt8(random.next(256))
                if place < bytes.count, random.next(2) == 0 {
                    bytes[place] = byte
                } else {
                    bytes.insert(byte, at: place)
                }
            }
            switch source.read(String(decoding: bytes, as: UTF8.self)) {
            case .success(let notice?): #expect(Self.isSafe(notice.text))
            case .success: continue
            case .failure(let refusal): Self.check(refusal)
            }
        }
    }

    private static func check(_ refusal: Refusal) {
        #expect(refusal.why.utf8.count <= 400, "\(refusal.why)")
        #expect(refusal.why == printable(refusal.why))
    }

    private static func isSafe(_ text: String) -> Bool {
        text == printable(text) && !text.contains("\"") && text.utf8.count <= 200
    }
}
