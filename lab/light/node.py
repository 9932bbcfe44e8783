"""A node of the light tier: namespaces on this kernel, in which real daemons run.

Touches the folder that it is given and the namespaces that it makes. What a machine has and a
namespace has not is played: a boot identity, a host id, and the loss of power, which is the end of
the namespace's first process.
"""

import os
import signal
import subprocess
import time

from lab.command import Failure, limit, run

HERE = os.path.dirname(os.path.abspath(__file__))


class Node:
    """One of both nodes; `network` is the name of its network namespace."""

    def __init__(self, name, folder, shared, network):
        self.name, self.folder, self.shared, self.network = name, folder, shared, network
        self.init = None
        self.pid = None
        self.daemons = []

    def log(self, name):
        return os.path.join(self.folder, f"{name}.log")

    # -- power

    def start(self):
        """Switches the node on: its namespaces are there, and no daemon runs yet."""
        os.makedirs(self.folder, exist_ok=True)
        with open(self.log("init"), "a") as log:
            self.init = subprocess.Popen(
                ["ip", "netns", "exec", self.network, "unshare", "--mount", "--pid", "--uts",
                 "--fork", "--mount-proc", "--kill-child", os.path.join(HERE, "node", "init"),
                 self.name, self.folder, self.shared],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + limit(20)
        while time.monotonic() < end:
            self.pid = self.first_process()
            if self.pid and os.path.exists(f"/proc/{self.pid}/root/run/ready"):
                return
            time.sleep(0.05)
        raise Failure(f"node {self.name} is not up; see {self.log('init')}")

    def first_process(self):
        """The number, on this machine, of the node's first process."""
        try:
            with open(f"/proc/{self.init.pid}/task/{self.init.pid}/children") as file:
                return int(file.read().split()[0])
        except (OSError, IndexError):
            return None

    def kill(self):
        """Takes the power away."""
        if self.init is None:
            return
        if self.pid:
            try:
                os.kill(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.init.wait(limit(20))
        for daemon in self.daemons:
            daemon.wait(limit(20))
        self.init, self.pid, self.daemons = None, None, []

    @property
    def is_on(self):
        return self.init is not None

    # -- commands

    def argv(self, words):
        return ["nsenter", "-t", str(self.pid), "-m", "-p", "-n", "-u", "--", *words]

    def do(self, *words, seconds=30, check=True):
        """Runs a command in the node to its end, and returns what it printed."""
        return run(self.argv(words), seconds, log=self.log("commands"), check=check)

    def code(self, *words, seconds=30):
        """Runs a command in the node, and returns its exit code."""
        with open(self.log("commands"), "a") as log:
            try:
                return subprocess.run(self.argv(words), stdin=subprocess.DEVNULL, stdout=log,
                                      stderr=log, timeout=limit(seconds)).returncode
            except subprocess.TimeoutExpired:
                raise Failure(f"{self.name}: {' '.join(words)}: not done after "
                              f"{limit(seconds):.0f} s") from None

    def daemon(self, *words):
        """Starts a daemon that stays in the foreground."""
        with open(self.log(os.path.basename(words[0])), "a") as log:
            started = subprocess.Popen(self.argv(words), stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log, start_new_session=True)
        self.daemons.append(started)
        return started

    def until(self, what, seconds, holds):
        """Waits until `holds()`; returns the seconds that took."""
        began = time.monotonic()
        while True:
            took = time.monotonic() - began
            if holds():
                return took
            if took > limit(seconds):
                raise Failure(f"{self.name}: {what}: not after {took:.0f} s; see {self.folder}")
            time.sleep(0.05)

    # -- what is there

    @property
    def has_pool(self):
        return self.is_on and self.code("zpool", "list", "-H", "tank") == 0

    @property
    def has_address(self):
        shown = run(["ip", "-n", self.network, "-o", "address"], 10)
        return f" {ADDRESS}/" in shown


ADDRESS = "10.79.0.10"
