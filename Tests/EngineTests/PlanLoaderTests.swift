@testable import Engine
import Testing

/// What the case folders cannot show: limits that need large files, and parts by themselves.
@Suite struct PlanLoaderTests {
    private static func plan(items: Int, fault: String = "touch") -> String {
        let items = (0..<items).map { "item\($0)" }.joined(separator: ", ")
        return """
            plan: x
            parameters:
              items: [\(items)]
            steps:
              - for-each: item
                in: ${items}
                at-once: all
                steps:
                  - \(fault): the-${item}
                    timeout: 20s
            """
    }

    @Test func tenThousandStepsLoad() throws {
        let plan = try TestCatalog.plan(Self.plan(items: 10_000))
        #expect(plan.nodes.count == 20_002)
        guard case .group(let group) = plan[NodeID(1)].kind else {
            Issue.record("no group")
            return
        }
        #expect(group.children.count == 10_000)
        #expect(group.atOnce == 10_000)
        #expect(plan[NodeID(20_001)].label == "touch the-item9999")
    }

    @Test func oneStepMoreDoesNot() {
        let loaded = TestCatalog.load(["plan.yaml": Self.plan(items: 10_001)])
        #expect(loaded.plan == nil)
        #expect(loaded.diagnostics.map(\.code) == ["too-many-steps"])
    }

    @Test func aFaultOfEachTurnIsReportedOnce() {
        let loaded = TestCatalog.load(["plan.yaml": Self.plan(items: 10_000, fault: "tuch")])
        #expect(loaded.diagnostics.map(\.code) == ["unknown-step"])
    }

    @Test func nestedListsStopEarly() {
        let items = (0..<1000).map { "i\($0)" }.joined(separator: ",")
        var text = "plan: x\nparameters: {items: [\(items)]}\nsteps:\n"
        for depth in 0..<6 {
            let margin = String(repeating: "    ", count: depth)
            text += "\(margin)  - for-each: v\(depth)\n\(margin)    in: ${items}\n"
            text += "\(margin)    steps:\n"
        }
        text += String(repeating: "    ", count: 6) + "  - for-each: last\n"
        text += String(repeating: "    ", count: 6) + "    in: []\n"
        text += String(repeating: "    ", count: 6) + "    steps: [touch: a]\n"
        let loaded = TestCatalog.load(["plan.yaml": text])
        #expect(loaded.diagnostics.map(\.code) == ["too-many-groups", "empty-list"])
    }

    @Test func thePlanItselfIsMissingOrUnreadable() {
        let missing = TestCatalog.load([:])
        #expect(missing.diagnostics.map(\.code) == ["no-such-file"])
        let loaded = PlanLoader.load(
            "plans",
            catalog: TestCatalog.catalog,
            platform: .linux
        ) { name in name == "plans" ? .failure(.init("is a folder")) : nil }
        #expect(loaded.diagnostics.map(\.message) == ["plans is a folder"])
        #expect(loaded.plan == nil)
    }

    @Test func readsBesideThePlan() throws {
        var asked: [String] = []
        let files = [
            "p/../p/take.yaml":
                "plan: a\ndirection: acquire\ncounterpart: sub/give.yaml\nsteps: [raise: x]",
            "p/../p/sub/give.yaml":
                "plan: b\ndirection: release\ncounterpart: ../take.yaml\nif-stuck: park\n"
                + "steps: [lower: x]",
        ]
        let loaded = PlanLoader.load(
            "p/../p/take.yaml",
            catalog: TestCatalog.catalog,
            platform: .linux
        ) { name in
            asked.append(name)
            return files[name].map { .success(Array($0.utf8)) }
        }
        #expect(asked == ["p/../p/take.yaml", "p/../p/site.yaml", "p/../p/sub/give.yaml"])
        #expect(loaded.diagnostics.isEmpty)
        #expect(try #require(loaded.plan).counterpart?.name == "b")
    }

    @Test func aNamedSiteMustBeThere() {
        let loaded = PlanLoader.load(
            "plan.yaml",
            site: "/etc/site.yaml",
            catalog: TestCatalog.catalog,
            platform: .linux
        ) { name in
            name == "plan.yaml" ? .success(Array("plan: x\nsteps: [touch: a]".utf8)) : nil
        }
        #expect(loaded.diagnostics.map(\.code) == ["no-such-file"])
    }

    @Test func theSiteIsHandedOn() throws {
        let loaded = TestCatalog.load([
            "plan.yaml": "plan: x\nsteps: [touch: a]",
            "site.yaml": "path: [/sbin]\nlog: {facility: local0, level: debug, tag: carp-hast}",
        ])
        #expect(loaded.site.path == ["/sbin"])
        #expect(loaded.site.facility == "local0")
        #expect(loaded.site.level == "debug")
        #expect(loaded.site.tag == "carp-hast")
        let silent = TestCatalog.load(["plan.yaml": "plan: x\nsteps: [touch: a]"]).site
        #expect(silent.path == nil && silent.facility == "daemon" && silent.tag == "failover")
    }

