"""A scenario under way: the pair in service, its clients, and what is measured.

Touches the pair and its clients. A scenario is a file in scenarios/ with a sentence and a function
`play(trial)`; it raises `Failure` when something does not come about.
"""

import re
import time

from lab import network
from lab.command import Failure, limit

# One tool, and it reads files: each process that a look starts delays what is looked at.
LOOK = """
[ -e /proc/spl/kstat/zfs/tank/state ] && echo pool
for target in /sys/kernel/config/target/iscsi/iqn*; do [ -d "$target" ] && echo iscsi; done
{ read -r threads </proc/fs/nfsd/threads && [ "$threads" -gt 0 ] && echo nfs; } 2>/dev/null
grep -hE '^ *[0-9]+: cs:|-- ' /proc/drbd /proc/net/fib_trie
"""
ROLE = ["address", "pool", "nfs", "iscsi"]
DISK = re.compile(r"(?m)^ *[01]: cs:(\w+) ro:(\w+).* ds:(\w+)")


class View:
    """What a look at a node shows."""

    def __init__(self, text):
        lines = [line.strip() for line in text.split("\n")]
        self.has = {word: word in lines for word in ROLE}
        # The kernel's own addresses are the leaves of its table.
        self.has["address"] = f"|-- {network.SHARED}" in lines
        self.disks = DISK.findall(text)

    @property
    def is_master(self):
        return all(self.has.values()) and all(role == "Primary" for _, role, _ in self.disks)

    @property
    def is_slave(self):
        return not any(self.has.values()) and all(role != "Primary" for _, role, _ in self.disks)

    @property
    def is_whole(self):
        return bool(self.disks) and all(
            (link, disk) == ("Connected", "UpToDate") for link, _, disk in self.disks)

    def __str__(self):
        words = [word for word in ROLE if self.has[word]] + [" ".join(disk) for disk in self.disks]
        return ", ".join(words) or "nothing"


class Trial:
    """One scenario, from its first mishap to its verdict."""

    def __init__(self, pair, means, clients, say):
        self.pair, self.means, self.clients, self.say = pair, means, clients, say
        self.since = time.monotonic()
        self.take_over = self.own = None
        # What may be so at the end and is no fault here, and what a person should read.
        self.notes = []

    def view(self, node):
        return View(node.ask(LOOK, 60).out)

    def views(self):
        """Of both nodes at once."""
        begun = {node: node.begin(LOOK) for node in self.pair if node.is_running}
        return {node.name: View(node.answer(look, LOOK, 60).out) for node, look in begun.items()}

    def master(self):
        """The node that serves."""
        views = self.views()
        found = [name for name, view in views.items() if view.is_master]
        if len(found) != 1:
            raise Failure("no single master: " + "; ".join(f"{name}: {view}"
                                                           for name, view in views.items()))
        return self.pair[found[0]]

    @property
    def by_plan(self):
        return self.means.name == "plan"

    def power(self, node):
        """Switches a node on."""
        node.start(network.NAMESPACE)

    def booted(self, node):
        """Waits until a node that was switched on has booted to the end."""
        node.wait_ready()
        node.until("systemctl is-active multi-user.target", 150, "the end of the boot")
        self.means.account(node)

    def boot(self, node):
        self.power(node)
        self.booted(node)

    def plug_replication(self, up):
        """The cable between the nodes; both see its carrier."""
        for node in self.pair:
            node.plug(1, up)

    def mishap(self, text):
        """From now on it is measured."""
        self.say(f"  {text}")
        self.since = time.monotonic()

    def hand_over(self, master, meanwhile=""):
        """A switchover; meanwhile a line of shell runs where it goes to, and tells what it did."""
        peer = self.pair.peer(master.name)
        done = peer.begin(meanwhile) if meanwhile else None
        self.means.switch(master)
        self.await_master(peer, 300)
        if done:
            self.say(f"  {peer.name}: {peer.answer(done, meanwhile, 60).out.strip()}")
        self.measure(peer)

    def await_master(self, node, seconds):
        """Waits until a node serves, and its clients know it; measures the take-over."""
        self.await_view(node, lambda view: view.is_master, seconds, "mastery")
        self.take_over = time.monotonic() - self.since
        self.clients.wait_served(time.monotonic(), 60, f"the clients of {node.name}")
        self.say(f"  {node.name} serves")

    def await_settled(self, seconds):
        """Waits until one node serves, whichever, and goes on to for ten looks in a row."""
        until = time.monotonic() + limit(seconds)
        looks, last = 0, None
        while looks < 10:
            views = self.views()
            masters = [name for name in views if views[name].is_master]
            slaves = [name for name in views if views[name].is_slave]
            is_so = len(masters) == 1 and len(masters) + len(slaves) == len(views)
            looks = looks + 1 if is_so and masters == last else 0
            last = masters
            if time.monotonic() > until:
                raise Failure("no rest: " + "; ".join(f"{name}: {view}"
                                                      for name, view in views.items()))
            time.sleep(1)
        self.await_master(self.pair[last[0]], 30)
        return self.pair[last[0]]

    def await_view(self, node, is_so, seconds, what):
        until = time.monotonic() + limit(seconds)
        while True:
            view = self.view(node)
            if is_so(view):
                return
            if time.monotonic() > until:
                raise Failure(f"{node.name}: {what} did not come about in {limit(seconds):.0f} s: "
                              f"{view}")
            time.sleep(0.5)

    def await_whole(self, seconds):
        """Waits until both copies of all disks are full and connected."""
        for node in self.pair:
            self.await_view(node, lambda view: view.is_whole, seconds, "a full copy")

    def settle(self):
        """Waits until neither node has anything under way, so that it can be audited."""
        if self.by_plan:
            self.pair.each(self.settled, [node for node in self.pair if node.is_running])

    def settled(self, node):
        until = time.monotonic() + limit(60)
        while True:
            status = self.means.status(node)
            if not status["running"] and not status.get("wanted"):
                return
            if time.monotonic() > until:
                raise Failure(f"{node.name} does not come to rest: {status}")
            time.sleep(1)

    def measure(self, node):
        """Takes the figures of a take-over from the journal of who took over."""
        if self.by_plan:
            run = self.means.newest(node, "become-master")
            self.own = self.means.own_time(node, run)
            self.say(f"  {run.told()}")
