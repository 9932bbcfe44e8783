package import Engine
import FoundationEssentials

/// The first line of a run's records: what the numbers in the records stand for.
package struct RunHeading: Encodable {
    package struct Node: Encodable {
        package let node: Int
        package let parent: Int?
        package let kind: String
        package let label: String
    }

    package struct Parameter: Encodable {
        package let name: String
        package let value: PlainValue
        package let origin: String
    }

    package let fact = "plan"
    package let version = Record.formVersion
    /// The wall clock when the first record was about to be made, ISO 8601 in UTC.
    package let time: String
    package let plan: String
    package let digest: String
    package let direction: String?
    package let simulated: Bool
    package let preview: Bool
    package let parameters: [Parameter]
    package let require: [String]
    package let nodes: [Node]

    package init(_ plan: Plan, isSimulated: Bool, isPreview: Bool) {
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
