"""The cable between the nodes is cut, and healed: the master goes on alone, and fills the copy."""

import time

from lab.command import Failure, limit

SENTENCE = "replication link cut, and healed"


def play(trial):
    master = trial.master()
    trial.mishap("the replication link is cut")
    trial.plug_replication(False)
    time.sleep(limit(5))
    trial.clients.wait_served(time.monotonic(), 60, "the clients of a master without a peer")
    trial.say("  the replication link is healed")
    trial.plug_replication(True)
    trial.await_whole(120)
    if trial.master() is not master:
        raise Failure("the pair was moved, though its clients saw nothing")
