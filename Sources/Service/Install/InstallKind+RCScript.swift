extension InstallKind {
    /// The service for rc(8).
    ///
    /// rcorder(8) starts it after all that it rests on, and rc.shutdown(8) goes the other way: it
    /// is the first to stop (recorded on FreeBSD 13.2).
    static func rcScript(_ facts: InstallFacts) -> [InstallFile] {
        let text =
            head(facts) + stop + limits(facts) + release(facts) + reset + endOfHASTD + """
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
        # A shutdown releases the pairs first and ends hastd, whose own script would take the disks
        # away under an imported pool: the machine then hangs, half down, and may be master again.
        # A pool that does not come free ends in a reset of the machine, without a sync. All of that
        # has the time that rc.shutdown(8) has (90 s) and init(8) gives it (120 s); a release may
        # take longer, and is cut short until you say:
        #
        #     sysrc rcshutdown_timeout=\(facts.shutdownSeconds)
        #     echo kern.init_shutdown_timeout=\(facts.shutdownSeconds + 30) >> /etc/sysctl.conf
        #     sysctl kern.init_shutdown_timeout=\(facts.shutdownSeconds + 30)

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
        start_precmd="failover_warn"
        stop_cmd="failover_stop"


        """
    }

    private static let stop = """
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
                failover_shutdown
            fi
            return 0
        }


        """
}
