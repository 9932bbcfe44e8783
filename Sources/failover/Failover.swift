import ArgumentParser
import Engine

@main
struct Failover: ParsableCommand {
    static let configuration = CommandConfiguration(subcommands: [A.self, B.self])
    struct A: ParsableCommand { mutating func run() { print("hi") } }
    struct B: ParsableCommand { @Option var x = 1; mutating func run() { print("hi") } }
}
