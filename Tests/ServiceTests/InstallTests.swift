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
                        .init("other", addresses: ["INSTANCE VI_2"], vrrp: Self.other),
                    ])
            }
        }

        private static var other: InstallFacts.Pair.VRRP {
            var vrrp = InstallFacts.Pair.VRRP()
            vrrp.router = 52
            vrrp.trackFile = "/var/run/other/VI_2.track"
            return vrrp
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
            let (code, errors) = try ShellScript(file.text).run("-n", ShellScript.file)
            #expect(code == 0, "\(errors)")
        }
    }

    /// hastd's words reach the program as they are, one by one, whatever they hold.
    @Test func theHookHandsWordsOn() throws {
        let facts = try InstallFacts(
            program: "/bin/echo", plans: "/p", pairs: [.init("a", addresses: ["1@em0"])])
        let text = try #require(InstallKind.hast.files(facts).first?.text)
        let words = ["connect", "$(touch /nowhere/x); 'a  b'"]
        let (code, output) = try ShellScript(text).run([ShellScript.file] + words)
        #expect(code == 0)
        #expect(output == "on --plans /p --hast -- \(words.joined(separator: " "))\n")
    }

    @Test func severalFilesAreToldApart() throws {
        let files = InstallKind.systemd.files(try Host.linux.facts())
        let text = InstallFile.printed(files)
        for file in files { #expect(text.contains("# ==> \(file.path)\n\n\(file.text)")) }
        let single = InstallKind.hast.files(try Host.freebsd.facts())
        #expect(InstallFile.printed(single) == single.first?.text)
    }
}
