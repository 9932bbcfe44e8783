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
        let pair = try options.choice.onlyPair(of: installation, for: "failover unhold")
        let folders = installation.folders
        var output = Console.standardOutput(patience: RunView.patience)
        guard Hold.read(pair.name, in: folders) != nil else {
            return output.write("\(pair.name): was not on hold\n")
        }
        if let fault = Hold.clear(pair.name, in: folders) { throw Locked.fault("\(fault)") }
        installation.syslog?.send("\(pair.name): the hold is ended", level: "warning")
        guard let wanted = WantedSpool(pair.name, in: folders).newestWanted() else {
            return output.write(
                "\(pair.name): the hold is ended; nothing was wanted meanwhile\n")
        }
        if let fault = Desk(installation).reception.wake(pair) { throw Locked.fault("\(fault)") }
        output.write("\(pair.name): the hold is ended; \(wanted.signal) is wanted\n")
    }
}
