import Engine
import Foundation
import Simulation
import Steps

/// A case folder `Tests/Cases/run-*`: a plan, the world it runs in, and what came of it.
struct Case: CustomStringConvertible {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Cases")

    /// All case folders that are run, sorted by name.
    static let all: [Case] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        return (names ?? []).filter { $0.hasPrefix("run-") }.sorted().map(Case.init)
    }()

    /// Why a case cannot be played.
    struct Fault: Error, CustomStringConvertible { let description: String }

    let name: String

    var description: String { name }
    var folder: URL { Self.root.appending(path: name) }
    var golden: URL { folder.appending(path: "expected.txt") }

    /// The plan of the case.
    func plan() throws -> Plan {
        let loaded = PlanLoader.load(
            "plan.yaml", catalog: .builtin, platform: nil
        ) { path in
            let bytes = try? Data(contentsOf: folder.appending(path: path))
            return bytes.map { .success([UInt8]($0)) }
        }
        guard let plan = loaded.plan else {
            let text = DiagnosticText.render(loaded.diagnostics, sources: loaded.sources)
            throw Fault(description: "\(name): \(text)")
        }
        return plan
    }

    /// The world of the case, by its file if there is one.
    func world(for plan: Plan) throws -> World {
        let file = folder.appending(path: "world.yaml")
        let bytes = (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? []
        let text = SourceText(name: "world.yaml", bytes: bytes)
        var diagnostics = Diagnostics()
        let world = WorldFile.read(
            text, for: plan, &diagnostics)
        guard let world else {
            let text = DiagnosticText.render(diagnostics.all, sources: [text])
            throw Fault(description: "\(name): \(text)")
        }
        return world
    }
}

/// What a run in a world came to.
struct Played {
    let plan: Plan
    let records: [Record]
    let ending: Ending
    let host: SimulatedHost

    init(_ plan: Plan, in world: World) {
        var host = SimulatedHost(world.limited(by: plan))
        var records: [Record] = []
        var driver = Driver(plan)
        ending = driver.drive(&host, from: .zero) { records.append($0) }
        self.records = records
        self.plan = plan
        self.host = host
    }

    /// The commands that were begun on the way forward, by node.
    var commands: [NodeID: [Command]] { records.commands }
}

extension [Record] {
    /// The commands that were begun on the way forward, by node; of several attempts at a step,
    /// those of the last one, since the others came to nothing.
    var commands: [NodeID: [Command]] {
        var commands: [NodeID: [Command]] = [:]
        for record in self {
            switch record.fact {
            case .commandBegan(let node, .forward, _, let command):
                commands[node, default: []].append(command)
            case .retrying(let node, .forward, _, _, _): commands[node] = nil
            default: break
            }
        }
        return commands
    }
}
