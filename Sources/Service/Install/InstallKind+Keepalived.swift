extension InstallKind {
    /// keepalived's configuration, whole where the plans name interface and address, and the folder
    /// that must be there before it starts.
    static func keepalived(_ facts: InstallFacts) -> [InstallFile] {
        var text = """
            # What keepalived does for failover: for /etc/keepalived/keepalived.conf, or for a file
            # that is included there. `keepalived -t` checks it.
            #
            # `notify` starts a program at each transition and gives it four words; the FIFO keeps
            # them in order, and `failover watch` reads it. Either is enough, both together do no
            # harm.
            global_defs {
                    # Version 2 rounds an advert_int of less than a second up to one.
                    vrrp_version 3
                    # Without these keepalived refuses to start a script, or is another user.
                    script_user root
                    enable_script_security
                    vrrp_notify_fifo \(facts.runtime)/keepalived.fifo
            }

            """
        for pair in facts.pairs {
            var router = pair.vrrp.router
            for address in pair.addresses {
                switch address {
                case .instance(let name):
                    text += "\n" + track(name, pair, facts) + "\n"
                    text += instance(name, router, pair, facts)
                    router += 1
                case .group(let name):
                    text += "\n" + group(name, pair, facts)
                case .carp, .interface:
                    continue
                }
            }
        }
        return [
            InstallFile("/etc/keepalived/conf.d/failover.conf", text),
            InstallFile("/etc/tmpfiles.d/failover-runtime.conf", folders(facts)),
        ]
    }

    private static func track(
        _ name: String, _ pair: InstallFacts.Pair, _ facts: InstallFacts
    ) -> String {
        """
        # pair \(pair.name): by this file `yield-address` lets the address go. A number other than 0
        # in it is FAULT, by the weight of 0; a file that is missing is 0. Its folder must be there
        # when keepalived starts, or keepalived never looks at it.
        track_file \(label(name)) {
                file "\(pair.vrrp.trackFile ?? "\(facts.runtime)/\(name).track")"
                weight 0
        }

        """
    }

    private static func instance(
        _ name: String, _ router: Int, _ pair: InstallFacts.Pair, _ facts: InstallFacts
    ) -> String {
        var lines = [
            "# Both nodes begin as BACKUP with the same priority, and the one that returns takes",
            "# nothing back by itself: its replica may still be stale.",
            "state BACKUP", "nopreempt", "priority 100", "advert_int 1",
            "# From 1 to 255, used by nothing else in this network, and alike on both nodes.",
            "virtual_router_id \(router)",
        ]
        if let interface = pair.vrrp.interface { lines.append("interface \(interface)") }
        if let interface = pair.vrrp.interface, let address = pair.vrrp.address {
            lines += [
                "virtual_ipaddress {",
                "        # With the prefix of the interface's own address.",
                "        \(address)/\(address.contains(":") ? 64 : 24) dev \(interface)",
                "}",
            ]
        }
        lines += [
            "track_file {", "        \(label(name))", "}",
            "notify \"\(facts.call("on", "--keepalived --"))\"",
        ]
        let isWhole = pair.vrrp.interface != nil && pair.vrrp.address != nil
        let head =
            isWhole
            ? "# pair \(pair.name)"
            : "# pair \(pair.name): into the block of the instance that you have"
        return "\(head)\nvrrp_instance \(name) {\n"
            + lines.map { "        \($0)\n" }.joined() + "}\n"
    }

    private static func group(
        _ name: String, _ pair: InstallFacts.Pair, _ facts: InstallFacts
    ) -> String {
        """
        # pair \(pair.name): into the block of the group that you have
        vrrp_sync_group \(name) {
                notify "\(facts.call("on", "--keepalived --"))"
        }

        """
    }

    /// The name of a track file, which is one of keepalived's own.
    private static func label(_ name: String) -> String { "failover_\(name)" }

    /// The folders that a boot makes anew: those of the FIFO and of the track files. One that is
    /// somebody else's, too, keeps the mode that systemd-tmpfiles(8) gives by itself.
    private static func folders(_ facts: InstallFacts) -> String {
        let own = volatile(facts.runtime)
        var others: [String] = []
        for pair in facts.pairs {
            guard let path = pair.vrrp.trackFile, let end = path.lastIndex(of: "/") else {
                continue
            }
            let folder = volatile(String(path[..<end]))
            let isMade = folder.hasPrefix("/run/") && folder != own && !others.contains(folder)
            if isMade { others.append(folder) }
        }
        return """
            # The folder of the FIFO and those of the track files, before keepalived starts: one
            # that is not there then is left out until the next start, with all that is in it.
            d \(own) 0700 root root -

            """ + others.map { "d \($0) 0755 root root -\n" }.joined()
    }

    /// A folder as tmpfiles.d(5) wants it, which calls /var/run by what it is a link to.
    private static func volatile(_ folder: String) -> String {
        folder == "/var/run" || folder.hasPrefix("/var/run/")
            ? String(folder.dropFirst("/var".count)) : folder
    }
}
