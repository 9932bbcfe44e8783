#!/bin/sh
# The procedure that failover replaces, completed (docs/performance.md): what was lost of it is
# filled in as a careful person would, in its own manner. Its fixed delay is 0, its polls are its
# own: every second for the workers, every half second for the devices. It goes through the disks
# one after the other, and checks what it starts.
#
# usage: seed.sh master|slave; RESOURCES and POOL come from the environment.
# Original script by Freddie Cash, modified by Michael W. Lucas, Viktor Petersson and George
# Kontostanos.

resources=$RESOURCES
pool=${POOL:-tank}
delay=0
log=local0.debug
name=carp-hast

# FreeBSD's word for seq(1).
command -v jot >/dev/null 2>&1 || jot() { seq 1 "$1"; }

fail() {
    logger -p local0.error -t hast "$1"
    exit 1
}

# Starts a service and waits until it says that it runs.
start() {
    service "$1" onestart >/dev/null 2>&1
    for I in $(jot 60); do
        service "$1" onestatus >/dev/null 2>&1 && return
        sleep 0.5
    done
    fail "Service $1 did not start."
}

stop() {
    service "$1" onestatus >/dev/null 2>&1 || return
    service "$1" onestop >/dev/null 2>&1 || fail "Service $1 did not stop."
}

case "$1" in
master)
    logger -p $log -t $name "Switching to primary provider for ${resources}."
    sleep ${delay}
    # Wait for any "hastd secondary" processes to stop
    for disk in ${resources}; do
        while pgrep -lf "hastd: ${disk} \(secondary\)" >/dev/null 2>&1; do
            sleep 1
        done
        # Switch role for each disk
        hastctl role primary "${disk}" ||
            fail "Unable to change role to primary for resource ${disk}."
    done
    # Wait for the /dev/hast/* devices to appear
    for disk in ${resources}; do
        for I in $(jot 60); do
            [ -c "/dev/hast/${disk}" ] && break
            sleep 0.5
        done
        [ -c "/dev/hast/${disk}" ] || fail "GEOM provider /dev/hast/${disk} did not appear."
    done
    logger -p $log -t $name "Role for HAST resources ${resources} switched to primary."
    logger -p $log -t $name "Importing Pool"
    # Import ZFS pool. Do it forcibly as it remembers hostid of the other cluster node.
    out=$(zpool import -f "${pool}" 2>&1) || fail "ZFS pool import failed: ${out}."
    logger -p $log -t $name "ZFS pool ${pool} imported."
    start mountd
    start nfsd
    start ctld
    logger -p $log -t $name "Services started."
    ;;
slave)
    logger -p $log -t $name "Switching to secondary provider for ${resources}."
    stop ctld
    stop nfsd
    stop mountd
    if zpool list | grep -Eq "^${pool} "; then
        # Forcibly export file pool.
        out=$(zpool export -f "${pool}" 2>&1) || fail "Unable to export pool: ${out}."
        logger -p $log -t $name "ZFS pool ${pool} exported."
    fi
    for disk in ${resources}; do
        sleep $delay
        hastctl role secondary "${disk}" ||
            fail "Unable to switch role to secondary for resource ${disk}."
        logger -p $log -t $name "Role switched to secondary for resource ${disk}."
    done
    ;;
*)
    echo "usage: $0 master|slave" >&2
    exit 64
    ;;
esac
