"""The pair of the light tier: two nodes, one disk that both reach, a network, and clients.

Touches the folder that it is given, network namespaces named `light-…`, and one loop device; all of
that is gone at its end, save the folder with the logs.
"""

import os
import shutil
import signal
import subprocess
import sys
import time

from lab.command import Failure, limit, run
from lab.light.node import ADDRESS, HERE, Node

CLIENT = "light-client"
NETWORKS = {"a": "light-a", "b": "light-b"}
PRIORITY = {"a": "100", "b": "90"}
PROGRAM = os.path.join(os.path.dirname(HERE), "client.py")


class Pair:
    """Nodes `a` and `b`; `calls` says how keepalived tells failover: `fifo` or `notify`."""

    def __init__(self, folder, program, calls="fifo"):
        self.folder, self.program, self.calls = folder, os.path.abspath(program), calls
        self.shared = os.path.join(folder, "shared")
        self.loop = None
        self.nodes = {}
        self.clients = {}

    def __getitem__(self, name):
        return self.nodes[name]

    # -- making and removing

    def make(self):
        """A pool on a fresh disk, both nodes up, and `a` the one that serves."""
        os.makedirs(self.shared)
        self.make_networks()
        self.make_disk()
        for name, network in NETWORKS.items():
            folder = os.path.join(self.folder, name)
            self.nodes[name] = Node(name, folder, self.shared, network)
            settings = os.path.join(folder, "etc-failover")
            shutil.copytree(os.path.join(HERE, "node", "plans"), settings)
        self.make_pool()
        self.boot("a")
        self.until_serves("a")
        self.boot("b")

    def make_networks(self):
        self.remove_networks()
        run(["ip", "netns", "add", CLIENT])
        for words in (["link", "set", "lo", "up"],
                      ["link", "add", "lan", "type", "bridge", "forward_delay", "0"],
                      ["address", "add", "10.79.0.100/24", "dev", "lan"],
                      ["link", "set", "lan", "up"]):
            run(["ip", "-n", CLIENT, *words])
        for number, (name, network) in enumerate(NETWORKS.items(), 1):
            run(["ip", "netns", "add", network])
            run(["ip", "-n", CLIENT, "link", "add", f"to-{name}", "type", "veth", "peer", "name",
                 "eth0", "netns", network])
            run(["ip", "-n", CLIENT, "link", "set", f"to-{name}", "master", "lan", "up"])
            run(["ip", "-n", network, "link", "set", "lo", "up"])
            run(["ip", "-n", network, "address", "add", f"10.79.0.{number}/24", "dev", "eth0"])
            run(["ip", "-n", network, "link", "set", "eth0", "up"])

    def remove_networks(self):
        there = [line.split()[0] for line in run(["ip", "netns", "list"]).splitlines() if line]
        for network in [CLIENT, *NETWORKS.values()]:
            if network in there:
                run(["ip", "netns", "delete", network])

    def make_disk(self):
        path = os.path.join(self.folder, "disk.img")
        with open(path, "wb") as file:
            file.truncate(256 << 20)
        self.loop = run(["losetup", "--find", "--show", path]).strip()
        os.symlink(self.loop, os.path.join(self.shared, "disk"))

    def make_pool(self):
        """As an administrator does it once, on a node that nothing else runs on."""
        node = self["a"]
        node.start()
        self.start_zfs(node)
        node.do("zpool", "create", "-O", "mountpoint=/run/tank", "tank", "/run/shared/disk")
        for dataset in ["tank/share", "tank/volume"]:
            node.do("zfs", "create", dataset)
        node.do("truncate", "-s", "16M", "/run/tank/volume/disk")
        node.do("touch", "/run/tank/share/records")
        node.do("zpool", "export", "tank")
        node.kill()

    def remove(self):
        """Ends all that was started, and takes away what was made outside the folder."""
        self.end_clients()
        for node in self.nodes.values():
            node.kill()
        self.remove_networks()
        if self.loop:
            run(["losetup", "--detach", self.loop])
            self.loop = None

    # -- daemons

    def boot(self, name):
        """Switches a node on and starts what a boot starts, in its order."""
        node = self[name]
        node.start()
        node.daemon("rsyslogd", "-n", "-f", "/run/node/etc/rsyslog.conf", "-i", "/run/rsyslog.pid")
        node.until("a socket of syslog", 10, lambda: node.code("test", "-S", "/dev/log") == 0)
        self.start_zfs(node)
        node.do("mkdir", "-p", "/etc/failover/tgt")
        node.do("cp", "/run/node/etc/targets.conf", "/etc/failover/tgt/")
        node.do("mount", "--bind", "/etc/failover/tgt", "/etc/tgt")
        node.daemon("tgtd", "-f")
        node.until("tgtd", 10, lambda: node.code("tgtadm", "--op", "show", "--mode", "sys") == 0)
        if self.calls == "fifo":
            node.daemon(self.program, "watch")
        self.start_keepalived(node)

    def start_zfs(self, node):
        node.daemon("zfs-fuse", "--no-daemon")
        node.until("zfs-fuse", 20, lambda: node.code("zpool", "list") == 0)

    def start_keepalived(self, node):
        with open(os.path.join(HERE, "node", "etc", "keepalived.conf")) as file:
            text = file.read()
        notify = f'notify "{self.program} on --keepalived"'
        fifo = "vrrp_notify_fifo /run/failover/keepalived.fifo"
        is_fifo = self.calls == "fifo"
        for word, value in [("NODE", node.name), ("PRIORITY", PRIORITY[node.name]),
                            ("NOTIFY_FIFO", fifo if is_fifo else ""),
                            ("NOTIFY", "" if is_fifo else notify)]:
            text = text.replace(word, value, 1)
        path = os.path.join(node.folder, "etc-failover", "keepalived.conf")
        with open(path, "w") as file:
            file.write(text)
        node.daemon("keepalived", "-n", "-l", "-D", "-f", "/etc/failover/keepalived.conf",
                    "-p", "/run/keepalived.pid", "-r", "/run/vrrp.pid")

    def failover(self, name, *words, seconds=60, check=True):
        """Runs failover in a node as a person does."""
        return self[name].do(self.program, *words, seconds=seconds, check=check)

    # -- the network

    def cut(self, name):
        """Nothing gets through to a node or from it, in silence."""
        run(["ip", "-n", CLIENT, "link", "set", f"to-{name}", "nomaster"])

    def heal(self, name):
        run(["ip", "-n", CLIENT, "link", "set", f"to-{name}", "master", "lan"])

    # -- clients

    def start_clients(self):
        for kind in ["nfs", "iscsi"]:
            with open(os.path.join(self.folder, f"client-{kind}.log"), "a") as log:
                self.clients[kind] = subprocess.Popen(
                    self.client("write", kind), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True)

    def client(self, verb, kind):
        return ["ip", "netns", "exec", CLIENT, sys.executable, PROGRAM, verb, kind, ADDRESS,
                self.notes(kind), "4"]

    def notes(self, kind):
        return os.path.join(self.folder, f"{kind}.notes")

    def acknowledged(self, kind):
        """The times at which writes were acknowledged."""
        if not os.path.exists(self.notes(kind)):
            return []
        with open(self.notes(kind)) as file:
            return [float(line.split()[1]) for line in file if line.endswith("\n")]

    def end_clients(self):
        for client in self.clients.values():
            os.killpg(client.pid, signal.SIGKILL)
            client.wait(limit(10))
        self.clients = {}

    def until_written(self, since, seconds=60):
        """Waits until both clients had a write acknowledged after `since`; the longest silence of
        either that lay around it."""
        end = time.monotonic() + limit(seconds)
        while not all(self.acknowledged(kind)[-1:] > [since] for kind in self.clients):
            if time.monotonic() > end:
                raise Failure("the clients get no answer; see the logs of both")
            time.sleep(0.1)
        return max(self.silence(kind, since) for kind in self.clients)

    def silence(self, kind, since):
        times = self.acknowledged(kind)
        gaps = [after - before for before, after in zip(times, times[1:]) if after > since]
        return max(gaps, default=0.0)

    # -- what must be so

    def until_serves(self, name, seconds=40):
        """Waits until a node has ended its run as master; returns the seconds that took."""
        return self[name].until("serves", seconds, lambda: self.serves(name))

    def serves(self, name):
        node = self[name]
        return node.has_address and node.has_pool and self.listens(2049) and self.listens(3260)

    def listens(self, port):
        probe = ["ip", "netns", "exec", CLIENT, sys.executable, "-c",
                 "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 1)",
                 ADDRESS, str(port)]
        return subprocess.run(probe, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=limit(10)).returncode == 0
