import Engine
import Steps
import Testing

/// The conditions that ask no tool: what each makes of the host's own answers.
@Suite struct ConditionsTests {
    private func verdict(_ text: String, _ answer: Answer) throws -> Verdict {
        let (kind, value) = FlowReader.item("- " + text)
        let condition = try #require(Catalog.builtin.readCondition(kind, value).value)
        return condition.judge(Answers(condition.queries, condition.queries.map { _ in answer }))
    }

    @Test(arguments: [
        ("process: {title-contains: \"disk0 (sec\", state: absent}", [7, 9] as [Int32]),
        ("process: {title-contains: none, state: absent}", []),
        ("process: {title: \"hastd: disk0 (secondary)\", state: absent}", [7]),
        ("process: {title: \"disk0 (sec\", state: absent}", []),
        ("process: {title-contains: disk0}", []),
    ]) func theEndsThatAProcessConditionWaitsFor(_ text: String, _ expected: [Int32]) throws {
        let (kind, value) = FlowReader.item("- " + text)
        let condition = try #require(Catalog.builtin.readCondition(kind, value).value)
        let titles: [(Int32, String)] = [
            (7, "hastd: disk0 (secondary)"), (8, "hastd: disk0 (primary)"), (9, "x disk0 (sec"),
        ]
        let all = titles.map { ProcessEntry(pid: $0.0, title: $0.1) }
        let answers = Answers([.processes], [.processes(all)])
        #expect(Decided(condition, for: .opening).awaitedEnds(in: answers) == expected)
    }

    @Test(arguments: PathKind.allCases) func device(_ kind: PathKind) throws {
        let isDevice = kind == .characterDevice || kind == .blockDevice
        let present = try verdict("device: /dev/x", .path(kind))
        let absent = try verdict("device: {path: /dev/x, state: absent}", .path(kind))
        #expect((present == .holds) == isDevice)
        #expect((absent == .holds) == !isDevice)
        #expect(present.detail.isEmpty == isDevice)
    }

    @Test(arguments: PathKind.allCases) func file(_ kind: PathKind) throws {
        let present = try verdict("file: /x", .path(kind))
        let absent = try verdict("file: {path: /x, state: absent}", .path(kind))
        #expect((present == .holds) == (kind != .absent))
        #expect((absent == .holds) == (kind == .absent))
    }

    @Test(arguments: [
        ("ready: yes\n", Verdict.holds), ("yes", .holds),
        ("ye", .doesNot("/x does not contain it")),
        ("", .doesNot("/x does not contain it")),
        ("yyes yes_ 1yes yesä", .doesNot("/x does not contain it")), ("(yes)", .holds),
        ("yyes yes", .holds),
    ]) func contents(_ text: String, _ expected: Verdict) throws {
        let answer = Answer.text(Array(text.utf8))
        #expect(try verdict("file: {path: /x, contains: \"yes\"}", answer) == expected)
    }

    /// A whole line, but for blanks and the ends of other systems.
    @Test(arguments: [
        ("yes", true), ("no\nyes\n", true), (" yes\t\n", true), ("yes\r\n", true),
        ("not yes", false), ("yes and no", false), ("", false), ("\n\n", false),
    ]) func lines(_ text: String, _ holds: Bool) throws {
        let answer = Answer.text(Array(text.utf8))
        let found = try verdict("file: {path: /x, line: \"yes\"}", answer)
        #expect(found == (holds ? .holds : .doesNot("/x does not contain it")))
        #expect(try (verdict("file: {path: /x, line: yes, contains: none}", answer)) != .holds)
        let output = Answer.output(Output(.exited(0), output: Array(text.utf8)))
        let command = try verdict("command: {command: [a], output-line: \"yes\"}", output)
        #expect((command == .holds) == holds)
    }

    @Test(
        arguments: [
            ("available", "not available"), ("running", "not running"),
            ("connected to it", "not connected to it"), ("UpToDate", "not UpToDate"),
            ("state: available", nil), ("is running", nil), ("disk0 ready", nil), ("8", nil),
            ("a=b", nil), ("", nil),
        ] as [(String, String?)]) func whatSaysTheOpposite(_ text: String, _ opposite: String?)
    {
        let span = FlowReader.item("- log: x").1.span
        #expect(LooseText(text, at: span, exact: "line").negation == opposite)
    }

    @Test func noFileContainsNothing() throws {
        let found = try verdict("file: {path: /x, contains: \"yes\"}", .text(nil))
        #expect(found == .doesNot("there is no /x"))
    }

    @Test(arguments: [
        (PortState.open, true, false, false), (.refused, false, true, false),
        (.silent, false, false, true),
    ]) func port(_ state: PortState, open: Bool, closed: Bool, silent: Bool) throws {
        let isOpen = try verdict("port: 3260", .port(state))
        let isClosed = try verdict("port: {port: 3260, state: closed}", .port(state))
        #expect((isOpen == .holds) == open)
        #expect((isClosed == .holds) == closed)
        if case .unknown = isClosed { #expect(silent) } else { #expect(!silent) }
    }

    @Test(arguments: [
        ("command: [a]", Output(.exited(0)), true),
        ("command: [a]", Output(.exited(1)), false),
        ("command: {command: [a], exit-code: 3}", Output(.exited(3)), true),
        ("command: {command: [a], exit-code: 3}", Output(.exited(0)), false),
        (
            "command: {command: [a], output-contains: up}",
            Output(.exited(0), output: Array("it is up".utf8)), true
        ),
        (
            "command: {command: [a], output-contains: up}",
            Output(.exited(0), error: Array("it is up".utf8)), true
        ),
        (
            "command: {command: [a], output-contains: up}",
            Output(.exited(0), output: Array("it is down".utf8)), false
        ),
        (
            "command: {command: [a], output-contains: available}",
            Output(.exited(0), output: Array("unavailable\n".utf8)), false
        ),
    ]) func command(_ text: String, _ output: Output, _ holds: Bool) throws {
        let found = try verdict(text, .output(output))
        if holds {
            #expect(found == .holds)
        } else if case .doesNot(let what) = found {
            #expect(what.contains("`a`"))
        } else {
            Issue.record("\(found)")
        }
    }

    @Test func aCommandThatWasKilledTellsNothing() throws {
        let found = try verdict("command: [a]", .output(Output(.signalled(9))))
        #expect(found == .unknown("`a`: signal 9"))
    }

    @Test(arguments: [("", false), (", changes-nothing: true", true)])
    func thePlanVouchesForItsLooks(_ field: String, _ vouched: Bool) throws {
        let (kind, value) = FlowReader.item("- command: {command: [a]\(field)}")
        let condition = try #require(Catalog.builtin.readCondition(kind, value).value)
        let look = UserLook(argv: ["a"], changesNothing: vouched)
        #expect(condition.queries == [.userCommand(look)])
    }
}
