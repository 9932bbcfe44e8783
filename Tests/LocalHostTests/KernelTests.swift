import CSystem
import Engine
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// A program of Linux that FreeBSD's kernel runs (linux64(4)), told by what uname(2) says.
    @Suite struct KernelTests {
        @Test(arguments: [
            ("FreeBSD 13.2-RELEASE releng/13.2-n254617-525ecfdad597 GENERIC", true),
            ("FreeBSD 12.4-RELEASE r372781 GENERIC", true),
            ("FreeBSD 15.0-RELEASE releng/15.0-n280995-7aedc8de6446 GENERIC", true),
            // Linux: Debian, a container of its own kernel, WSL, gVisor, a build by hand.
            ("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)", false),
            ("#1 SMP Debian 6.1.119-1 (2024-11-22) FreeBSD ", false),
            ("#1-Microsoft Fri Jan 01 08:00:00 PST 2016", false),
            ("#1 SMP Sun Jan 10 15:06:54 PST 2016", false),
            ("#FreeBSD 13.2-RELEASE", false), ("FreeBSD", false), ("FreeBSDish 1", false),
            ("", false),
        ])
        func isToldByItsVersion(_ version: String, _ isFreeBSD: Bool) {
            #expect((system_is_freebsd(version) != 0) == isFreeBSD)
        }

        @Test(arguments: [
            ("FreeBSD 15.0-RELEASE releng/15.0-n280995-7aedc8de6446 GENERIC", "15.0"),
            ("FreeBSD 15.0-RELEASE-p2 releng/15.0-n281000-000000000000 GENERIC", "15.0"),
            ("FreeBSD 15.1-STABLE stable/15-n281999 GENERIC", "15.1"),
            ("FreeBSD 15.2-RELEASE releng/15.2 GENERIC", nil),
            ("FreeBSD 13.2-RELEASE releng/13.2-n254617-525ecfdad597 GENERIC", nil),
            ("#1 SMP FreeBSD 15.0-RELEASE", nil), ("FreeBSD", nil), ("", nil),
        ])
        func aHastdThatReplicatesNothingIsKnown(_ version: String, _ release: String?) {
            let fault = HastdRelease.fault(ofKernel: version)
            #expect((fault == nil) == (release == nil))
            if let release { #expect(fault?.contains("hastd of FreeBSD \(release) ") == true) }
        }

        @Test func theVersionIsTheKernels() {
            #expect(
                (system_is_freebsd(Platform.kernelVersion) != 0) == (Platform.local == .freebsd))
            #expect(Platform.kernelVersion.utf8.count > 1)
        }

        @Test func everythingFollowsThePlatform() {
            #expect(StateFolders.usual(on: .freebsd).state == "/var/db/failover")
            #expect(StateFolders.usual(on: .linux).state == "/var/lib/failover")
            #expect(
                Syslog.usualSockets(on: .freebsd).prefix(2) == ["/var/run/logpriv", "/var/run/log"])
            #expect(Syslog.usualSockets(on: .linux) == ["/dev/log"])
            #expect(SyslogForm.usual(on: .freebsd) == .structured)
            #expect(SyslogForm.usual(on: .linux) == .traditional)
            #expect(PathLook.kindTool("/x", on: .freebsd).contains("%Xp"))
            #expect(PathLook.kindTool("/x", on: .linux).contains("%f"))
        }

        /// Linux's own reboot(2) syncs there, and there is no key of the kernel to press.
        @Test func theFenceNeverSyncs() {
            let fence = Fence.usual(on: .freebsd)
            #expect(fence.tool == ["/sbin/reboot", "-nq"])
            #expect(!fence.reboots && fence.trigger == nil)
            let other = Fence.usual(on: .linux)
            #expect(other.tool == nil && other.reboots && other.trigger == "/proc/sysrq-trigger")
        }

        @Test(
            .enabled(if: geteuid() == 0, "only root fences"),
            arguments: [
                (["/bin/sh", "-c", "exit 3"], "exit 3"),
                (["/bin/sh", "-c", "kill -9 $$"], "it was ended by signal 9"),
                (["/nowhere/reboot", "-nq"], "no such file or directory"),
            ])
        func aToolThatDoesNotFenceIsSaidToHaveFailed(_ tool: [String], _ why: String) {
            let output = Fence(tool: tool, reboots: false).act()
            #expect(output.status == .exited(1))
            #expect(output.excerpt.hasSuffix("\(tool.joined(separator: " ")): \(why)"))
        }

        @Test(arguments: [
            (100, 100, true, true), (100, 101, true, false), (101, 100, true, false),
            (100, 102, false, false), (0, 2, false, false),
        ])
        func aStartIsToldApart(_ one: UInt64, _ other: UInt64, _ there: Bool, _ here: Bool) {
            #expect(ProcessTable.isOneStart(one, other, on: .freebsd) == there)
            #expect(ProcessTable.isOneStart(one, other, on: .linux) == here)
        }
    }
}
