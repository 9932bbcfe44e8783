import Foundation

/// Feeds the readers of failover with hostile input (docs/testing.md).
///
/// The program starts itself: one process reads, and another one outlives its traps.
@main enum Fuzz {
    static func main() {
        do {
            let options = try FuzzOptions(Array(CommandLine.arguments.dropFirst()))
            exit(try run(options))
        } catch let fault as FuzzOptions.Fault {
            complain("\(fault.why)\n\n\(FuzzOptions.usage)")
            exit(64)
        } catch {
            complain("\(error)\n")
            exit(70)
        }
    }

    private static func run(_ options: FuzzOptions) throws -> Int32 {
        let targets = Targets.all.filter { options.target == nil || $0.name == options.target }
        guard !targets.isEmpty else {
            complain("there is no such target; see --list\n")
            return 64
        }
        if options.lists {
            for target in targets { say(target.name) }
            return 0
        }
        if let notes = options.notes {
            try targets[0].read(options, notes)
            return 0
        }
        var overseer = Overseer(options)
        return try overseer.run(targets) ? 0 : 1
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("fuzz: \(text)".utf8))
    }
}
