extension InstallKind {
    /// A block for each address and each thing that can happen to it.
    ///
    /// devd hands actions to a shell. Newer ones put variables in already quoted (`$'1@em0'`),
    /// older ones bare; no way to write `$subsystem` is right in both, and bare it is a hole. So no
    /// variable is used: `match` picks exactly one event, and its action is a constant text.
    static func devd(_ facts: InstallFacts) -> [InstallFile] {
        var text = """
            # What devd calls when a shared address moves. Restart devd to load it.
            #
            # Needed where `failover watch` does not run; both together do no harm. Each call only
            # records the signal and returns at once, since devd is deaf until its action ends.
            # No $variable stands in an action: older devd would hand it to the shell unquoted.

            """
        for pair in facts.pairs {
            for address in pair.addresses {
                for event in events(of: address) {
                    text += "\n" + block(event, pair, facts)
                }
            }
        }
        return [InstallFile("/usr/local/etc/devd/failover.conf", text)]
    }

    /// An event of devctl(4).
    private struct Event {
        let system: String
        let subsystem: String
        let type: String
    }

    private static func events(of address: InstallAddress) -> [Event] {
        switch address {
        case .carp(let vhid, let interface):
            ["MASTER", "BACKUP", "INIT"].map {
                Event(system: "CARP", subsystem: "\(vhid)@\(interface)", type: $0)
            }
        case .interface(let name):
            ["LINK_UP", "LINK_DOWN"].map { Event(system: "IFNET", subsystem: name, type: $0) }
        case .instance, .group: []
        }
    }

    private static func block(
        _ event: Event, _ pair: InstallFacts.Pair, _ facts: InstallFacts
    ) -> String {
        let line = "!system=\(event.system) subsystem=\(event.subsystem) type=\(event.type)"
        return """
            # pair \(pair.name): \(event.subsystem) \(event.type)
            notify 30 {
                    match "system"    "\(event.system)";
                    match "subsystem" "\(pattern(event.subsystem))";
                    match "type"      "\(event.type)";
                    action "\(facts.call("on", "--devd")) '\(line)'";
            };

            """
    }

    /// The pattern that matches a text alone: of what a plain word holds, only the dot is special,
    /// and devd's reader passes no backslash on reliably.
    private static func pattern(_ text: String) -> String {
        text.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "[.]")
    }
}
