import ArgumentParser
import Engine
import LocalHost
import Service

/// `failover install`.
struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Print the configuration by which signals reach failover on this host.",
        discussion: """
            Exact text for this host's values: nothing is written. Each says in its first lines \
            where it belongs. Refused where signals.yaml has no address that is moved so.

              failover install devd --print         FreeBSD: devd calls `failover on`
              failover install rc.d --print         FreeBSD: `failover watch`, shutdown
              failover install hast --print         FreeBSD: the program for hastd's `exec`
              failover install keepalived --print   Linux: instances, FIFO, track files
              failover install systemd --print      Linux: `failover watch`, shutdown
            """)

    @Argument(
        help: ArgumentHelp("What to print it for.", valueName: "devd|keepalived|systemd|rc.d|hast"),
        completion: .list(InstallKind.allCases.map(\.rawValue)))
    var kind: String
    @Flag(help: "Print it (the default, and all that this command does).") var print = false
    @Option(help: "The program's absolute path (default: this one's).") var program: String?
    @Option(
        help: ArgumentHelp(
            "The system of the host it is for (default: the one that has such a file).",
            valueName: "freebsd|linux"),
        completion: .list(Platform.allCases.map(\.rawValue)), transform: PlatformOption.platform)
    var platform: Platform?
    @OptionGroup var options: PairOptions

    func run() throws {
        guard let kind = InstallKind(rawValue: kind) else {
            throw ValidationError(
                "there is nothing to install for \(printable(kind)); there is"
                    + " \(listed(InstallKind.allCases.map(\.rawValue)))")
        }
        let platform = kind.platform
        if let asked = self.platform, asked != platform {
            let own = listed(InstallKind.allCases.filter { $0.platform == asked }.map(\.rawValue))
            throw ValidationError(
                "\(kind.rawValue) is of \(platform.rawValue); for \(asked.rawValue) there is \(own)"
            )
        }
        let path = InstallationOptions.path(of: options.folder, on: platform)
        let installation = try InstallationOptions.load(path, on: platform)
        let pairs = try options.pairs(of: installation)
        var output = Console.standardOutput()
        do throws(InstallFault) {
            let facts = try InstallFacts(
                program: program ?? (platform == .local ? Detached.executable : nil)
                    ?? "/usr/local/sbin/failover",
                plans: path, runtime: installation.folders.runtime,
                pairs: installation.installPairs(pairs),
                release: installation.longestRelease)
            try kind.check(facts)
            output.write(InstallFile.printed(kind.files(facts)))
        } catch {
            throw ValidationError(error.why)
        }
        output.finish()
        if platform != .local {
            return Locked.warn(
                "this is for a host of \(platform.rawValue), on which the plans stand in"
                    + " \(path), too"
            )
        }
        guard kind == .hast else { return }
        if let fault = HastdRelease.fault(ofKernel: Platform.kernelVersion) { Locked.warn(fault) }
    }
}

extension Installation {
    /// The pairs with the addresses that their signals match.
    fileprivate func installPairs(
        _ named: [Signals.Pair]
    ) throws(InstallFault) -> [InstallFacts.Pair] {
        var pairs: [InstallFacts.Pair] = []
        for pair in named {
            pairs.append(
                try InstallFacts.Pair(pair.name, addresses: pair.addresses, vrrp: vrrp(of: pair)))
        }
        return pairs
    }

    /// What the parameters of the acquiring plan say of the address, by the names that they have in
    /// the shipped plans.
    private func vrrp(of pair: Signals.Pair) -> InstallFacts.Pair.VRRP {
        var vrrp = InstallFacts.Pair.VRRP()
        guard case .success(let sealed) = plan(.acquire, of: pair) else { return vrrp }
        for parameter in sealed.plan.parameters {
            guard case .string(let text) = parameter.value else { continue }
            switch parameter.name {
            case "interface": vrrp.interface = text
            case "address": vrrp.address = text
            case "track-file": vrrp.trackFile = text
            default: continue
            }
        }
        return vrrp
    }

    /// The longest budget of a release plan; that of a plan at fault does not count.
    fileprivate var longestRelease: Duration {
        let budgets = signals.pairs.compactMap { pair in
            (try? plan(.release, of: pair).get())?.plan.timeout
        }
        return budgets.max() ?? InstallFacts.usualRelease
    }
}
