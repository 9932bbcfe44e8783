import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover unhold`.
struct UnholdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unhold",
        abstract: "End a hold; what was wanted last is done.")

    @OptionGroup var options: InstallationOptions

    func run() throws {
        let installation = try options.load()
        let desk = Desk(installation)
        var output = Console.standardOutput(patience: RunView.patience)
        for pair in try options.choice.pairs(of: installation) {
            let folders = installation.folders
            guard Hold.read(pair.name, in: folders) != nil else {
                output.write("\(pair.name): was not on hold\n")
                continue
            }
            if let fault = Hold.clear(pair.name, in: folders) { throw Locked.fault("\(fault)") }
            installation.syslog?.send("\(pair.name): the hold is ended", level: "warning")
            guard let wanted = WantedSpool(pair.name, in: folders).newestWanted() else {
                output.write("\(pair.name): the hold is ended; nothing was wanted meanwhile\n")
                continue
            }
            if let fault = desk.reception.wake(pair) {
                throw Locked.fault("\(fault)")
            }
            output.write("\(pair.name): the hold is ended; \(wanted.signal) is wanted\n")
        }
    }
}
