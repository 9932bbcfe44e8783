"""What takes the pair over in the nodes: the plans under failover, or the script they replace.

Touches the nodes, as an administrator would; nothing on the machine that the lab runs on.
"""

import base64
import json
import re
import struct

from lab.command import Failure

# Process accounting of the kernel, version 3: user and system time in ticks of 10 ms.
ACCOUNT = struct.Struct("<2BH6If8H16s")
ACCOUNTING = ("touch /var/account && python3 -c 'import ctypes; "
              "ctypes.CDLL(None).acct(b\"/var/account\")'")


class Run:
    """A run of a plan, from its journal."""

    def __init__(self, text):
        self.lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        self.heading, self.records = self.lines[0], self.lines[1:]
        self.plan = self.heading["plan"]

    @property
    def ending(self):
        return next((r["ending"] for r in self.records if r["fact"] == "ended"), None)

    @property
    def reason(self):
        return next((r["reason"] for r in self.records if r["fact"] == "ended"), "")

    @property
    def warnings(self):
        return [r["text"] for r in self.records if r["fact"] == "warned"]

    def seconds(self):
        """How long it took until the last step was done."""
        ends = [r["at"] for r in self.records if r["fact"] in ("step-ended", "ended")]
        return (max(ends) - self.records[0]["at"]) / 1000 if ends else 0.0

    def in_tools(self):
        """For how much of it a command was under way."""
        began, spans = {}, []
        for record in self.records:
            if record["fact"] == "command-began":
                began[record["work"]] = record["at"]
            elif record["fact"] in ("command-ended", "command-given-up"):
                spans.append((began.pop(record["work"], record["at"]), record["at"]))
        total, until = 0, None
        for start, end in sorted(spans):
            start = start if until is None else max(start, until)
            total += max(0, end - start)
            until = end if until is None else max(until, end)
        return total / 1000

    def steps(self):
        """How long each step took, and how it came out."""
        began, steps = {}, []
        labels = self.heading["labels"]
        for record in self.records:
            if record["fact"] == "step-began":
                began[record["node"]] = record["at"]
            elif record["fact"] == "step-ended":
                took = record["at"] - began.get(record["node"], record["at"])
                steps.append((labels[record["node"]], took / 1000, record["result"]))
        return steps

    def told(self):
        """Where its time went, in a line."""
        steps = [f"{label} {took:.1f} s" for label, took, _ in self.steps() if took >= 0.1]
        return (f"{self.plan} took {self.seconds():.1f} s, a tool was under way for "
                f"{self.in_tools():.1f} s: {'; '.join(steps)}")


def commands(records):
    """The tools that were started, for each step in their order."""
    steps = {}
    for record in records:
        if record["fact"] == "command-began" and "tool" in record["command"]:
            steps.setdefault(record["node"], []).append(" ".join(record["command"]["tool"]))
    return [steps[node] for node in sorted(steps)]


class Plan:
    """The shipped plans, under `failover watch`."""

    name = "plan"
    # What it needs of docs/linux.md: all.
    sections = range(2, 9)

    def switch(self, node):
        return node.do("failover switch", 300)

    def history(self, node, last):
        """Where so many runs of a node have ended, the newest, the oldest of them first."""
        listed = node.do(f"failover history --json --last {last}", 60)
        return [json.loads(line) for line in listed.splitlines() if line.strip()][::-1]

    def runs(self, node, last):
        """The same runs, with all that their journals say."""
        names = [entry["run"] for entry in self.history(node, last)]
        told = node.do("".join(f"failover show {name} --json\n" for name in names), 120)
        # Each begins with its heading.
        return [Run(text) for text in re.split(r'(?m)^(?=.*"fact":"run")', told) if text]

    def run(self, node, name=""):
        return Run(node.do(f"failover show {name} --json", 60))

    def newest(self, node, plan):
        """The newest run of a plan on a node."""
        for entry in reversed(self.history(node, 20)):
            if entry.get("plan") == plan:
                return self.run(node, entry["run"])
        raise Failure(f"{node.name} has no run of {plan}")

    def preview(self, node, plan):
        """What the plan would do now, were this node the address's master."""
        result = node.ask(f"failover preview /etc/failover/{plan}.yaml --json "
                          "--assume keepalived=master", 90)
        if result.code != 0:
            raise Failure(f"{node.name}: the preview of {plan} ends with {result}")
        return commands([json.loads(line) for line in result.out.splitlines()][1:])

    def account(self, node):
        """Lets the kernel note what each process took, from now to the next boot."""
        node.do(ACCOUNTING, 60)

    def own_time(self, node, run):
        """The processor time of the engine that did a run, its tools not counted: seconds. None
        while it is not to be had, since a process is noted when it ends."""
        data = base64.b64decode(node.do("base64 -w0 /var/account", 60))
        pid, total = run.heading["pid"], None
        for place in range(0, len(data) - ACCOUNT.size + 1, ACCOUNT.size):
            entry = ACCOUNT.unpack_from(data, place)
            if entry[6] == pid and entry[-1].startswith(b"failover"):
                total = (ticks(entry[10]) + ticks(entry[11])) / 100
        return total

    def status(self, node):
        result = node.ask("failover status --json", 60)
        lines = [json.loads(line) for line in result.out.splitlines() if line.strip()]
        if not lines:
            raise Failure(f"{node.name}: `failover status` says nothing: {result}")
        return lines[0]


class Script:
    """The script, called by keepalived."""

    name = "script"
    sections = range(2, 6)
    begin = ("cp /lab/keepalived.conf /etc/keepalived/ && systemctl enable keepalived.service && "
             "systemctl start keepalived.service")

    def account(self, node):
        """There is nothing of its own to account for."""

    def runs(self, *_):
        """It keeps no journal."""
        return []

    def switch(self, node):
        # It knows no planned handover: whoever wants one stops keepalived for a while.
        node.do("systemctl stop keepalived", 120)
        node.do("flock /run/takeover.lock true; systemctl start keepalived", 200)


def ticks(value):
    """A number of the kernel's comp_t: three bits of exponent to the base of 8, 13 of mantissa."""
    return (value & 0x1FFF) << (3 * (value >> 13))
