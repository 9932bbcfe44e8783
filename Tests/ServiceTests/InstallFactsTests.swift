import Engine
import Service
import Testing

/// Only plain words are written into configurations.
@Suite struct InstallFactsTests {
    @Test(arguments: [
        ("1@vlan50", InstallAddress.carp(vhid: 1, interface: "vlan50")),
        ("255@vlan0.100", .carp(vhid: 255, interface: "vlan0.100")),
        ("carp0", .interface("carp0")),
        ("INSTANCE VI_1", .instance("VI_1")), ("GROUP G.1", .group("G.1")),
    ])
    func anAddressIsRead(_ text: String, _ address: InstallAddress) throws {
        #expect(try InstallAddress(text) == address)
    }

    @Test(arguments: [
        "", "0@em0", "256@em0", "01@em0", "+1@em0", "1@", "@em0", "1@em0@x", "1@em0; reboot",
        "1@$(x)", "a b", "a\"b", "a'b", "a\nb", "-f", "$'x'", "1@em0.\\", "é",
        "1@interface-that-is-too-long", "carpet", "INSTANCE", "INSTANCE ", "INSTANCE a b",
        "GROUP a;b", "OTHER a",
    ])
    func anAddressIsRefused(_ text: String) {
        #expect(throws: InstallFault.self) { try InstallAddress(text) }
    }

    @Test(arguments: [
        "failover", "/a b", "/a'b", "/a$b", "/a%b", "/../x", "/a//b", "/a/", "/a\nb", "/a;b", "",
        "/-a", "/a\"b", "/a\\b",
    ])
    func aPathIsRefused(_ path: String) throws {
        let pairs = [try InstallFacts.Pair("default", addresses: ["1@em0"])]
        #expect(throws: InstallFault.self) {
            try InstallFacts(program: path, plans: "/etc/failover", pairs: pairs)
        }
        #expect(throws: InstallFault.self) {
            try InstallFacts(program: "/sbin/failover", plans: path, pairs: pairs)
        }
    }

    @Test(arguments: ["/opt/.local/failover", "/opt/-x/failover"])
    func whatIsWrongWithAPathIsSaid(_ path: String) throws {
        let pairs = [try InstallFacts.Pair("default", addresses: ["1@em0"])]
        let fault = #expect(throws: InstallFault.self) {
            try InstallFacts(program: path, plans: "/etc/failover", pairs: pairs)
        }
        let why = try #require(fault?.why)
        #expect(why.contains("that begin with none of `.` and `-`"), "\(why)")
    }

    @Test func theMessageNamesTheOption() throws {
        let pairs = [try InstallFacts.Pair("default", addresses: ["1@em0"])]
        let fault = #expect(throws: InstallFault.self) {
            try InstallFacts(program: "/opt/.build/failover", plans: "/p", pairs: pairs)
        }
        #expect(fault?.why.contains("--program") == true)
    }

    /// What would never call anything is not printed.
    @Test(arguments: InstallKind.allCases)
    func aKindNeedsAnAddressOfItsOwn(_ kind: InstallKind) throws {
        for (address, platform) in [("1@em0", Platform.freebsd), ("INSTANCE VI_1", .linux)] {
            let facts = try InstallFacts(
                program: "/sbin/failover", plans: "/p",
                pairs: [.init("default", addresses: [address])])
            if kind.platform == platform {
                try kind.check(facts)
            } else {
                #expect(throws: InstallFault.self) { try kind.check(facts) }
            }
        }
    }

    @Test func aPairHasANameAndAnAddress() throws {
        #expect(throws: InstallFault.self) { try InstallFacts.Pair("a b", addresses: ["1@em0"]) }
        #expect(throws: InstallFault.self) { try InstallFacts.Pair("a", addresses: []) }
        #expect(throws: InstallFault.self) {
            try InstallFacts(program: "/sbin/failover", plans: "/etc/failover", pairs: [])
        }
    }
}

/// What devd makes of the printed file.
@Suite struct InstallDevdTests {
    private func lines(of key: String) throws -> [String] {
        let facts = try InstallFacts(
            program: "/sbin/failover", plans: "/etc/failover",
            pairs: [.init("default", addresses: ["1@vlan0.100", "carp0", "INSTANCE VI_1"])])
        let text = try #require(InstallKind.devd.files(facts).first?.text)
        let lines = text.split(separator: "\n").map { line in line.drop { $0 == " " } }
        return lines.filter { $0.hasPrefix(key) }.map(String.init)
    }

    /// devd anchors its patterns; no backslash is passed on reliably by its reader.
    @Test func aPatternMatchesItsOwnSubsystemAlone() throws {
        let patterns = try lines(of: "match \"subsystem\"").map { line in
            String(line.split(separator: "\"")[3])
        }
        #expect(Set(patterns) == ["1@vlan0[.]100", "carp0"])
        let pattern = try Regex(patterns[0])
        #expect("1@vlan0.100".wholeMatch(of: pattern) != nil)
        #expect("1@vlan0x100".wholeMatch(of: pattern) == nil)
        #expect("11@vlan0.100".wholeMatch(of: pattern) == nil)
        #expect(!patterns.contains { $0.contains("\\") })
    }

    /// No variable stands in an action, so that no devd puts anything into a shell's words.
    @Test func anActionIsConstant() throws {
        let actions = try lines(of: "action")
        #expect(actions.count == 5)
        #expect(!actions.contains { $0.contains("$") })
        #expect(
            actions.first
                == "action \"/sbin/failover on --plans /etc/failover --devd"
                + " '!system=CARP subsystem=1@vlan0.100 type=MASTER'\";")
        #expect(actions.allSatisfy { $0.count { $0 == "\"" } == 2 && $0.hasSuffix(";") })
    }

    @Test func bracesAreBalanced() throws {
        #expect(try lines(of: "notify").count == 5)
        #expect(try lines(of: "};").count == 5)
    }
}
