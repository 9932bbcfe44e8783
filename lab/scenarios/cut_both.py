"""Both links of the master are cut at once, and healed.

Two nodes without an arbiter cannot be safe in every case (docs/guarantees.md). What is asked here:
nothing is discarded by itself, one node serves after healing, and whose copies have parted is named.
A person then decides; the lab does as docs/operations.md says.
"""

import time

from lab.command import Failure

SENTENCE = "both links of the master cut, and healed"


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} loses both links")
    master.plug(0, False)
    trial.plug_replication(False)
    trial.await_master(peer, 240)
    trial.measure(peer)
    trial.say("  both links are healed")
    trial.plug_replication(True)
    master.plug(0, True)
    trial.await_view(master, lambda view: view.is_slave, 180, "an end of mastery")
    time.sleep(10)
    if trial.master() is not peer:
        raise Failure("the pair was moved by the healing")
    mend(trial, master, peer)


def mend(trial, loser, survivor):
    """Drops the loser's copies where they have parted, as a person does after a look."""
    parted = [resource for resource, (link, _, _) in
              zip(["r0", "r1"], trial.view(survivor).disks) if link == "StandAlone"]
    if parted:
        trial.notes.append(f"parted: {' '.join(parted)}; loser {loser.name}")
    for resource in parted:
        loser.do(f"drbdadm disconnect {resource}; drbdadm secondary {resource}; "
                 f"drbdadm connect --discard-my-data {resource}", 60)
        survivor.do(f"drbdadm connect {resource}", 60)
    trial.await_whole(120)
