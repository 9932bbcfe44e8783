"""Plays scenarios on a pair, one after the other, and tells what came of each.

Touches what the pair touches, and a folder of logs for each call.
"""

import base64
import importlib
import os
import subprocess
import sys
import time

from lab import guide, means
from lab.audit import audit
from lab.clients import Clients
from lab.command import Failure, limit
from lab.pair import Pair
from lab.trial import Trial

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOGS = ("journalctl --no-pager -o short-precise >/run/journal.txt; dmesg >/run/dmesg.txt; "
        "tar -cz -C / run/journal.txt run/dmesg.txt $(cd /; ls -d var/lib/failover var/log/syslog "
        "run/takeover.log var/lib/nfs/etab 2>/dev/null) 2>/dev/null | base64 -w0")


class Saying:
    """What is under way, on standard error, with the seconds since the beginning."""

    def __init__(self):
        self.began = time.monotonic()

    def __call__(self, text):
        print(f"{time.monotonic() - self.began:6.0f} s  {text}", file=sys.stderr, flush=True)


def scenario(name):
    return importlib.import_module(f"lab.scenarios.{name}")


def sentence(name):
    return scenario(name).SENTENCE


def is_of_the_engine(name):
    return getattr(scenario(name), "OF_THE_ENGINE", False)


class Outcome:
    """A line of the table."""

    def __init__(self, name, trial, complaints):
        self.name, self.complaints, self.notes = name, complaints, trial.notes
        self.take_over, self.own = trial.take_over, trial.own
        self.outage = trial.clients.outage(trial.since)

    @property
    def share(self):
        """The engine's own processor time of the run, and its share of the take-over."""
        if self.own is None or not self.take_over:
            return "-"
        return f"{self.own:.2f} s, {100 * self.own / self.take_over:.1f} %"

    def line(self):
        took = f"{self.take_over:.1f} s" if self.take_over else "-"
        verdict = "; ".join(self.complaints) if self.complaints else "passed"
        notes = f" ({'; '.join(self.notes)})" if self.notes else ""
        return [sentence(self.name), took, self.share, f"{self.outage:.1f} s", verdict + notes]


def rounds(options, cache, image, names, say):
    """Plays `names` as often as asked for; returns the exit code."""
    program = options.program or build(say)
    folder = os.path.join(cache, "runs", time.strftime("%Y%m%d-%H%M%S"))
    outcomes = []
    try:
        for number in range(options.rounds):
            below = os.path.join(folder, f"{number + 1}")
            tools = Tools(image, program, options.plans, getattr(means, options.by.title())())
            Evening(below, tools, say).play(names, outcomes)
    finally:
        tell(outcomes, folder)
    return 1 if any(outcome.complaints for outcome in outcomes) else 0


def tell(outcomes, folder):
    """The table, also of what was interrupted, and the line that a program looks for."""
    print(table([outcome.line() for outcome in outcomes]))
    print(f"logs: {folder}")
    failed = sum(bool(outcome.complaints) for outcome in outcomes)
    print(f"{len(outcomes) - failed} passed, {failed} failed", flush=True)


def build(say):
    """The release binary, as ./failover makes it."""
    say("building failover, if it is not")
    done = subprocess.run([os.path.join(ROOT, "failover"), "version"], stdout=subprocess.DEVNULL,
                          stdin=subprocess.DEVNULL, timeout=limit(1200))
    if done.returncode != 0:
        raise Failure("failover could not be built; the lines above say why")
    return os.path.join(ROOT, ".build", "release", "failover")


class Tools:
    """What a pair is made of: the image's folder, the binary, the plans, and who takes over."""

    def __init__(self, image, program, plans, driver):
        self.image, self.program, self.plans, self.driver = image, program, plans, driver


class Evening:
    """A pair, and the scenarios played on it; after one that failed, on a fresh one."""

    def __init__(self, folder, tools, say):
        self.folder, self.tools, self.driver, self.say = folder, tools, tools.driver, say
        self.pair = self.clients = None
        self.pairs = 0

    def play(self, names, outcomes):
        """Adds what came of each scenario to `outcomes`."""
        try:
            for name in names:
                if self.pair is None:
                    self.begin()
                outcomes.append(self.one(name))
                self.restore(outcomes[-1])
        finally:
            self.end()

    def begin(self):
        """A fresh pair in service, with clients that write."""
        self.pairs += 1
        folder = os.path.join(self.folder, f"pair-{self.pairs}")
        os.makedirs(folder)
        self.say("booting a pair")
        self.pair = Pair(folder, self.tools.image, self.tools.program, self.tools.plans)
        self.clients = Clients(folder)
        self.pair.make()
        self.set_up()
        self.pair.each(self.driver.account)
        self.clients.start()
        self.clients.wait_served(time.monotonic(), 90, "the first service")
        self.say("the pair serves")

    def set_up(self):
        """Does what docs/linux.md says, with the script in place of failover if that takes over."""
        trial = Trial(self.pair, self.driver, self.clients, self.say)
        for block in guide.blocks():
            nodes = [node for node in self.pair if node.name in block.nodes]
            if block.section in self.driver.sections:
                self.say(f"  docs/linux.md, {block.section}, on {' and '.join(block.nodes)}")
                self.pair.each(lambda node: node.do("set -e\n" + block.text, 120), nodes)
            elif block.section == guide.GO:
                self.pair.each(lambda node: node.do(self.driver.begin, 120), nodes)
            if block.section == guide.GO and block.nodes == ["a"]:
                trial.await_view(nodes[0], lambda view: view.is_master, 120, "the first mastery")
                nodes[0].do(": >/tank/share/records")

    def one(self, name):
        self.say(f"{name}: {sentence(name)}")
        trial = Trial(self.pair, self.driver, self.clients, self.say)
        try:
            # Alone `returns` begins with a node that is off, as `killed` leaves it.
            if name != "returns":
                self.complete(trial)
            scenario(name).play(trial)
            trial.settle()
            complaints = audit(trial)
        except Failure as failure:
            complaints = [str(failure)]
        outcome = Outcome(name, trial, complaints)
        self.collect(name)
        self.say(f"{name}: {'; '.join(complaints) or 'passed'}")
        return outcome

    def complete(self, trial):
        """Switches on what an earlier scenario has killed."""
        for node in self.pair:
            if not node.is_running:
                self.say(f"  {node.name} is switched on first")
                trial.boot(node)
                trial.await_whole(180)

    def restore(self, outcome):
        """A pair that something is wrong with is no place for the next scenario."""
        if outcome.complaints:
            self.end()
        elif not all(node.is_running for node in self.pair) and outcome.name != "killed":
            self.end()

    def collect(self, name):
        """Keeps what both nodes wrote about themselves."""
        def keep(node):
            path = os.path.join(self.pair.folder, f"{name}-{node.name}.tar.gz")
            with open(path, "wb") as file:
                file.write(base64.b64decode(node.do(LOGS, 90)))

        try:
            self.pair.each(keep, [node for node in self.pair if node.is_running])
        except Failure as failure:
            self.say(f"  no logs: {failure}")

    def end(self):
        if self.clients:
            self.clients.stop()
        if self.pair:
            self.pair.remove()
        self.pair = self.clients = None


def table(lines):
    head = ["scenario", "take-over", "engine's own", "client outage", "verdict"]
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(4)]
    return "\n".join("  ".join([*(word.ljust(width) for word, width in zip(line, widths)), line[4]])
                     for line in [head, *lines])
