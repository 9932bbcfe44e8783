import Foundation
import Testing

/// What a person and a program say of one of two pairs, and what is told of both.
@Suite struct TwoPairsTests {
    @Test(arguments: [
        ["on", "slave"], ["on", "slave", "--wait"], ["on", "master"], ["hold", "a test"],
        ["unhold"], ["switch", "--force"], ["recover"], ["approve"],
    ])
    func `a verb that changes something is of the pair that is named`(_ words: [String]) throws {
        let pairs = try TwoPairs()
        let outcome = try pairs.failover(words)
        #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains("(`red`, `blue`)"), "\(outcome)")
        let line =
            "failover "
            + words.prefix { !$0.hasPrefix("--") && !$0.contains(" ") }
            .joined(separator: " ")
        #expect(outcome.errors.contains(line) && outcome.errors.contains("--pair red"))
        #expect(!FileManager.default.fileExists(atPath: pairs.folder + "/run"), "nothing is kept")
        #expect(pairs.served == ["red", "blue"])
    }

    @Test func `what is said of one pair leaves the other as it is`() throws {
        let pairs = try TwoPairs()
        let outcome = try pairs.failover("on", "slave", "--wait", "--pair", "red")
        #expect(outcome.code == 0 && pairs.served == ["blue"], "\(outcome)")
        #expect(try pairs.failover("on", "slave", "--pair", "green").code == 64)
        #expect(try pairs.failover("hold", "a test", "--pair", "blue").code == 0)
        let status = try pairs.failover("status")
        #expect(status.output.components(separatedBy: "on hold").count == 2, "\(status)")
    }

    @Test(arguments: ["run", "run --dry-run", "run --simulate --fast", "preview"])
    func `a plan runs for no pair that signals do not run it for`(_ verb: String) throws {
        let pairs = try TwoPairs()
        let words = verb.split(separator: " ").map(String.init)
        for name in ["green", "a b"] {
            let outcome = try Program.run(words + ["\(pairs.folder)/up.yaml", "--pair", name])
            #expect(outcome.code == 64 && outcome.output.isEmpty, "\(outcome)")
            #expect(outcome.errors.contains(name == "green" ? "`red`, `blue`" : "--pair takes"))
        }
        #expect(pairs.served == ["red", "blue"])
    }

    @Test func `an address tells by itself which pair it is of`() throws {
        let pairs = try TwoPairs()
        let words = ["on", "--keepalived", "INSTANCE", "VI_blue", "BACKUP", "100"]
        #expect(try pairs.failover(words).code == 0)
        #expect(pairs.wait(for: ["red"]))
    }

    @Test func `a signal of one pair alone needs no other name`() throws {
        let pairs = try TwoPairs { "master-\($0)" }
        let outcome = try pairs.failover("on", "slave-blue", "--wait")
        #expect(outcome.code == 0 && pairs.served == ["red"], "\(outcome)")
    }

    @Test func `the runs of several pairs are told apart`() throws {
        let pairs = try TwoPairs()
        for pair in ["blue", "red"] {
            let outcome = try pairs.failover("on", "slave", "--wait", "--pair", pair)
            #expect(outcome.code == 0, "\(outcome)")
        }
        let history = try pairs.failover("history")
        #expect(history.code == 0 && history.lines.count == 4, "\(history)")
        #expect(history.lines.first == "pair red" && history.lines.contains("pair blue"))
        let show = try pairs.failover("show")
        #expect(show.output.contains("of pair red, the newest of all pairs"), "\(show)")
        #expect(try pairs.failover("on", "master", "--wait", "--pair", "blue").code == 0)
        #expect(try pairs.failover("show").output.contains("of pair blue, the newest of all"))
        let one = try pairs.failover("show", "--pair", "red")
        #expect(one.output.contains("of pair red\n"), "\(one)")
        let either = try pairs.failover("show", "1")
        #expect(either.code == 69 && either.errors.contains("of pair blue"), "\(either)")
    }
}

