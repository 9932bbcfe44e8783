"""The master's cable to its clients is pulled, and put in again."""

import time

SENTENCE = "service network of the master cut, and healed"


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} loses the service network")
    master.plug(0, False)
    trial.await_master(peer, 240)
    trial.measure(peer)
    trial.say(f"  {master.name} has it back")
    master.plug(0, True)
    time.sleep(5)
    trial.await_whole(60)
