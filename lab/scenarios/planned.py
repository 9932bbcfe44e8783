"""A planned switchover and back, and what a preview said of it."""

from lab.command import Failure
from lab.means import commands

SENTENCE = "planned switchover and back"


def play(trial):
    for _ in range(2):
        master = trial.master()
        peer = trial.pair.peer(master.name)
        runs = [(peer, "become-master"), (master, "become-slave")]
        foreseen = [trial.means.preview(*run) for run in runs if trial.by_plan]
        trial.mishap(f"{master.name} hands over")
        trial.hand_over(master)
        for (node, plan), expected in zip(runs, foreseen):
            compare(node, plan, expected, trial.means.newest(node, plan))


def compare(node, plan, expected, run):
    """A preview made just before names the same commands in the same order as what ran."""
    ran = commands(run.records)
    if ran != expected:
        raise Failure(f"{plan} on {node.name} was previewed as {expected}, and ran {ran}")
