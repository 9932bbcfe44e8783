"""The clients of the pair: one by NFS and one by iSCSI, writing through the shared address.

Touches the processes that it starts, in the lab's network namespace, and their notes in a folder.
"""

import os
import subprocess
import sys
import time

from lab import command, network
from lab.client import noted
from lab.command import Failure, limit

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "client.py")
KINDS = ["nfs", "iscsi"]
# The addresses of what is asked, and how long a client waits for one answer.
SERVERS = {"nfs": network.SHARED, "iscsi": f"{network.SHARED}:3260"}
SILENCE = 4


class Clients:
    """Both of them, and what they were told is safe."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []

    def notes(self, kind):
        return os.path.join(self.folder, f"{kind}.acknowledged")

    def argv(self, verb, kind):
        return ["ip", "netns", "exec", network.NAMESPACE, sys.executable, PROGRAM, verb, kind,
                SERVERS[kind], self.notes(kind), str(round(SILENCE * command.PACE))]

    def start(self):
        for kind in KINDS:
            with open(os.path.join(self.folder, f"{kind}.log"), "a") as log:
                self.processes.append(subprocess.Popen(
                    self.argv("write", kind), stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def stop(self):
        for process in self.processes:
            process.kill()
            process.wait(limit(10))
        self.processes = []

    def acknowledged(self, kind, since=0.0):
        """The times of the acknowledged writes after a moment."""
        return [at for _, at in noted(self.notes(kind)) if at > since]

    def wait_served(self, since, seconds, what):
        """Waits until each client has had a write acknowledged after a moment."""
        until = time.monotonic() + limit(seconds)
        while True:
            waiting = [kind for kind in KINDS if not self.acknowledged(kind, since)]
            if not waiting:
                return
            if time.monotonic() > until:
                raise Failure(f"{what}: {' and '.join(waiting)} not served after "
                              f"{limit(seconds):.0f} s")
            time.sleep(0.2)

    def outage(self, since):
        """The longest time between two acknowledged writes that ended after a moment."""
        longest = 0.0
        for kind in KINDS:
            times = self.acknowledged(kind)
            longest = max([longest] + [later - earlier for earlier, later
                                       in zip(times, times[1:]) if later > since])
        return longest

    def verify(self, kind):
        """What a client cannot read back of what it was told is safe; nothing if all is well."""
        # A server that has just begun to serve may still be in its grace period.
        for _ in range(4):
            done = subprocess.run(self.argv("verify", kind), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                  timeout=limit(120))
            if done.returncode < 2:
                break
            time.sleep(5)
        return [] if done.returncode == 0 else [f"{kind}: {done.stdout.strip()}"]
