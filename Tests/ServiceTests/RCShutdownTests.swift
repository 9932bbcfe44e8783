import Foundation
import Service
import Testing

/// The script of rc(8) under a shell, in which functions stand for rc.subr(8) and for every tool
/// that it calls by name.
@Suite struct RCShutdownTests {
    /// The host that it stops on.
    struct Host: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What rc.shutdown(8) sets; nothing at `service failover stop`.
        var shutdown = "rc_shutdown=reboot"
        var timeouts = (rc: "280", initial: "310")
        /// What `zpool list -v` does.
        var zpool = "echo 'no pools available'"
        /// The file of hastd's number, what has that number, and for how many looks hastd is left.
        var hastdPID = "662"
        var command = "hastd"
        var looks = 2
        /// How hastd takes KILL.
        var looksAfterKill = 0

        init(_ name: String, _ change: (inout Host) -> Void = { _ in }) {
            testDescription = name
            change(&self)
        }

        /// Functions in place of tools; none of this machine's is reached.
        func prelude(_ folder: String) -> String {
            """
            load_rc_config() { :; }
            run_rc_command() { case $1 in stop) $stop_cmd ;; start) $start_precmd ;; esac; }
            warn() { echo "warn $*"; }
            sleep() { :; }
            logger() { :; }
            reboot() { echo "reboot $*"; }
            sysctl() { echo \(timeouts.initial); }
            ps() { echo \(command); }
            zpool() { \(zpool); }
            timeout() {
                [ "$5" = zpool ] || echo "timeout $4 $6"
                shift 4
                "$@"
            }
            kill() {
                [ "$1" = -0 ] && return 1
                echo "kill $*"
                [ "$1" = -KILL ] && echo \(looksAfterKill) >\(folder)/looks
                return 0
            }
            pgrep() {
                read left <\(folder)/looks
                echo $((left - 1)) >\(folder)/looks
                [ ${left} -gt 0 ]
            }
            rcshutdown_timeout=\(timeouts.rc)
            \(shutdown)
            """
        }

        /// What the script says and has done, the background's words first.
        func words(of verb: String) throws -> [String] {
            let facts = try InstallFacts(
                program: "/bin/echo", plans: "/p",
                pairs: [.init("a", addresses: ["1@em0"]), .init("b", addresses: ["2@em0"])],
                release: .seconds(150))
            let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try Data("\(looks)\n".utf8).write(to: folder.appending(path: "looks"))
            try Data("\(hastdPID)\n".utf8).write(to: folder.appending(path: "hastd.pid"))
            let script = try #require(InstallKind.rcScript.files(facts).first?.text)
            #expect(script.contains("\n. /etc/rc.subr\n"))
            let text = script.replacing(". /etc/rc.subr", with: prelude(folder.path))
                .replacing("/var/run/hastd.pid", with: folder.path + "/hastd.pid")
            let (code, output) = try ShellScript(text).run(ShellScript.file, verb)
            #expect(code == 0, "\(output)")
            return output.split(separator: "\n").map(String.init)
        }
    }

    /// Both pairs are released, a hold of a person's notwithstanding.
    @Test func aShutdownReleasesEachPairAndEndsHASTD() throws {
        let words = try Host("all is well").words(of: "stop")
        for pair in ["a", "b"] {
            let hold = "hold --plans /p --acquires --pair \(pair) a shutdown"
            let release = "switch --plans /p --hold --pair \(pair)"
            let held = try #require(words.firstIndex(of: hold))
            #expect(try #require(words.firstIndex(of: release)) > held)
        }
        #expect(words.filter { $0 == "timeout 180 switch" }.count == 2)
        #expect(words.suffix(2) == ["Stopping hastd, for 60 s at most.", "kill -TERM 662"])
    }

    @Test func aPersonsStopReleasesNothing() throws {
        let host = Host("service failover stop") { $0.shutdown = "rc_pid=44" }
        #expect(try host.words(of: "stop") == ["Stopping failover.", "kill -TERM 44"])
    }

    /// Whatever `switch` said: what counts is where the pools lie.
    @Test(arguments: [
        Host("suspended") { $0.zpool = "echo 'tank 384M SUSPENDED'; echo '  hast/disk0   200M'" },
        Host("in a group") { $0.zpool = "echo '  raidz1   1G'; echo '    hast/disk0   200M'" },
        Host("it cannot be told") { $0.zpool = "return 124" },
    ])
    func aPoolThatIsNotReleasedIsFenced(_ host: Host) throws {
        let words = try host.words(of: "stop")
        #expect(
            words.suffix(3) == [
                "a pool is not released, so that this machine is reset without a sync",
                "reboot -nq", "warn the reset failed",
            ])
        #expect(!words.contains { $0.hasPrefix("kill") })
    }

    @Test(arguments: [
        (Host("of other disks") { $0.zpool = "echo '  ada0p3   200M'" }, ["kill -TERM 662"]),
        (Host("it stays") { $0.looks = 1000 }, ["kill -TERM 662", "kill -KILL 662"]),
        (
            Host("it stays for good") { ($0.looks, $0.looksAfterKill) = (1000, 1000) },
            ["kill -TERM 662", "kill -KILL 662", "warn hastd does not end"]
        ),
        (Host("no number") { $0.hastdPID = "" }, []),
        (Host("a word") { $0.hastdPID = "-1" }, []),
        (Host("somebody else's number") { $0.command = "sh" }, []),
    ])
    func noWorkerOfHASTDGetsASignal(_ host: Host, _ deeds: [String]) throws {
        let words = try host.words(of: "stop")
        #expect(words.filter { $0.hasPrefix("kill") || $0.hasPrefix("warn") } == deeds)
    }

    @Test(arguments: [
        ("280", "310", 180, 60), ("90", "120", 35, 20), ("280", "120", 65, 20),
        ("270", "310", 180, 55), ("", "310", 180, 60), ("never", "", 180, 60), ("30", "120", 1, 20),
    ])
    func itFitsIntoItsTime(
        _ rc: String, _ initial: String, _ release: Int, _ hastd: Int
    ) throws {
        let host = Host("its time") { $0.timeouts = (rc, initial) }
        let words = try host.words(of: "stop")
        #expect(words.contains("timeout \(release) switch"), "\(words)")
        if hastd > 0 { #expect(words.contains("Stopping hastd, for \(hastd) s at most.")) }
        let warning = try host.words(of: "start")
        #expect(warning.isEmpty == (release == 180))
        #expect(warning.allSatisfy { $0.contains("gives a release \(release) s of 180") })
    }
}
