import Engine
import Steps
import Testing

/// Of all orders of four steps, one goes up through the layers, and read backwards it gives up.
@Suite struct LayerOrderTests {
    private static let takes = [
        "set-role: {resource: a, role: primary}", "zpool-import: {pool: t, mount: false}",
        "zfs-mount: t", "start-nfs",
    ]
    private static let gives = [
        "stop-nfs", "zfs-unmount: t", "zpool-export: t", "set-role: {resource: a, role: secondary}",
    ]
    private static let codes: Set = [
        "acquire-out-of-order", "export-before-stop", "demote-before-export", "unordered-branches",
    ]

    static let orders: [[Int]] = {
        func extended(_ order: [Int]) -> [[Int]] {
            let rest = (0..<4).filter { !order.contains($0) }
            return rest.isEmpty ? [order] : rest.flatMap { extended(order + [$0]) }
        }
        return extended([])
    }()

    @Test func `there are all orders`() { #expect(Set(Self.orders).count == 24) }

    @Test(arguments: orders) func `one order alone has no warning`(_ order: [Int]) {
        for steps in [Self.takes, Self.gives] {
            let items = order.map { "- \(steps[$0])\n" }
            #expect(codes(steps, items.joined()).isEmpty == (order == [0, 1, 2, 3]))
        }
    }

    /// However deep the steps stand, and with what nobody knows between them.
    @Test(arguments: orders) func `groups do not hide an order`(_ order: [Int]) {
        for steps in [Self.takes, Self.gives] {
            let items = order.map { index in
                switch index {
                case 0: "- sequence: [sequence: [{\(flow(steps[0]))}]]\n  when: {file: /x}\n"
                case 1: "- {for-each: i, in: [x], steps: [{\(flow(steps[1]))}]}\n"
                case 2: "- parallel: [{\(flow(steps[2]))}, execute: [/bin/x]]\n"
                default: "- execute: [/bin/x]\n- parallel: [log: x, {\(flow(steps[3]))}]\n"
                }
            }
            #expect(codes(steps, items.joined()).isEmpty == (order == [0, 1, 2, 3]))
        }
    }

    @Test func `two layers side by side are told of, one is not`() {
        for steps in [Self.takes, Self.gives] {
            for left in 0..<4 {
                for right in 0..<4 where left != right {
                    let items = "- parallel:\n    - \(steps[left])\n    - \(steps[right])\n"
                    #expect(codes(steps, items) == ["unordered-branches"])
                }
            }
        }
        let services = "- parallel: [start-nfs, start-iscsi, start-service: x]\n"
        #expect(codes(Self.takes, services) == [])
    }

    /// A step inside braces, one without fields with its colon.
    private func flow(_ step: String) -> String { step.contains(":") ? step : step + ": " }

    /// The codes of the order that a plan is warned of.
    private func codes(_ steps: [String], _ items: String) -> Set<String> {
        let takes = "plan: a\ndirection: acquire\ncounterpart: b\n"
        let gives = "plan: b\ndirection: release\ncounterpart: a\nif-stuck: park\n"
        let isTake = steps == Self.takes
        let files = [
            "a": takes + "steps:\n" + (isTake ? items : "- log: x\n"),
            "b": gives + "steps:\n" + (isTake ? "- log: x\n" : items),
        ]
        let loaded = PlanLoader.load(
            isTake ? "a" : "b", catalog: .builtin, platform: .freebsd
        ) { files[$0].map { .success(Array($0.utf8)) } }
        #expect(loaded.plan != nil, "\(loaded.diagnostics.map(\.message))")
        return Set(loaded.diagnostics.map(\.code)).intersection(Self.codes)
    }
}
