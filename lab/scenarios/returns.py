"""A node that was killed comes back, gets what it missed, and takes nothing over."""

from lab.command import Failure
from lab.scenarios import killed

SENTENCE = "return of a killed node, and resync"


def play(trial):
    if all(node.is_running for node in trial.pair):
        killed.play(trial)
    node = next(node for node in trial.pair if not node.is_running)
    trial.take_over = None
    trial.mishap(f"{node.name} is switched on")
    trial.boot(node)
    trial.await_whole(180)
    if trial.master() is node:
        raise Failure(f"{node.name} took the pair back by itself")
