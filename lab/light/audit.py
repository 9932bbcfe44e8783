"""What must be true of the light pair after every scenario.

Reads only; touches nothing.
"""

import json
import time

from lab.command import Failure, limit, run


def check(pair, master):
    """One master, one pool, every acknowledged write, and journals that say the same."""
    for name, node in pair.nodes.items():
        if not node.is_on:
            continue
        if node.has_pool != (name == master):
            raise Failure(f"node {name} {'has' if node.has_pool else 'lacks'} the pool, and "
                          f"{master} is master")
        if node.has_address != (name == master):
            raise Failure(f"node {name} {'has' if node.has_address else 'lacks'} the address, and "
                          f"{master} is master")
        check_status(pair, name, "master" if name == master else "slave")
    pair.end_clients()
    for kind in ["nfs", "iscsi"]:
        if pair.acknowledged(kind):
            read_back(pair, kind)


def read_back(pair, kind):
    """Reads every acknowledged write; a server in its grace time is asked again."""
    end = time.monotonic() + limit(30)
    while True:
        try:
            return run(pair.client("verify", kind), 60)
        except Failure:
            if time.monotonic() > end:
                raise
        time.sleep(1)


def check_status(pair, name, role):
    """That failover knows what the node is, that no run is under way, and that none is stuck."""
    for line in pair.failover(name, "status", "--json", check=False).splitlines():
        status = json.loads(line)
        if status.get("fact") != "status":
            continue
        if status["running"]:
            raise Failure(f"node {name}: a run is still under way: {line}")
        ending = (status.get("run") or {}).get("ending")
        if ending == "stuck":
            raise Failure(f"node {name}: stuck: {line}")
        if status.get("wanted") not in (None, role):
            raise Failure(f"node {name} is {role}, and {status['wanted']} is wanted: {line}")
        if status["master"] != ("holds" if role == "master" else "does-not"):
            raise Failure(f"node {name} is {role}, and failover sees: {status['master-detail']}")
