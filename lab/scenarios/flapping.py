"""The master's cable to its clients goes in and out, five times in ten seconds."""

import time

SENTENCE = "the address flaps: five flips in ten seconds"


def play(trial):
    master = trial.master()
    trial.mishap(f"the service network of {master.name} flaps")
    for _ in range(5):
        master.plug(0, False)
        time.sleep(1)
        master.plug(0, True)
        time.sleep(1)
    trial.take_over = None
    trial.await_settled(300)
