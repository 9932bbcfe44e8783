import ArgumentParser
import Engine
import LocalHost
import Service
import Steps

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
        if let asked = self.platform, asked != platform { throw Self.wrong(kind, for: asked) }
        let path = InstallationOptions.path(of: options.folder, on: platform)
        try check(kind, path)
        let installation = try InstallationOptions.load(path, on: platform)
        let names = try options.names(of: installation)
        var output = Console.standardOutput()
        do throws(InstallFault) {
            let facts = try InstallFacts(
                program: program ?? (platform == .local ? Detached.executable : nil)
                    ?? "/usr/local/sbin/failover",
                plans: path, runtime: installation.folders.runtime,
                pairs: installation.installPairs(names),
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

extension InstallCommand {
    /// Refuses a file of another system than that of the plans, whatever this host is.
    private func check(_ kind: InstallKind, _ folder: String) throws {
        let loaded = Signals.load(
            "\(folder)/\(Signals.fileName)", catalog: .builtin, platform: nil,
            read: FileReader.read)
        guard let platform = loaded.site.platform, platform != kind.platform else { return }
        throw Self.wrong(kind, for: platform, as: "the plans of \(printable(folder))")
    }

    private static func wrong(
        _ kind: InstallKind, for platform: Platform, as whose: String? = nil
    ) -> ValidationError {
        let kinds = InstallKind.allCases.filter { $0.platform == platform }.map(\.rawValue)
        let others = whose.map { "and \($0) are for" } ?? "for"
        let there = whose == nil ? "" : ", for which"
        return ValidationError(
            "\(kind.rawValue) is for \(kind.platform.rawValue)\(whose == nil ? ";" : ",") \(others)"
                + " \(platform.rawValue)\(there) there is \(listed(kinds))")
    }
}

extension Installation {
    /// The pairs with the addresses that their signals match.
    fileprivate func installPairs(
        _ names: [String]
    ) throws(InstallFault) -> [InstallFacts.Pair] {
        var pairs: [InstallFacts.Pair] = []
        // Numbered through all pairs, whichever are printed: none has a number of another.
        var router = InstallFacts.Pair.VRRP.firstRouter
        for pair in signals.pairs {
            var vrrp = vrrp(of: pair)
            vrrp.router = router
            router += pair.addresses.count { $0.hasPrefix("INSTANCE ") }
            guard names.contains(pair.name) else { continue }
            pairs.append(
                try InstallFacts.Pair(pair.name, addresses: pair.addresses, vrrp: vrrp))
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
