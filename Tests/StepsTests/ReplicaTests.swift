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
        _ text: String, _ kinds: [String: PathKind], _ processes: Answer = .processes([]),
        pidFile: Answer = .text(Array("662\n".utf8)), mark: String = ""
    ) throws -> Verdict {
        let condition = try #require(replica(text))
        let answers = condition.queries.map { query -> Answer in
            if query == .text("/var/run/hastd.pid") { return pidFile }
            switch query {
            // Where a test says nothing of the word of the peer, there is none.
            case .path(let path): return .path(kinds[path] ?? .absent)
            case .text(let path):
                switch kinds[path] {
                case .absent: return .text(nil)
                case .file: return .text(Array(mark.utf8))
                case let kind: return .missing(why: kind.map(\.rawValue) ?? "it hangs")
                }
            default: return processes
            }
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
            let table = Answer.processes(Hastd.table(title))
            #expect((try verdict("{resource: disk1}", kinds, table) == .holds) == holds)
        }
    }

    /// What is not proven to be hastd's worker makes no copy a full one.
    @Test(arguments: Hastd.forgeries) func aTitleIsNoProof(_ forgery: Hastd.Forgery) throws {
        let kinds = [Self.marks + "disk0": PathKind.absent]
        let table = Answer.processes(forgery.processes(titled: "hastd: disk0 (primary)"))
        let found = try verdict("{resource: disk0}", kinds, table, pidFile: forgery.pidFile)
        guard case .doesNot(let detail) = found else { return #expect(found == .doesNot("")) }
        #expect(detail.contains("no full copy of disk0"))
        #expect(detail.contains("titled like a primary's worker"))
        // It forbids all the same.
        let word = [Self.marks + "disk0": PathKind.absent, Self.marks + "disk0@peer": .file]
        #expect(try verdict("{resource: disk0}", word, table, pidFile: forgery.pidFile) != .holds)
    }

    @Test func aGrepForbidsNothing() throws {
        let word = [Self.marks + "a": PathKind.absent, Self.marks + "a@peer": .file]
        let table = Answer.processes([ProcessEntry(pid: 7, title: "grep hastd: a (primary)")])
        #expect(try verdict("{resource: a}", word, table) == .holds)
    }

    /// The word of the peer is enough to be promoted, and not to be imported from.
    @Test func theWordOfThePeerIsEnoughToTry() throws {
        let word = [Self.marks + "a": PathKind.absent, Self.marks + "a@peer": .file]
        let primary = Answer.processes(Hastd.table("hastd: a (primary)"))
        let other = Answer.processes(Hastd.table("hastd: b (primary)"))
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

    @Test(arguments: [PathKind.file, .absent])
    func aTableThatCannotBeReadIsUnknown(_ mark: PathKind) throws {
        let missing = Answer.missing(why: "no answer")
        let found = try verdict("{resource: a}", [Self.marks + "a": mark], missing)
        guard case .unknown = found else { return #expect(found == .unknown("")) }
    }

    /// The hook that takes a mark away at a new connection may not have run yet.
    @Test func aMarkOfAnotherConnectionIsNone() throws {
        let kinds = [Self.marks + "a": PathKind.file]
        let table = Answer.processes(Hastd.table("hastd: a (secondary)", pid: 778))
        for (mark, holds) in [
            ("778.5", true), ("778.4", false), ("77.5", false), ("primary", false),
            // A person's.
            ("", true),
        ] {
            let found = try verdict("{resource: a}", kinds, table, mark: mark)
            #expect((found == .holds) == holds, "\(mark)")
        }
        // Alone, or primary, the copy is as full as it was.
        for title in ["hastd: b (secondary)", "hastd: a (primary)"] {
            let table = Answer.processes(Hastd.table(title))
            #expect(try verdict("{resource: a}", kinds, table, mark: "778.4") == .holds)
        }
        // What nobody proves takes nothing away.
        for forgery in Hastd.forgeries {
            let table = Answer.processes(forgery.processes(titled: "hastd: a (secondary)"))
            let found = try verdict(
                "{resource: a}", kinds, table, pidFile: forgery.pidFile, mark: "778.4")
            #expect(found == .holds, "\(forgery)")
        }
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