/// The set-up of two pairs by docs/signals.md, with the shipped plans as they are.
@Suite struct TwoPairsSetUpTests {
    /// The signals that the page shows for two pairs, or the same said of DRBD.
    private static func signals(_ plans: String) throws -> String {
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/signals.md"), encoding: .utf8)
        if plans == "plans" {
            let block = page.components(separatedBy: "```yaml\n").first { $0.hasPrefix("pairs:") }
            return try #require(block?.components(separatedBy: "```").first)
        }
        return "pairs:\n"
            + zip(["red", "blue"], 0...).map { name, number in
                """
                  - pair: \(name)
                    set:
                      pool: \(name)
                      resources: [\(name)0, \(name)1]
                      devices: [/dev/drbd\(number * 2), /dev/drbd\(number * 2 + 1)]
                      volumes: [lun\(number)]
                      address: 192.0.2.25\(number)
                      track-file: /run/failover/\(name)/track
                      targets: ["iqn.2012-06.com.example:\(name)"]
                      exports: [/\(name)/export]
                    acquire:
                      match: [keepalived: INSTANCE VI_\(name) MASTER]
                      run: become-master.yaml
                      only-if:
                        - keepalived:
                            interface: '${interface}'
                            address: '${address}'
                            state: master
                    release: {run: become-slave.yaml}

                """
            }.joined()
    }

    private static func setUp(_ plans: String) throws -> Scratch {
        let scratch = try Scratch()
        let files = FileManager.default
        for name in ["become-master.yaml", "become-slave.yaml", "site.yaml", "cases", "worlds"] {
            try files.copyItem(
                at: Program.root.appending(path: "\(plans)/\(name)"),
                to: scratch.folder.appending(path: name))
        }
        try scratch.file("signals.yaml", signals(plans))
        return scratch
    }

    @Test(arguments: ["plans", "plans/drbd"])
    func `the shipped plans are valid and their cases pass`(_ plans: String) throws {
        let scratch = try Self.setUp(plans)
        let folder = scratch.folder.path
        let valid = try Program.run("validate", folder, "--strict")
        #expect(valid.code == 0 && valid.errors.isEmpty, "\(valid)")
        let cases = try Program.run("test", folder)
        #expect(cases.code == 0, "\(cases)")
    }

    @Test(arguments: ["plans", "plans/drbd"], ["red", "blue"])
    func `each pair comes through, and leaves the other's servers alone`(
        _ plans: String, _ pair: String
    ) throws {
        let scratch = try Self.setUp(plans)
        let folder = scratch.folder.path
        for (plan, never) in [
            ("become-master", "stop"), ("become-slave", "stop nfs-server"),
        ] {
            let run = try Program.run(
                "run", "\(folder)/\(plan).yaml", "--pair", pair, "--simulate", "--fast")
            #expect(run.code == 0 && run.output.contains("pool \(pair)"), "\(run)")
            #expect(!run.output.contains(never), "\(run)")
        }
        var assumed = ["--assume", "no-partition"]
        if plans != "plans" { assumed += ["--assume", "fencing"] }
        let verdict = try Program.run(["verify", folder, "--pair", pair, "--quick"] + assumed)
        #expect(verdict.code == 2, "\(verdict)")
    }

    @Test func `what is installed for one pair is none of the other's`() throws {
        let scratch = try Self.setUp("plans/drbd")
        let words = ["install", "keepalived", "--plans", scratch.folder.path, "--program", "/f"]
        let both = try Program.run(words)
        let parts = try ["red", "blue"].map { try Program.run(words + ["--pair", $0]).output }
        for line in ["virtual_router_id 51", "/run/failover/red/track"] {
            #expect(both.output.contains(line) && parts[0].contains(line), "\(both)")
            #expect(!parts[1].contains(line), "\(parts[1])")
        }
        #expect(parts[1].contains("virtual_router_id 52"), "\(parts[1])")
        for line in ["d /run/failover/red 0755", "d /run/failover/blue 0755"] {
            #expect(both.output.contains(line), "\(both)")
        }
    }
}
