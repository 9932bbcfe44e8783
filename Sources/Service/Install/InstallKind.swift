public import Engine

/// What `failover install` can print.
public enum InstallKind: String, CaseIterable, Sendable {
    case devd, keepalived, systemd, rcScript = "rc.d", hast

    /// The system whose files these are.
    public var platform: Platform {
        switch self {
        case .devd, .rcScript, .hast: .freebsd
        case .keepalived, .systemd: .linux
        }
    }

    /// Refuses where no signal comes from this system: the files would call for nothing, ever.
    public func check(_ facts: InstallFacts) throws(InstallFault) {
        let addresses = facts.pairs.flatMap(\.addresses)
        guard !addresses.contains(where: { $0.platform == platform }) else { return }
        throw InstallFault(
            "signals.yaml matches no address that \(platform == .freebsd ? "CARP" : "keepalived")"
                + " moves, so that \(rawValue) would bring no signal")
    }

    /// The files, with this host's values.
    public func files(_ facts: InstallFacts) -> [InstallFile] {
        switch self {
        case .devd: Self.devd(facts)
        case .keepalived: Self.keepalived(facts)
        case .systemd: Self.systemd(facts)
        case .rcScript: Self.rcScript(facts)
        case .hast: Self.hast(facts)
        }
    }

    /// The program that hastd's `exec` names: it takes one path and gives no options of its own.
    static func hast(_ facts: InstallFacts) -> [InstallFile] {
        let text = """
            #!/bin/sh
            # What hastd calls at each event. In /etc/hast.conf, for each resource, on both nodes:
            #
            #         exec /usr/local/libexec/failover-hast
            #
            # The words of the event are handed on as they are, and none can be an option.
            exec \(facts.call("on", "--hast --")) "$@"

            """
        return [InstallFile("/usr/local/libexec/failover-hast", isExecutable: true, text)]
    }
}
