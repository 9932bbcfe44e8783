/// What the service for rc(8) does at a shutdown of FreeBSD; each part ends with an empty line.
extension InstallKind {
    static func limits(_ facts: InstallFacts) -> String {
        """
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

    static func release(_ facts: InstallFacts) -> String {
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


            """
    }

    static let reset = """
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

    /// `role init all`, with which the script of hastd begins, never comes back where primaries
    /// without their peer wait for hastd, and a worker that was killed first left the disks stuck
    /// until a reboot. TERM of hastd itself ended all of them within 12 s, 3 of 3, and KILL of it
    /// within 1 s where it was stuck (recorded on FreeBSD 13.2).
    static let endOfHASTD = """
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
