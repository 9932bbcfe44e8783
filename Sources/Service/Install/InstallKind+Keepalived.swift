extension InstallKind {
    /// The lines for keepalived: a call at each transition, and the FIFO that `watch` reads.
    static func keepalived(_ facts: InstallFacts) -> [InstallFile] {
        var text = """
            # What keepalived tells of its instances. `notify` starts a program at each transition
            # and gives it four words; the FIFO keeps them in order, and `failover watch` reads it.
            # Either is enough, both together do no harm.
            global_defs {
                    # Without these keepalived refuses to start a script, or is another user.
                    script_user root
                    enable_script_security
                    vrrp_notify_fifo \(facts.runtime)/keepalived.fifo
            }

            """
        for pair in facts.pairs {
            for case .instance(let name) in pair.addresses {
                text += """

                    # pair \(pair.name): into the block of the instance that you have
                    vrrp_instance \(name) {
                            # Both nodes begin as BACKUP, and the one that returns takes nothing
                            # back by itself: its replica may still be stale.
                            state BACKUP
                            nopreempt
                            notify "\(facts.call("on", "--keepalived --"))"
                    }

                    """
            }
        }
        return [InstallFile("/etc/keepalived/conf.d/failover.conf", text)]
    }
}
