import Engine
import Steps
import Testing

/// What `replica` makes of the marks and of the process table.
@Suite struct ReplicaTests {
    private static let marks = "/var/run/failover/fresh/"

    private func replica(_ text: String) -> (any Condition)? {
        let (kind, value) = FlowReader.item("- replica: " + text)
        return Catalog.builtin.readCondition(kind, value).value
    }

    private func verdict(
        _ text: String, _ kinds: [String: PathKind], _ processes: Answer = .processes([])
    ) throws -> Verdict {
        let condition = try #require(replica(text))
        let answers = condition.queries.map { query -> Answer in
            guard case .path(let path) = query else { return processes }
            // Where a test says nothing of the word of the peer, there is none.
            let other = path.hasSuffix("@peer") ? Answer.path(.absent) : .missing(why: "it hangs")
            return kinds[path].map { .path($0) } ?? other
        }
        return condition.judge(Answers(condition.queries, answers))
    }

    @Test func aMarkIsAFullCopy() throws {
        #expect(try verdict("{resource: a}", [Self.marks + "a": .file]) == .holds)
        let other = ["/marks/a": PathKind.file]
        #expect(try verdict("{resource: a, fresh: yes, marks: /marks}", other) == .holds)
        #expect(try verdict("{resource: a, marks: /marks/}", other) == .holds)
    }

    @Test func theStaleOnesAreNamed() throws {
        let kinds = [
            Self.marks + "a": PathKind.absent, Self.marks + "b": .file, Self.marks + "c": .absent,
        ]
        let wanted = try verdict("{resources: [a, b, c], fresh: true}", kinds)
        guard case .doesNot(let detail) = wanted else { return #expect(wanted == .holds) }
        #expect(detail.contains("no full copy of a, c since the last boot or connect"))
        #expect(detail.contains("--accept-stale"))
        #expect(try verdict("{resources: [a, b, c], fresh: no}", kinds) == .holds)
        #expect(try verdict("{resource: b, fresh: no}", kinds) != .holds)
    }

    @Test func aPrimaryNeedsNoMark() throws {
        let kinds = [Self.marks + "disk1": PathKind.absent]
        for (title, holds) in [
            ("hastd: disk1 (primary)", true), ("hastd: disk1 (secondary)", false),
            ("hastd: disk10 (primary)", false), ("hastd: disk (primary)", false),
        ] {
            let table = Answer.processes([ProcessEntry(pid: 7, title: title)])
            #expect((try verdict("{resource: disk1}", kinds, table) == .holds) == holds)
        }
    }

    /// The word of the peer is enough to be promoted, and not to be imported from.
    @Test func theWordOfThePeerIsEnoughToTry() throws {
        let word = [Self.marks + "a": PathKind.absent, Self.marks + "a@peer": .file]
        let primary = Answer.processes([ProcessEntry(pid: 7, title: "hastd: a (primary)")])
        let other = Answer.processes([ProcessEntry(pid: 7, title: "hastd: b (primary)")])
        #expect(try verdict("{resource: a}", word) == .holds)
        #expect(try verdict("{resource: a}", word, other) == .holds)
        let found = try verdict("{resource: a}", word, primary)
        guard case .doesNot(let detail) = found else { return #expect(found == .unknown("")) }
        #expect(detail.contains("a is primary, and the peer's copy may be newer"))
        #expect(try verdict("{resource: a, fresh: no}", word, primary) == .holds)
        let full = word.merging([Self.marks + "a": .file]) { $1 }
        #expect(try verdict("{resource: a}", full, primary) == .holds)
        let strange = word.merging([Self.marks + "a@peer": .folder]) { $1 }
        guard case .unknown = try verdict("{resource: a}", strange) else {
            Issue.record("a folder is no word")
            return
        }
    }

    /// Nothing that cannot be read counts as full, nor as stale.
    @Test(arguments: [PathKind?.none, .folder, .other, .blockDevice])
    func whatCannotBeReadIsUnknown(_ kind: PathKind?) throws {
        for fresh in ["yes", "no"] {
            let found = try verdict(
                "{resource: a, fresh: \(fresh)}", kind.map { [Self.marks + "a": $0] } ?? [:])
            if case .unknown = found { continue }
            Issue.record("\(found)")
        }
    }

    @Test func aTableThatCannotBeReadIsUnknownOnlyWithoutAMark() throws {
        let missing = Answer.missing(why: "no answer")
        #expect(try verdict("{resource: a}", [Self.marks + "a": .file], missing) == .holds)
        let absent = try verdict("{resource: a}", [Self.marks + "a": .absent], missing)
        guard case .unknown = absent else { return #expect(absent == .unknown("")) }
    }

    @Test(arguments: [
        "{fresh: true}", "{resource: a, resources: [b]}", "{resources: []}",
        "{resource: ../a}", "{resource: .}", "{resource: a/b}", "{resources: [a, '.b']}",
        "{resource: -f}", "{resource: 'a b'}", "{resource: a, marks: marks}",
    ])
    func isRefused(_ text: String) { #expect(replica(text) == nil) }

    @Test func onlyAWantedCopyCanBeDoneWithout() throws {
        let wanted = try #require(replica("{resource: a}"))
        #expect(wanted.assurance == .fullCopy && wanted.claim == "replica=fresh")
        let other = try #require(replica("{resource: a, fresh: no}"))
        #expect(other.assurance == nil)
        #expect(Decided(wanted, for: .require).assurance == .fullCopy)
    }
}
