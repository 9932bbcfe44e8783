"""Both links of the master are cut at once, and healed.

Two nodes without an arbiter cannot be safe in every case (docs/guarantees.md). What is asked here:
nothing is discarded by itself, one node serves after healing, and whose copies have parted is named.
A person then decides; the lab does as docs/operations.md says.
"""

import time

from lab.command import Failure, limit
from lab.pair import RESOURCES

SENTENCE = "both links of the master cut, and healed"
# It asks what the engine has written down or says; a script has nothing to show.
OF_THE_ENGINE = True
# The states of a connection over which the two have agreed whose data is to be.
MET = {"Connected", "SyncSource", "SyncTarget"}


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
    parted = met_again(trial)
    if trial.master() is not peer:
        raise Failure("the pair was moved by the healing")
    if parted:
        trial.notes.append(f"parted: {' '.join(parted)}; loser {master.name}")
        named(trial, master, parted)
    mend(master, peer, parted)
    trial.await_whole(120)


def met_again(trial):
    """Waits until the nodes have met in each resource, and returns those that parted at that."""
    until = time.monotonic() + limit(60)
    while True:
        both = [[link for link, _, _ in trial.view(node).disks] for node in trial.pair]
        links = dict(zip(RESOURCES, zip(*both)))
        if all("StandAlone" in ends or MET.issuperset(ends) for ends in links.values()):
            return [resource for resource in RESOURCES if "StandAlone" in links[resource]]
        if time.monotonic() > until:
            raise Failure(f"the nodes do not meet again: {links}")
        time.sleep(1)


def mend(loser, survivor, parted):
    """Drops the loser's copies where they have parted, as a person does after a look."""
    for resource in parted:
        loser.do(f"drbdadm disconnect {resource}; drbdadm secondary {resource}; "
                 f"drbdadm connect --discard-my-data {resource}", 60)
        survivor.do(f"drbdadm disconnect {resource}; drbdadm connect {resource}", 60)


def named(trial, loser, parted):
    """Whether failover has told on the loser, when it gave the pair up, what may have parted."""
    told = [text for run in trial.means.runs(loser, 3) for text in run.warnings]
    for node in trial.pair:
        status = node.ask("failover status", 60).out.strip()
        trial.say(f"  {node.name}: {status}")
        missing = [resource for resource in parted if f"{resource} is StandAlone" not in status]
        if trial.by_plan and missing:
            raise Failure(f"failover status of {node.name} does not name {' '.join(missing)}")
    for resource in parted:
        if trial.by_plan and not any(resource in text for text in told):
            raise Failure(f"{loser.name} has parted from its peer in {resource}, and warned of "
                          f"{told or 'nothing'}")
