import Engine
import Steps
import Testing

/// What the lint is told by conditions and steps.
@Suite struct AssuranceTests {
    private func assurance(_ text: String) throws -> Assurance? {
        let (kind, value) = FlowReader.item("- " + text)
        return try #require(Catalog.builtin.readCondition(kind, value).value).assurance
    }

    @Test(arguments: [
        ("hastd: disk0 (secondary)", "resource disk0"), ("disk0 (secondary)", "resource disk0"),
    ])
    func `a worker's end shows that its resource was let go`(
        _ title: String, _ thing: String
    ) throws {
        let text = "process: {title-contains: '\(title)', state: absent}"
        #expect(try assurance(text) == .peerLetGo(thing))
        #expect(try assurance("process: {title-contains: '\(title)'}") == nil)
    }

    @Test func `a whole title shows it only if a worker can have it`() throws {
        let title = "hastd: disk0 (secondary)"
        let own = try assurance("process: {title: '\(title)', state: absent}")
        #expect(own == .peerLetGo("resource disk0"))
        for title in ["(secondary)", "hastd: (secondary)", "disk0 (secondary)", "hastd: d (s"] {
            #expect(try assurance("process: {title: '\(title)', state: absent}") == nil)
        }
    }

    @Test func `the end of all workers shows it of all`() throws {
        for title in ["(secondary)", "hastd: (secondary)"] {
            let text = "process: {title-contains: '\(title)', state: absent}"
            #expect(try assurance(text) == .peerLetGo(nil))
        }
        #expect(try assurance("process: {title-contains: hastd, state: absent}") == nil)
    }

    @Test func `a role tells of the peer or of this node`() throws {
        let peer = try assurance("role: {resource: disk0, peer: not-primary}")
        #expect(peer == .peerLetGo("resource disk0"))
        #expect(try assurance("role: {resource: disk0, role: primary}") == nil)
        #expect(try assurance("carp: {interface: a, vhid: 1, state: master}") == .mastership)
        #expect(try assurance("carp: {interface: a, vhid: 1, state: backup}") == nil)
    }

    /// What acquires by a step is given up by its inverse, on the same layers or beyond.
    @Test(arguments: Catalog.builtin.steps.map(\.reference.name))
    func `an inverse reaches as far as its step`(_ name: String) throws {
        let reference = try #require(Catalog.builtin.step(named: name)?.reference)
        let (kind, value) = FlowReader.item(reference.example)
        guard let step = Catalog.builtin.readStep(kind, value).value, step.effect == .acquires,
            case .step(let inverse) = step.inverse
        else { return }
        let (own, other) = (try #require(step.reach), try #require(inverse.reach))
        #expect(own.thing == other.thing)
        #expect(other.layers.contains(own.layers.lowerBound))
        #expect(other.layers.contains(own.layers.upperBound))
    }
}
