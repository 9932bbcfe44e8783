import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

/// `failover worker`: what `on` starts in the background.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Bring about what is wanted of a pair (started by `on` and `watch`).",
        shouldDisplay: false)

    @OptionGroup var options: InstallationOptions
    @Flag(help: ArgumentHelp(visibility: .hidden)) var withLock = false
    @Option(help: ArgumentHelp(visibility: .hidden)) var wanted: String?

    /// The words by which a worker for the same installation is started.
    static func words(_ installation: Installation) -> [String] {
        let platform = installation.platform
        let other = platform == .local ? [] : ["--platform", platform.rawValue]
        return ["worker", "--plans", installation.folder] + other
    }

    func run() throws {
        Console.outliveReaders()
        let installation = try options.load()
        let pair = try options.onlyPair(of: installation)
        if let fault = MarkFolder(ReplicaMark.folder).sweep() {
            installation.syslog?.send("\(fault)", level: "err")
        }
        let worker = Worker(installation, pair, handed: handed(pair))
        let folders = installation.folders
        let lock =
            withLock
            ? try? PairLock(inheriting: Detached.keptDescriptor, pair.name, in: folders) : nil
        worker.work(under: lock)
    }

    /// What is wanted, in the words of the caller: it counts when the spool cannot be read.
    private func handed(_ pair: Signals.Pair) -> Wanted? {
        guard let direction = wanted.flatMap(Plan.Direction.init(rawValue:)) else { return nil }
        return Wanted(
            direction: direction, signal: pair[direction].signal, source: "the caller",
            at: MonotonicClock.now, serial: "")
    }
}
