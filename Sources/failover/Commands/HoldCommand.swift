import ArgumentParser
import FoundationEssentials
import Engine
import LocalHost
import Service

/// `failover hold`.
struct HoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Maintenance: record signals, but do not act on them.",
        discussion: """
            A run that is under way goes on to its end. `failover status` shows the hold, who set \
            it and when; one that is there already is replaced and told, a stronger one loudly. \
            `failover unhold` ends it, and what was wanted last is done then. A hold ends with \
            the boot.

              failover hold "replacing disk3"
              failover hold --acquires "its disks are doubtful"
              failover unhold
            """)

    @Flag(help: "Give the pair up when a signal says so, and only do not take it over.")
    var acquires = false

    @Argument(help: "Why, for whoever comes by.") var reason = "no reason was given"
    @OptionGroup var options: InstallationOptions

    func run() throws {
        let installation = try options.load()
        let pair = try options.choice.onlyPair(
            of: installation, for: "failover hold \(shellQuoted(reason))")
        var output = Console.standardOutput(patience: RunView.patience)
        try Self.hold(pair, installation, for: reason, acquires ? .acquires : .all)
        let what = acquires ? "not taken over here any more" : "on hold"
        let way = "failover unhold\(installation.option(of: pair))"
        output.write("\(pair.name): \(what); `\(way)` ends it\n")
    }

    /// Holds a pair, and lets whoever is at work know; what it replaces is told.
    static func hold(
        _ pair: Signals.Pair, _ installation: Installation, for reason: String, _ held: Held
    ) throws {
        let folders = installation.folders
        let faults = folders.prepare(pair.name)
        if let old = Hold.read(pair.name, in: folders) {
            // Never refused: a shutdown makes less of a hold of all, which would keep the pool.
            let isWeaker = old.held == .all && held != .all
            let text = "\(isWeaker ? "this WEAKER hold" : "this") replaces the hold for \(old.text)"
            Locked.warn("pair \(pair.name): \(text)")
            installation.syslog?.send("\(pair.name): \(text)", level: "warning")
        }
        let variables = ProcessInfo.processInfo.environment
        let who = variables["SUDO_USER"] ?? variables["USER"] ?? "somebody"
        if let fault = Hold.set(pair.name, in: folders, by: who, reason: reason, held)
            ?? faults.first
        {
            throw Locked.fault("\(fault)")
        }
        Doorbell.ring(pair.name, in: folders)
        let what = held == .all ? "on hold" : "not taken over here any more"
        installation.syslog?.send("\(pair.name): \(what): \(reason)", level: "warning")
    }
}
