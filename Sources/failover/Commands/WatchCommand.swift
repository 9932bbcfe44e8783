import ArgumentParser
import Engine
import FoundationEssentials
import LocalHost
import Service

/// `failover watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Listen to signals as a service, in the foreground.",
        discussion: """
            For rc.d and systemd, in place of devd and keepalived calling `failover on`: it reads \
            devd's socket, keepalived's FIFO and DRBD's events itself, and looks at the address \
            at its start and after each break, since signals are lost while nobody listens. Once a \
            minute it looks whether all is followed: it starts another worker where one was \
            killed, and follows an address that changed without a signal. Which sources it reads \
            follows from what signals.yaml matches.

            Once a minute, and when ZFS or DRBD tells of something, it looks whether what the \
            pair serves here still is as it should be: `watch` in signals.yaml says what, and what \
            follows.

            All pairs of signals.yaml have the one service, since each source has one reader. \
            It starts workers as `on` does. Ending or restarting it changes nothing: what runs \
            goes on, and an address that is as it was last known to be is no news. A second one \
            says who watches already, and exits 75. After a change of signals.yaml restart it.

              failover watch
              failover watch --fifo /run/failover/keepalived.fifo
            """)

    @Option(
        help: ArgumentHelp(
            "devd's packet socket (default: \(SignalListener.Places.usualDevd)).",
            valueName: "path"))
    var devdSocket: String?
    @Option(
        help: ArgumentHelp(
            "keepalived's FIFO (default: keepalived.fifo in the runtime folder).",
            valueName: "path"))
    var fifo: String?
    /// For tests, which cannot wait for a minute.
    @Option(
        help: ArgumentHelp(visibility: .hidden),
        transform: { text in
            guard let duration = Duration(authored: text), duration > .zero else {
                throw ValidationError("`\(text)` is no time; write for example 60s")
            }
            return duration
        })
    var reviewEvery = Lookout.usualReview
    @OptionGroup var plans: FolderOption
    @OptionGroup var played: PlayedPlatform

    func run() throws {
        let installation = try InstallationOptions.load(
            InstallationOptions.path(of: plans.folder), on: played.platform)
        LocalHost.leaveFolder()
        Console.outliveReaders()
        for pair in installation.signals.pairs {
            for fault in installation.folders.prepare(pair.name) {
                installation.syslog?.send("\(fault)", level: "crit")
                Locked.warn("\(fault)")
            }
        }
        let locks = try installation.signals.pairs.compactMap {
            try Self.lock($0.name, installation)
        }
        defer { withExtendedLifetime(locks) {} }
        let desk = Desk(installation)
        let variables = ProcessInfo.processInfo.environment
        let watcher = Watcher(
            installation, desk.reception,
            SignalListener(
                places(installation), path: installation.site.path ?? LocalHost.usualPath),
            manager: ServiceManager(socket: variables["NOTIFY_SOCKET"]),
            watchdog: variables["WATCHDOG_USEC"].flatMap { Int64($0) }.map { .microseconds($0) },
            reviewEvery: reviewEvery, monitor: { desk.monitor($0) }, tell: { desk.tell($0) })
        watcher.watch()
    }

    /// The right to watch a pair; nil where no lock is to be had, which is no reason to be deaf.
    private static func lock(_ pair: String, _ installation: Installation) throws -> PairLock? {
        switch PairLock.take(pair, in: installation.folders, for: "failover watch", .watch) {
        case .success(let lock): return lock
        case .failure(.failed(let fault)):
            Locked.warn("\(fault); nothing keeps another service from watching, too")
            return nil
        case .failure(.held(let holder)):
            let text =
                "pair \(pair) is watched already, by pid \(holder.pid)\(holder.sinceText)"
                + (holder.stopped.map { ", which is \($0)" } ?? "") + ": this one leaves"
            Locked.warn(text)
            installation.syslog?.send(text, level: "warning")
            throw ExitCode(Locked.held)
        }
    }

    private static let drbdEvents = ["drbdsetup", "events2"]

    /// The tools by which it is looked whether all holds while a pair is served here.
    private func tools(_ installation: Installation) -> Set<String> {
        let items = installation.signals.pairs.flatMap {
            MonitorRound.items(of: $0, installation)
        }
        return Set(items.flatMap { $0.condition.queries }.compactMap(\.tool))
    }

    /// What is listened to: all that signals.yaml can match.
    private func places(_ installation: Installation) -> SignalListener.Places {
        var places = SignalListener.Places()
        for pair in installation.signals.pairs {
            for match in pair.acquire.matches + pair.release.matches {
                switch match {
                case .carp, .interface:
                    places.devd = devdSocket ?? SignalListener.Places.usualDevd
                case .keepalived:
                    places.keepalived =
                        fifo ?? installation.folders.runtime + "/keepalived.fifo"
                case .drbd: places.drbd = Self.drbdEvents
                case .hast: continue
                }
            }
        }
        // Of what is looked at while a pair is served, its events tell when to look.
        let looks = tools(installation)
        if looks.contains("drbdsetup") { places.drbd = Self.drbdEvents }
        if looks.contains("zpool") {
            switch installation.platform {
            case .freebsd: places.devd = devdSocket ?? SignalListener.Places.usualDevd
            case .linux: places.zfs = ["zpool", "events", "-H", "-f"]
            }
        }
        if let devdSocket { places.devd = devdSocket }
        if let fifo { places.keepalived = fifo }
        return places
    }
}