    @Test(arguments: [(48, []), (49, ["bad-value"])])
    func theTagIsAsLongAsSyslogTakesIt(_ length: Int, _ codes: [String]) {
        let tag = String(repeating: "t", count: length)
        let loaded = TestCatalog.load([
            "plan.yaml": "plan: x\nsteps: [touch: a]", "site.yaml": "log: {tag: \(tag)}",
        ])
        #expect(loaded.diagnostics.map(\.code) == codes)
    }

    static let references: [(String, String)] = [
        ("a", "a"), ("${name}", "value"), ("x-${name}-y", "x-value-y"), ("${n}${n}", "55"),
        ("$${name}", "${name}"), ("$$${name}", "$${name}"), ("$", "$"), ("$$", "$$"),
        ("${", "open"),
        ("${nam}", "unknown nam, name"), ("${list}", "list"), ("a${list}", "list list in text"),
        ("${smuggler}", "${name}"), ("${inner}", "second"), ("${}", "empty"),
        ("$name", "unbraced name"), ("x $n.", "unbraced n"), ("$name-x", "unbraced name"),
        ("$$name", "unbraced name"), ("$HOME $nam $namex $name_x", "$HOME $nam $namex $name_x"),
        ("é${name}é", "évalueé"), ("${optional}", "absent optional"),
        ("a${optional}", "absent optional"),
    ]

    @Test(arguments: references) func resolves(_ text: String, _ expected: String) {
        var scope = Scope()
        scope.bind("name", to: .string("value"))
        scope.bind("n", to: .integer(5))
        scope.bind("list", to: .list([.string("a")]))
        scope.bind("smuggler", to: .string("${name}"))
        scope.bind("inner", to: .string("first"))
        scope.bind("inner", to: .string("second"))
        scope.bindAbsent("optional")
        #expect(Self.outcome(text, scope) == expected)
    }

    private static func outcome(_ text: String, _ scope: Scope) -> String {
        do throws(ReferenceFault) {
            let value = try scope.resolve(text)
            return value.text ?? "list"
        } catch {
            switch error {
            case .unclosed: return "open"
            case .empty: return "empty"
            case .unbraced(let name): return "unbraced \(name)"
            case .unknown(let name, let near): return "unknown \(name), \(near ?? "nil")"
            case .listInText(let name): return "list \(name) in text"
            case .unsettled: return "unsettled"
            case .secret(let name): return "secret \(name)"
            case .absent(let name): return "absent \(name)"
            }
        }
    }

    static let values: [(String, Value.Kind, String?)] = [
        ("12", .integer, "12"), ("-3", .integer, "-3"), ("012", .integer, nil),
        ("1_000", .integer, nil), ("-0", .integer, nil), ("0x1f", .integer, nil),
        ("9999999999999999999", .integer, nil), ("", .integer, nil), ("-", .integer, nil),
        ("30s", .duration, "30s"), ("60s", .duration, "1m"), ("0s", .duration, "0ms"),
        ("8785h", .duration, nil), ("720h", .duration, "720h"), ("1.5s", .duration, nil),
        ("1:30", .duration, nil), ("s", .duration, nil), ("-1s", .duration, nil),
        ("yes", .boolean, "true"), ("Off", .boolean, "false"), ("y", .boolean, nil),
        ("a", .string, "a"), ("a", .list, nil),
    ]

    @Test(arguments: values) func readsValues(
        _ text: String,
        _ kind: Value.Kind,
        _ expected: String?
    ) {
        #expect(Value(text, as: kind)?.text == expected)
    }

    static let refusals: [(Field.Kind, String, Bool)] = [
        (.name, "tank", true), (.name, "hast/disk0", true), (.name, "-f", false),
        (.name, "", false),
        (.name, "a b", false), (.name, "a\u{A0}b", false), (.name, "a\nb", false),
        (.name, "a\u{202E}b", false), (.name, "a\u{200B}b", false),
        (.name, String(repeating: "x", count: 4097), false),
        (.path, "/dev/hast/disk0", true), (.path, "dev", false), (.path, "/a/../b", false),
        (.path, "/a/./b", false), (.path, "/a/..b", true), (.path, "/a\u{0}b", false),
        (.literal, "hastd: disk0 (secondary)", true), (.literal, "a\\(b", false),
        (.literal, "", false), (.literal, "^hastd", false), (.literal, "(secondary)$", false),
        (.literal, "hastd.*disk0", false), (.literal, "a^b $5 c.d", true), (.text, "", true),
        (.text, "a\\b", true), (.text, "a\u{7F}", false),
    ]

    @Test(arguments: refusals) func refuses(_ kind: Field.Kind, _ text: String, _ isFine: Bool) {
        #expect((kind.refusal(of: text) == nil) == isFine)
    }
}
