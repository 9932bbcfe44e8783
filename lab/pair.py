"""The pair under test: two machines, their disks, and what an administrator set up on them.

Touches the folder that it is given, its machines, and the lab's network namespace.
"""

import os
import shutil
import threading

from lab import network
from lab.command import Failure, run
from lab.machine import Machine, make_disk, make_overlay

HERE = os.path.dirname(os.path.abspath(__file__))
DISK = 256 << 20
RESOURCES = ["r0", "r1"]


class Pair:
    """Nodes `a` and `b`."""

    def __init__(self, folder, image, program, plans):
        self.folder, self.image = folder, image
        self.program, self.plans = program, plans
        self.machines = {}

    def __getitem__(self, name):
        return self.machines[name]

    def __iter__(self):
        return iter(self.machines.values())

    def peer(self, name):
        return self.machines["b" if name == "a" else "a"]

    def make(self):
        """Fresh disks, and both machines booted; nothing is set up on them yet."""
        network.make()
        payload = self.pack()
        for number, name in enumerate(network.NODES, 1):
            folder = os.path.join(self.folder, name)
            os.makedirs(folder)
            own = os.path.join(folder, "payload.ext4")
            run(["cp", "--sparse=always", payload, own], 30)
            disks = [make_overlay(os.path.join(folder, "root.qcow2"),
                                  os.path.join(self.image, "root.ext4")), (own, "raw")]
            disks += [make_disk(os.path.join(folder, f"{resource}.disk"), DISK)
                      for resource in RESOURCES]
            self.machines[name] = Machine(name, number, folder, self.image, disks,
                                          network.netdevs(name, self.folder))
        self.start()

    def pack(self):
        """What both nodes read from /lab: the program, the plans and the files beside this one."""
        tree = os.path.join(self.folder, "payload")
        shutil.copytree(os.path.join(HERE, "node"), tree)
        shutil.copy(self.program, os.path.join(tree, "failover"))
        shutil.copytree(self.plans, os.path.join(tree, "plans"))
        path = os.path.join(self.folder, "payload.ext4")
        run(["mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-d", tree, path, "128M"], 60)
        shutil.rmtree(tree)
        return path

    def start(self):
        for node in self:
            node.start(network.NAMESPACE)
        for node in self:
            node.wait_ready()

    def each(self, action, nodes=None):
        """Does the same on both nodes at once, or on some."""
        nodes, failures = list(self if nodes is None else nodes), []

        def attempt(node):
            try:
                action(node)
            except Failure as failure:
                failures.append(failure)

        threads = [threading.Thread(target=attempt, args=(node,)) for node in nodes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    def remove(self):
        """Ends both machines and takes the networks away; the folder stays, with all logs."""
        for node in self:
            node.kill()
        network.remove()
        for node in self:
            for path, _ in node.disks:
                if os.path.exists(path):
                    os.unlink(path)
