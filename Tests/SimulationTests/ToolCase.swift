import Engine
import Testing

@testable import Simulation

/// What a tool says in a world, by the texts of the host's manual pages and sources.
struct ToolCase: Sendable, CustomTestStringConvertible {
    let name: String
    var standing = Standing.takingOver
    var prepare: @Sendable (inout World) -> Void = { _ in }
    /// The commands before the one that counts.
    var after: [String] = []
    let command: String
    /// Nil when it hangs.
    var exit: Int32? = 0
    var output: String?
    var error: String?

    var testDescription: String { name }

    func check() throws {
        var world = World.pair(standing)
        prepare(&world)
        for line in after { _ = world.run(words(line)) }
        let output = world.run(words(command))
        guard let exit else { return #expect(output == nil, "\(command) should hang") }
        let ended = try #require(output, "\(command) hangs")
        #expect(ended.status == .exited(exit))
        if let text = self.output { #expect(ended.text == text) }
        if let text = error { #expect(ended.errorText == text) }
    }
}

extension World {
    static func pair(_ standing: Standing) -> World { World.pair(Pair(), standing) }

    /// Runs a command that ends.
    mutating func ran(_ line: String) throws -> Output {
        let output = run(words(line))
        return try #require(output, "\(line) hangs")
    }

    /// Lets everything happen that emulators have put off, in order, and what follows from it.
    mutating func settle() {
        for _ in 0..<100 where !upcoming.isEmpty {
            let next = upcoming.indices.min { upcoming[$0].after < upcoming[$1].after } ?? 0
            apply(upcoming.remove(at: next).change)
        }
    }

    /// Lets the peer give everything up.
    mutating func peerGivesUp() {
        for later in later { apply(later.change) }
    }

    /// Brings all disks up here.
    mutating func promote() {
        peerGivesUp()
        _ = run(["hastctl", "role", "primary", "all"])
        settle()
    }
}
