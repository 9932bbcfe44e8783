extension InstallKind {
    /// The service for rc(8).
    ///
    /// rcorder(8) starts it after all that it rests on, and rc.shutdown(8) goes the other way:
    /// it stops before hastd, whose script puts every resource into `init` under a live pool.
    static func rcScript(_ facts: InstallFacts) -> [InstallFile] {
        let text =
            head(facts) + functions(facts) + """
                load_rc_config $name
                run_rc_command "$1"

                """
        return [InstallFile("/usr/local/etc/rc.d/failover", isExecutable: true, text)]
    }

    private static func head(_ facts: InstallFacts) -> String {
        """
        #!/bin/sh
        #
        # PROVIDE: failover
        # REQUIRE: LOGIN NETWORKING syslogd devd hastd zfs mountd nfsd ctld
        # KEYWORD: nojail shutdown
        #
        # sysrc failover_enable=YES
        #
        # A shutdown releases the pairs first. rc.shutdown(8) is killed after rcshutdown_timeout
        # (90 s) and init(8) goes on after kern.init_shutdown_timeout (120 s); a release may take
        # longer:
        #
        #     sysrc rcshutdown_timeout=\(facts.releaseSeconds)
        #     echo kern.init_shutdown_timeout=\(facts.releaseSeconds + 30) >> /etc/sysctl.conf

        . /etc/rc.subr

        name="failover"
        desc="Failover: signals of the shared address"
        rcvar="failover_enable"

        : ${failover_enable:="NO"}

        pidfile="/var/run/${name}.pid"
        procname="/usr/sbin/daemon"
        command="/usr/sbin/daemon"
        # -r: the watcher is started again when it dies. Restarting it changes nothing on the node.
        command_args="-f -r -P ${pidfile} \(facts.call("watch"))"
        required_dirs="\(facts.plans)"
        stop_cmd="failover_stop"


        """
    }

    private static func functions(_ facts: InstallFacts) -> String {
        let calls = facts.pairs.map { pair in
            "    \(facts.call("switch", "--hold --pair \(pair.name)")) </dev/null &"
        }
        return """
            # Ends the watcher and nothing else: runs that are under way are no children of it.
            failover_stop()
            {
                if [ -n "${rc_pid}" ]; then
                    echo "Stopping ${name}."
                    kill -TERM ${rc_pid}
                    waited=0
                    while kill -0 ${rc_pid} 2>/dev/null && [ ${waited} -lt 10 ]; do
                        sleep 1
                        waited=$((waited + 1))
                    done
                fi
                # rc.shutdown(8) sets rc_shutdown; `service failover stop` and `restart` do not.
                if [ -n "${rc_shutdown:-}" ]; then
                    failover_release
                fi
                return 0
            }

            # Yields the addresses and releases the pools, while hastd and the network are there.
            failover_release()
            {
                echo "Releasing the pairs."
            \(calls.joined(separator: "\n"))
                wait
            }


            """
    }
}
