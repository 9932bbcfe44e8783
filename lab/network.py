"""The networks of the pair: clients and both nodes at a bridge, and a cable between the nodes.

Touches one network namespace, which it makes and removes, and nothing outside it: the machine's own
addresses, routes and filters stay as they are. The cable for replication is a pair of Unix sockets.
"""

import os

from lab.command import run

NAMESPACE = "failover-lab"
NODES = {"a": "10.77.0.1", "b": "10.77.0.2"}
CLIENT = "10.77.0.100"
SHARED = "10.77.0.10"


def ip(*words, check=True):
    return run(["ip", *words], 20, check=check)


def make():
    remove()
    ip("netns", "add", NAMESPACE)
    inside = ["-n", NAMESPACE]
    ip(*inside, "link", "set", "lo", "up")
    ip(*inside, "link", "add", "lan", "type", "bridge", "forward_delay", "0")
    ip(*inside, "address", "add", f"{CLIENT}/24", "dev", "lan")
    ip(*inside, "link", "set", "lan", "up")
    for name in NODES:
        ip(*inside, "tuntap", "add", "dev", f"tap-{name}", "mode", "tap")
        ip(*inside, "link", "set", f"tap-{name}", "master", "lan", "up")


def remove():
    if NAMESPACE in ip("netns", "list").split():
        ip("netns", "delete", NAMESPACE)


def netdevs(name, folder):
    """QEMU's ends of both networks: the service network, then the cable."""
    local, remote = [os.path.join(folder, f"cable-{end}") for end in ends(name)]
    if os.path.exists(local):
        os.unlink(local)
    return [f"tap,ifname=tap-{name},script=no,downscript=no",
            f"dgram,local.type=unix,local.path={local},remote.type=unix,remote.path={remote}"]


def ends(name):
    return (name, "b" if name == "a" else "a")
