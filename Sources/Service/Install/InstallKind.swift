/// What `failover install` can print.
public enum InstallKind: String, CaseIterable, Sendable {
    case devd, keepalived, systemd, rcScript = "rc.d", hast

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
