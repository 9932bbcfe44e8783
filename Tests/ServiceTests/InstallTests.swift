import Engine
import Foundation
import LocalHost
import Service
import Testing

/// The configurations that are printed: the exact texts are in `Tests/Goldens/install`.
@Suite struct InstallTests {
    /// A pair of each platform.
    enum Host: String, CaseIterable, Sendable {
        case freebsd, linux

        func facts() throws -> InstallFacts {
            switch self {
            case .freebsd:
                try InstallFacts(
                    program: "/usr/local/sbin/failover", plans: "/usr/local/etc/failover",
                    pairs: [
                        .init("default", addresses: ["1@vlan0.100", "2@vlan0.100"]),
                        .init("old", addresses: ["carp0"]),
                    ], release: .seconds(150))
            case .linux:
                try InstallFacts(
                    program: "/usr/sbin/failover", plans: "/etc/failover", runtime: "/run/failover",
                    pairs: [
                        .init("default", addresses: ["INSTANCE VI_1"], vrrp: Self.vrrp),
                        .init("other", addresses: ["INSTANCE VI_2"]),
                    ])
            }
        }

        private static var vrrp: InstallFacts.Pair.VRRP {
            var vrrp = InstallFacts.Pair.VRRP()
            vrrp.interface = "eth1"
            vrrp.address = "192.0.2.250"
            vrrp.trackFile = "/run/failover/VI_1.track"
            return vrrp
        }

        var kinds: [InstallKind] {
            switch self {
            case .freebsd: [.devd, .rcScript, .hast]
            case .linux: [.keepalived, .systemd]
            }
        }
    }

    static let texts = Host.allCases.flatMap { host in host.kinds.map { (host, $0) } }
    static let goldens = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens/install")

    @Test(arguments: texts)
    func isAsItsGolden(_ host: Host, _ kind: InstallKind) throws {
        for file in kind.files(try host.facts()) {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            let golden = Self.goldens.appending(path: "\(host.rawValue)-\(kind.rawValue)-\(name)")
            if ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1" {
                try Data(file.text.utf8).write(to: golden)
            }
            let expected = try String(contentsOf: golden, encoding: .utf8)
            #expect(file.text == expected, "see \(golden.lastPathComponent)")
            #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"))
            #expect(!file.text.contains("  \n") && !file.text.contains("Optional("))
        }
    }

    @Test(arguments: [InstallKind.rcScript, .hast])
    func aShellTakesTheScripts(_ kind: InstallKind) throws {
        for file in kind.files(try Host.freebsd.facts()) {
            #expect(file.isExecutable && file.text.hasPrefix("#!/bin/sh\n"))
            let (code, errors) = try shell(["-n", Self.file], file.text)
            #expect(code == 0, "\(errors)")
        }
    }

    /// hastd's words reach the program as they are, one by one, whatever they hold.
    @Test func theHookHandsWordsOn() throws {
        let facts = try InstallFacts(
            program: "/bin/echo", plans: "/p", pairs: [.init("a", addresses: ["1@em0"])])
        let text = try #require(InstallKind.hast.files(facts).first?.text)
        let words = ["connect", "$(touch /nowhere/x); 'a  b'"]
        let (code, output) = try shell([Self.file] + words, text)
        #expect(code == 0)
        #expect(output == "on --plans /p --hast -- \(words.joined(separator: " "))\n")
    }

    /// What rc.subr(8) does of all this, with its variables; the program says what it is given.
    @Test(arguments: [("", ""), ("rc_shutdown=reboot", "switch")])
    func onlyAShutdownReleases(_ setting: String, _ verb: String) throws {
        let facts = try InstallFacts(
            program: "/bin/echo", plans: "/p",
            pairs: [.init("a", addresses: ["1@em0"]), .init("b", addresses: ["2@em0"])])
        let script = try #require(InstallKind.rcScript.files(facts).first?.text)
        let subr = "load_rc_config() { :; }\nrun_rc_command() { $stop_cmd; }\n\(setting)"
        let text = script.replacing(". /etc/rc.subr", with: subr)
        let (code, output) = try shell([Self.file, "stop"], text)
        #expect(code == 0)
        for pair in ["a", "b"] {
            let call = "switch --plans /p --hold --pair \(pair)\n"
            #expect(output.contains(call) == !verb.isEmpty, "\(output)")
        }
    }

    @Test func severalFilesAreToldApart() throws {
        let files = InstallKind.systemd.files(try Host.linux.facts())
        let text = InstallFile.printed(files)
        for file in files { #expect(text.contains("# ==> \(file.path)\n\n\(file.text)")) }
        let single = InstallKind.hast.files(try Host.freebsd.facts())
        #expect(InstallFile.printed(single) == single.first?.text)
    }

    /// Stands for the script among the words of a shell.
    private static let file = "SCRIPT"

    /// What a script prints and how it exits; by the host's own hand, since a thread of the tests
    /// may block SIGCHLD, and a shell that inherits that waits for its children for ever.
    private func shell(_ arguments: [String], _ script: String) throws -> (Int32, String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sh")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let host = LocalHost(syslog: nil)
        let command = Command(
            .tool(["/bin/sh"] + arguments.map { $0 == Self.file ? file.path : $0 }))
        host.perform(.execute(WorkID(1), command, until: host.now + .seconds(30)))
        while let event = host.next() {
            guard case .finished(_, .ended(let output)) = event.input,
                case .exited(let code) = output.status
            else { continue }
            let bytes = output.standardOutput + output.standardError
            return (code, String(decoding: bytes, as: UTF8.self))
        }
        return (-1, "")
    }
}
