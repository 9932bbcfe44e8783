import Engine
import Testing

@testable import Simulation

@Suite struct ServiceTests {
    static let services: [ToolCase] = [
        ToolCase(
            name: "not running",
            command: "service ctld onestatus",
            exit: 1,
            output: "ctld is not running.\n",
            error: ""
        ),
        ToolCase(
            name: "stop when stopped",
            command: "service ctld onestop",
            exit: 1,
            output: "",
            error: "ctld not running? (check /var/run/ctld.pid).\n"
        ),
        ToolCase(
            name: "a disabled service is not started and returns 0",
            command: "service ctld start",
            output: "Cannot 'start' ctld. Set ctld_enable to YES in /etc/rc.conf"
                + " or use 'onestart' instead of 'start'.\n"
        ),
        ToolCase(
            name: "nfsd has another variable",
            command: "service nfsd stop",
            output: "Cannot 'stop' nfsd. Set nfs_server_enable to YES in /etc/rc.conf"
                + " or use 'onestop' instead of 'stop'.\n"
        ),
        ToolCase(
            name: "nfsd starts mountd first",
            command: "service nfsd onestart",
            output: "NFSv4 is disabled\nStarting mountd.\nStarting nfsd.\n",
            error: "/etc/rc.d/mountd: WARNING: /etc/exports is not readable.\n"
        ),
        ToolCase(
            name: "reload when stopped",
            command: "service mountd onereload",
            exit: 1,
            error: "mountd not running? (check /var/run/mountd.pid).\n"
        ),
        ToolCase(
            name: "a stop that waits for ever",
            standing: .serving,
            prepare: { $0.services[4].stopHangs = true },
            command: "service ctld onestop",
            exit: nil
        ),
        ToolCase(
            name: "a start that fails",
            prepare: {
                $0.services[2].start = .fails
                $0.apply(.creates(FileEntry("/etc/exports")))
            },
            command: "service mountd onestart",
            exit: 1,
            output: "Starting mountd.\n",
            error: "/etc/rc.d/mountd: WARNING: failed to start mountd\n"
        ),
        ToolCase(
            name: "a service that does not exist",
            command: "service ctldd onestart",
            exit: 1,
            output: "ctldd does not exist in /etc/rc.d or the local startup\n"
                + "directories (/usr/local/etc/rc.d), or is not executable\n"
        ),
        ToolCase(name: "an unknown directive", command: "service ctld onebegin", exit: 1),
        ToolCase(
            name: "a service without a verb",
            command: "service",
            exit: 1
        ),
    ]

    static let rest: [ToolCase] = [
        ToolCase(
            name: "ports",
            standing: .serving,
            command: "ctladm portlist -q -f iscsi",
            output: "3    YES    iscsi    iscsi    257 1  "
                + "iqn.2012-06.com.example:target0,t,0x101\n"
        ),
        ToolCase(
            name: "ports with their units",
            standing: .serving,
            command: "ctladm portlist -q -f iscsi -l",
            output: "3    YES    iscsi    iscsi    257 1  "
                + "iqn.2012-06.com.example:target0,t,0x101\n  LUN 0: 0\n"
        ),
        ToolCase(
            name: "the port of a ctld that serves is not removed",
            standing: .serving,
            command: "ctladm port -r -d iscsi -p 3 -O cfiscsi_portal_group_tag=257"
                + " -O cfiscsi_target=iqn.2012-06.com.example:target0",
            exit: 1
        ),
        ToolCase(
            name: "a port without its number",
            command: "ctladm port -r -d iscsi -O cfiscsi_portal_group_tag=257",
            exit: 1,
            error: "ctladm: cctl_port: -r require -p\n"
        ),
        ToolCase(
            name: "the port of a killed ctld is",
            standing: .serving,
            prepare: { $0.apply(.serviceDies("ctld")) },
            after: [
                "ctladm port -r -d iscsi -p 3 -O cfiscsi_portal_group_tag=257"
                    + " -O cfiscsi_target=iqn.2012-06.com.example:target0"
            ],
            command: "ctladm portlist -q -f iscsi",
            output: ""
        ),
        ToolCase(name: "no ports", command: "ctladm portlist -q -f iscsi", output: ""),
        ToolCase(
            name: "no units",
            command: "ctladm devlist",
            output: "LUN Backend       Size (Blocks)   BS Serial Number    Device ID       \n"
        ),
        ToolCase(
            name: "units",
            standing: .serving,
            command: "ctladm devlist",
            output: "LUN Backend       Size (Blocks)   BS Serial Number    Device ID       \n"
                + "  0 block               2097152  512 MYSERIAL0000     MYDEVID0000     \n"
        ),
        ToolCase(name: "an unknown verb", command: "ctladm remove", exit: 1),
        ToolCase(
            name: "an unknown interface",
            command: "ifconfig vlan51",
            exit: 1,
            error: "ifconfig: interface vlan51 does not exist\n"
        ),
        ToolCase(name: "a state that is none", command: "ifconfig vlan50 vhid 1 state up", exit: 1),
        ToolCase(name: "a state without vhid", command: "ifconfig vlan50 state backup", exit: 1),
        ToolCase(
            name: "the address as it is",
            command: "ifconfig vlan50",
            output: "vlan50: flags=8943<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST>"
                + " metric 0 mtu 1500\n\toptions=80000<LINKSTATE>\n\tether 52:54:00:00:02:01\n"
                + "\tinet 192.0.2.11 netmask 0xffffff00 broadcast 192.0.2.255\n"
                + "\tinet 192.0.2.250 netmask 0xffffffff broadcast 192.0.2.250 vhid 1\n"
                + "\tgroups: vlan\n\tcarp: MASTER vhid 1 advbase 1 advskew 0\n"
                + "\tvlan: 50 vlanproto: 802.1q vlanpcp: 0 parent interface: vtnet2\n"
                + "\tmedia: Ethernet autoselect (10Gbase-T <full-duplex>)\n\tstatus: active\n"
                + "\tnd6 options=29<PERFORMNUD,IFDISABLED,AUTO_LINKLOCAL>\n"
        ),
    ]

