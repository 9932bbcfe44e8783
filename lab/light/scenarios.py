"""What befalls the light pair; each scenario begins with `a` as master and clients that write.

A scenario returns which node is master at its end; what must be true then is the audit's affair.
"""

import time

from lab.command import Failure


def switchover(pair):
    """A planned handover, and back."""
    for giver, taker in [("a", "b"), ("b", "a")]:
        began = time.monotonic()
        pair.failover(giver, "switch")
        pair.until_serves(taker)
        pair.until_written(began)
    return "a"


def master_killed(pair):
    """The master loses its power while clients write; it comes back as standby."""
    began = time.monotonic()
    pair["a"].kill()
    pair.until_serves("b")
    pair.until_written(began)
    pair.boot("a")
    settle(pair, "a", "does-not")
    return "b"


def flapping(pair):
    """The address moves five times in a few seconds; what is wanted last comes about."""
    for _ in range(5):
        master = "a" if pair["a"].has_address else "b"
        pair[master].do("sh", "-c", "echo 1 >/run/failover/yield")
        time.sleep(1)
        pair[master].do("rm", "-f", "/run/failover/yield")
        time.sleep(1)
    began = time.monotonic()
    master = settled(pair)
    pair.until_serves(master)
    pair.until_written(began)
    return master


def engine_killed(pair):
    """The engine is killed in the middle of a takeover; the next one takes the run up."""
    began = time.monotonic()
    pair["a"].kill()
    node = pair["b"]
    # Neither pattern is the text that it looks for: the engine would take this shell for the
    # disk's holder, and the shell itself for the engine.
    node.do("sh", "-c", """
        until pgrep -f '[s]h /run/node/holds-the-disk'; do sleep 0.01; done
        pkill -KILL -f '[f]ailover worker'""")
    pair.until_serves("b", 90)
    node.do("grep", "-rq", '"resumed"', "/var/lib/failover/default/runs")
    pair.until_written(began)
    pair.boot("a")
    settle(pair, "a", "does-not")
    return "b"


ALL = {
    "switchover": switchover,
    "master-killed": master_killed,
    "flapping": flapping,
    "engine-killed": engine_killed,
}
# keepalived calls `failover on` itself, and no service listens.
BY_NOTIFY = ["switchover", "master-killed"]


def settled(pair):
    """Who has the address, once just one node has it for a while, and holds the pool."""
    since, last = time.monotonic(), None
    end = since + 90
    while time.monotonic() < end:
        owners = [name for name, node in pair.nodes.items() if node.is_on and node.has_address]
        if len(owners) != 1 or owners != last:
            since, last = time.monotonic(), owners
        elif time.monotonic() - since > 5 and pair[owners[0]].has_pool:
            return owners[0]
        time.sleep(0.2)
    raise Failure("the pair does not settle on one master")


def settle(pair, name, master):
    """Waits until failover on a node sees what the node is, and nothing runs any more."""
    def rests():
        seen = pair.failover(name, "status", "--json", check=False)
        return f'"master":"{master}"' in seen and '"running":false' in seen

    pair[name].until("rest", 60, rests)
