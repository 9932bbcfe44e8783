extension FakeTools {
    /// All of the tools in one script of sh, by its name; it uses nothing but what the shell has.
    ///
    /// The texts are those of `Tests/Facts`.
    static let script = #"""
        #!/bin/sh
        here=${0%/*}
        call="${0##*/} $*"
        get() { value=$2; [ ! -f "$here/state.$1" ] || read -r value <"$here/state.$1"; }
        put() { echo "$2" >"$here/state.$1"; }
        echo "$call" >>"$here/started"
        [ ! -f "$here/mishap" ] || . "$here/mishap"
        case $call in
        "hastctl list "*)
            get "role.$2" secondary
            printf '%s:\n  role: %s\n  status: complete\n  workerpid: 2546\n' "$2" "$value" ;;
        "hastctl role "*) put "role.$3" "$2" ;;
        "zpool list "*)
            get pool absent
            [ "$value" != absent ] || { echo "cannot open 'tank': no such pool" >&2; exit 1; }
            printf 'tank\t%s\n' "$value" ;;
        "route -n get -host "*)
            printf '   route to: %s\n      flags: <UP,HOST,DONE,LOCAL>\n' "$4" ;;
        "sysctl -n kstat.zfs.tank.misc.state")
            get pool absent
            [ "$value" != absent ] || { echo "sysctl: unknown oid '$2'" >&2; exit 1; }
            echo "$value" ;;
        "zpool get "*) printf 'cachefile\tnone\naltroot\t-\n' ;;
        "zpool import "*) put pool ONLINE ;;
        "zpool export "*) put pool absent; put mounted no ;;
        "zfs list "*sharenfs*)
            get pool absent
            [ "$value" != absent ] || { echo "cannot open 'tank': does not exist" >&2; exit 1; }
            get mounted no
            printf 'tank\ton\t/tank\t%s\toff\n' "$value" ;;
        "mount ") echo "/dev/ada0p2 on / (ufs, local)" ;;
        "zfs list "*)
            get pool absent
            [ "$value" != absent ] || { echo "cannot open 'tank': does not exist" >&2; exit 1; }
            get mounted no
            printf 'tank\ton\t/tank\t%s\n' "$value" ;;
        "zfs mount -a") put mounted yes ;;
        "zfs share -a") ;;
        "service "*" onestatus")
            get "service.$1" stopped
            [ "$value" = running ] || { echo "$1 is not running."; exit 1; }
            echo "$1 is running as pid 1234." ;;
        "service nfsd onestart") put service.mountd running; put service.nfsd running ;;
        "service nfsd onestop")
            put service.nfsd stopped
            echo "Stopping nfsd."; echo "kill: 3792: No such process" >&2; exit 1 ;;
        "service "*" onestart" | "service "*" onereload") put "service.$1" running ;;
        "service "*" onestop") put "service.$1" stopped ;;
        "ctladm portlist "*)
            get service.ctld stopped
            [ "$value" != running ] ||
                printf '%s\n  LUN 0: 0\n' "3 YES iscsi iscsi 257 1 iqn.2012-06.com:t0,t,0x0101" ;;
        "ctladm devlist")
            echo "LUN Backend       Size (Blocks)   BS Serial Number    Device ID       "
            echo "  0 block            2097152  512 MYSERIAL0000     MYDEVID0000     " ;;
        "ifconfig vlan50")
            get carp "MASTER vhid 1 advbase 1 advskew 0"
            printf 'vlan50: flags=8943<UP> metric 0 mtu 1500\n\tcarp: %s\n' "$value" ;;
        "ifconfig vlan50 vhid 1 advskew 254 state backup")
            put carp "BACKUP vhid 1 advbase 1 advskew 254" ;;
        "look "*) echo "looked" ;;
        *) put changed "$call" ;;
        esac
        """#
}