    @Test(arguments: services + rest) func says(_ tool: ToolCase) throws { try tool.check() }

    @Test func startWhenRunningIsExitOne() throws {
        var world = World.pair(.serving)
        let pid = try #require(world.services[4].pids.first)
        let output = try world.ran("service ctld onestart")
        #expect(output.status == .exited(1))
        #expect(output.errorText == "ctld already running?  (pid=\(pid)).\n")
        let status = try world.ran("service ctld onestatus")
        #expect(status.text == "ctld is running as pid \(pid).\n")
    }

    @Test func ctldReturnsBeforeItServes() {
        var world = World.pair(.serving)
        _ = world.run(["service", "ctld", "onestop"])
        #expect(world.run(["service", "ctld", "onestart"])?.succeeded == true)
        #expect(!world.listens(on: 3260))
        world.settle()
        #expect(world.listens(on: 3260))
        #expect(world.kind(at: "/var/run/ctld.pid") == .file)
    }

    @Test func aCtldThatAppliesIsAProcessThatServiceDoesNotKnow() throws {
        var world = World.pair(.serving)
        _ = world.run(["service", "ctld", "onestop"])
        _ = world.run(["service", "ctld", "onestart"])
        let process = try #require(world.processes.first { $0.title == "/usr/sbin/ctld" })
        #expect(try world.ran("service ctld onestatus").text == "ctld is not running.\n")
        let stop = try world.ran("service ctld onestop")
        #expect(stop.status == .exited(1))
        #expect(stop.errorText == "ctld not running? (check /var/run/ctld.pid).\n")
        world.settle()
        #expect(try world.ran("service ctld onestatus").text.hasSuffix(" \(process.pid).\n"))
    }

    @Test func aSecondCtldEndsWhereAnotherRuns() throws {
        var world = World.pair(.serving)
        _ = world.run(["service", "ctld", "onestop"])
        for _ in 1...2 { _ = world.run(["service", "ctld", "onestart"]) }
        world.settle()
        #expect(world.processes.count { $0.title == "/usr/sbin/ctld" } == 1)
        let said = try #require(world.log.last?.text)
        #expect(said.hasPrefix("ctld: daemon already running, pid: "))
    }

    @Test func ctldFailsLate() {
        var world = World.pair(.takingOver)
        world.services[4].start = .failsLate
        #expect(world.run(["service", "ctld", "onestart"])?.succeeded == true)
        world.settle()
        #expect(!world.isServing("ctld"))
        #expect(world.log.last?.text.hasPrefix("ctld: failed to") == true)
    }

    @Test func ctldServesUnitsOfSizeZeroWithoutThePoolUntilItIsReloaded() throws {
        var world = World.pair(.takingOver)
        _ = world.run(["service", "ctld", "onestart"])
        world.settle()
        world.promote()
        _ = world.run(words("zpool import -N tank"))
        let unit = "  0 block                     0  512 "
        #expect(try world.ran("ctladm devlist").text.contains(unit))
        #expect(try world.ran("service ctld onereload").succeeded)
        #expect(try !world.ran("ctladm devlist").text.contains(unit))
    }

    @Test func hastdGivesUpItsRolesWhenStopped() {
        var world = World.pair(.serving)
        #expect(world.run(["service", "hastd", "onestop"])?.succeeded == true)
        #expect(world.hast.resources.allSatisfy { $0.role == .`init` && $0.worker == nil })
        #expect(world.pools[0].isSuspended)
        #expect(world.run(["hastctl", "list", "disk0"])?.status == .exited(71))
    }

    @Test func yieldingTheAddressHoldsWhileThePeerIsBetter() {
        var world = World.pair(.takingOver)
        _ = world.run(words("ifconfig vlan50 vhid 1 advskew 254 state backup"))
        world.settle()
        #expect(world.virtualHosts[0].state == .backup)
        #expect(world.virtualHosts[0].advskew == 254)
    }

    @Test func aYieldedAddressComesBackWhenThereIsNoPeer() {
        var world = World.pair(.takingOver)
        world.peerIsAlive = false
        _ = world.run(words("ifconfig vlan50 vhid 1 advskew 254 state backup"))
        #expect(world.upcoming.last?.after == .milliseconds(3992))
        world.settle()
        #expect(world.virtualHosts[0].state == .master)
    }

    @Test func claimingAgainstABetterPeerDoesNotLast() {
        var world = World.pair(.standby)
        _ = world.run(words("ifconfig vlan50 vhid 1 state master"))
        #expect(world.virtualHosts[0].state == .master)
        world.settle()
        #expect(world.virtualHosts[0].state == .backup)
    }

    @Test func aStateIsIgnoredWhileInit() {
        var world = World.pair(.takingOver)
        world.virtualHosts[0].state = .initial
        #expect(world.run(words("ifconfig vlan50 vhid 1 state master"))?.succeeded == true)
        #expect(world.virtualHosts[0].state == .initial)
    }
}
