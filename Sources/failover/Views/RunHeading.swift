import Engine
import FoundationEssentials

/// The first line of a run's records: what the numbers in the records stand for.
struct RunHeading: Encodable {
    struct Node: Encodable {
        let node: Int
        let parent: Int?
        let kind: String
        let label: String
    }

    struct Parameter: Encodable {
        let name: String
        let value: PlainValue
        let origin: String
    }

    let fact = "plan"
    let version = Record.formVersion
    /// The wall clock when the first record was about to be made, ISO 8601 in UTC.
    let time: String
    let plan: String
    let digest: String
    let direction: String?
    let simulated: Bool
    let preview: Bool
    let parameters: [Parameter]
    let require: [String]
    let nodes: [Node]

    init(_ plan: Plan, isSimulated: Bool, isPreview: Bool) {
        time = Date.now.formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
        self.plan = plan.name
        digest = plan.digest
        direction = plan.direction?.rawValue
        simulated = isSimulated
        preview = isPreview
        parameters = plan.parameters.map {
            Parameter(name: $0.name, value: PlainValue($0.value), origin: $0.origin.rawValue)
        }
        require = plan.require.map(\.summary)
        nodes = plan.nodes.enumerated().map { index, node in
            Node(
                node: index, parent: node.parent?.index, kind: node.kind.name, label: node.label)
        }
    }
}

extension PlanNode.Kind {
    fileprivate var name: String {
        switch self {
        case .step(let step): step.kind
        case .group(let group): group.atOnce > 1 ? "parallel" : "sequence"
        case .pointOfNoReturn: "point-of-no-return"
        }
    }
}
