extension InstallKind {
    /// The service for rc(8).
    ///
    /// rcorder(8) starts it after all that it rests on, and rc.shutdown(8) goes the other way: it
    /// is the first to stop (recorded on FreeBSD 13.2).
    static func rcScript(_ facts: InstallFacts) -> [InstallFile] {
        let text =
            head(facts) + service(facts) + shutdown(facts) + endOfHASTD + """
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

    private static func service(_ facts: InstallFacts) -> String {
        """
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

        # What a shutdown leaves to the release and to the end of hastd, in seconds: 35 are for the
        # watcher and the looks, 20 at least for hastd.
        failover_limits()
        {
            release_limit=\(facts.releaseSeconds)
            hastd_limit=60
            for timeout in "${rcshutdown_timeout:-}" \\
                "$(sysctl -n kern.init_shutdown_timeout 2>/dev/null)"; do
                case ${timeout} in
                '' | *[!0-9]*) continue ;;
                esac
                if [ ${release_limit} -gt $((timeout - 55)) ]; then
                    release_limit=$((timeout - 55))
                fi
                if [ ${hastd_limit} -gt $((timeout - 35 - release_limit)) ]; then
                    hastd_limit=$((timeout - 35 - release_limit))
                fi
            done
            if [ ${release_limit} -lt 1 ]; then
                release_limit=1
            fi
        }

        failover_warn()
        {
            failover_limits
            if [ ${release_limit} -lt \(facts.releaseSeconds) ]; then
                warn "a shutdown gives a release ${release_limit} s of \(facts.releaseSeconds):" \\
                    "set rcshutdown_timeout, as the head of its script says"
            fi
            return 0
        }


        """
    }

    private static func shutdown(_ facts: InstallFacts) -> String {
        let calls = facts.pairs.map { pair in
            "    failover_release \(pair.name) </dev/null &"
        }
        return """
            # Releases the pools while hastd and the network are there, then ends hastd.
            failover_shutdown()
            {
                failover_limits
                echo "Releasing the pairs, for ${release_limit} s at most."
            \(calls.joined(separator: "\n"))
                wait
                if failover_holds_a_pool; then
                    failover_reset
                else
                    failover_end_hastd
                fi
            }

            # Yields the address of a pair and releases its pool, whoever holds the pair: what a
            # person holds it for ends with the system.
            failover_release()
            {
                timeout --foreground -k 2 10 \\
                    \(facts.call("hold", #"--acquires --pair "$1" "a shutdown""#))
                timeout --foreground -k 5 ${release_limit} \\
                    \(facts.call("switch", #"--hold --pair "$1""#))
            }

            # Whether a pool lies on hastd's disks; one that cannot be told of counts.
            failover_holds_a_pool()
            {
                pools=$(timeout --foreground -k 2 5 zpool list -v 2>&1) || return 0
                case ${pools} in
                *" hast/"*) return 0 ;;
                esac
                return 1
            }

            # What `fence-self` does, by the tool that makes that call and nothing before it.
            failover_reset()
            {
                text="a pool is not released, so that this machine is reset without a sync"
                echo "${text}"
                logger -p daemon.crit -t failover "${text}"
                reboot -nq
                warn "the reset failed"
            }


            """
    }

    /// `role init all`, with which the script of hastd begins, never comes back where primaries
    /// without their peer wait for hastd, and TERM of a worker takes a disk for good; TERM of hastd
    /// itself ended all of them within 12 s, 3 of 3, and KILL of it within 1 s where it was stuck
    /// (recorded on FreeBSD 13.2).
    private static let endOfHASTD = """
        # Ends hastd by a signal to it and to none of its workers, so that its own script, which may
        # wait for ever, finds nothing to stop.
        failover_end_hastd()
        {
            hastd_pid=$(cat /var/run/hastd.pid 2>/dev/null)
            case ${hastd_pid} in
            '' | *[!0-9]*) return 0 ;;
            esac
            if [ "$(ps -o comm= -p ${hastd_pid})" != "hastd" ]; then
                return 0
            fi
            echo "Stopping hastd, for ${hastd_limit} s at most."
            kill -TERM ${hastd_pid}
            if failover_await_hastd ${hastd_limit}; then
                return 0
            fi
            kill -KILL ${hastd_pid}
            failover_await_hastd 5 || warn "hastd does not end"
        }

        failover_await_hastd()
        {
            waited=0
            while pgrep -x hastd >/dev/null; do
                if [ ${waited} -ge $1 ]; then
                    return 1
                fi
                sleep 1
                waited=$((waited + 1))
            done
        }


        """
}
