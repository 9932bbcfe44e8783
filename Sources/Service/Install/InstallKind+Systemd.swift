extension InstallKind {
    /// Two units: the watcher, which may be restarted at any time, and what happens at a shutdown.
    static func systemd(_ facts: InstallFacts) -> [InstallFile] {
        [
            InstallFile("/etc/systemd/system/failover.service", watcher(facts)),
            InstallFile("/etc/systemd/system/failover-shutdown.service", shutdown(facts)),
        ]
    }

    /// What must be there before, and goes only after, the release: units that are not installed
    /// are no hindrance. systemd stops in the reverse order.
    private static let below = after([
        "network.target network-online.target",
        "drbd.service drbd-reactor.service",
        "zfs.target zfs-import.target zfs-mount.service zfs-share.service",
        "keepalived.service",
    ])

    /// What the release stops itself. It must not wait for the release: then a `systemctl stop` of
    /// it waits for the job of the shutdown, which waits for the release, which waits for that.
    private static let servers = after([
        "nfs-server.service nfs-mountd.service rpcbind.service",
        "target.service rtslib-fb-targetctl.service tgt.service",
    ])

    private static func after(_ units: [String]) -> String {
        units.map { "After=\($0)" }.joined(separator: "\n")
    }

    private static func watcher(_ facts: InstallFacts) -> String {
        """
        # The service that reads signals and keeps the node what they want. A restart changes
        # nothing on the node: runs that are under way go on, and it reconciles when it is back.

        [Unit]
        Description=Failover: signals of the shared address
        Wants=network-online.target failover-shutdown.service
        \(below)
        \(servers)
        # At a shutdown this one stops first, so that nothing is taken over any more, and then
        # failover-shutdown.service releases the pairs.
        After=failover-shutdown.service
        # It is needed most when much goes wrong: it never gives up starting.
        StartLimitIntervalSec=0

        [Service]
        Type=notify
        NotifyAccess=main
        ExecStart=\(facts.call("watch"))
        WatchdogSec=30
        Restart=always
        RestartSec=1
        # Only the watcher is stopped; a run outlives it.
        KillMode=process
        TimeoutStopSec=15
        OOMScoreAdjust=-900
        LimitCORE=0
        KeyringMode=private
        LockPersonality=yes
        # No ProtectSystem=, PrivateTmp= or other setting that makes a mount namespace: what a run
        # mounts would be seen in there alone, and nowhere on the host.

        [Install]
        WantedBy=multi-user.target

        """
    }

    private static func shutdown(_ facts: InstallFacts) -> String {
        let stops = facts.pairs.map { pair in
            "ExecStop=-" + facts.call("switch", "--hold --pair \(pair.name)")
        }
        return """
            # It does nothing but at a shutdown or on the way to single-user mode: then it yields
            # the address and releases the pool while disks and the network are there.

            [Unit]
            Description=Failover: release of the pairs before a shutdown
            # Not after the servers of NFS and iSCSI: the release stops them, and systemd meanwhile
            # does the same.
            \(below)
            # Nobody stops or restarts it by hand or with an upgrade: that would be a handover. For
            # one, there is `failover switch`.
            RefuseManualStop=yes

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStart=/bin/true
            # The release plan has a budget of its own, which is shorter.
            TimeoutStopSec=\(facts.releaseSeconds)
            # What fails is told by its run, and must not keep the next pair from its release.
            \(stops.joined(separator: "\n"))
            KillMode=process

            [Install]
            WantedBy=multi-user.target

            """
    }
}
