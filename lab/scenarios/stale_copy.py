"""A node that came up alone, with a copy that may be old, does not serve it.

Its peer was written to while it was away, and then died. Nobody tells it so: all it knows is that it
has not met its peer since it booted.
"""

import time

from lab.command import Failure, limit

SENTENCE = "the old copy of a node that came up alone"
# It asks what the engine has written down or says; a script has nothing to show.
OF_THE_ENGINE = True


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{peer.name} loses its power, and boots without replication")
    peer.kill()
    master.plug(1, False)
    trial.boot(peer)
    trial.clients.wait_served(time.monotonic(), 60, f"the clients of {master.name}")
    trial.mishap(f"{master.name} loses its power: only {peer.name}'s old copy is there")
    master.kill()
    refused(trial, peer)
    trial.say(f"  {master.name} is switched on, and the link is whole")
    trial.boot(master)
    trial.await_settled(300)
    trial.await_whole(120)


def refused(trial, node):
    """Waits for a take-over that is refused for the copy since the node came up; nothing may have been
    promoted by it."""
    until = time.monotonic() + limit(90)
    boot = node.boot_id()
    while True:
        runs = [trial.means.run(node, entry["run"]) for entry in trial.means.history(node, 6)
                if is_refusal(entry)]
        runs = [run for run in runs if run.heading["boot"] == boot]
        if runs:
            break
        if time.monotonic() > until:
            raise Failure(f"{node.name} has refused nothing; {trial.view(node)}")
        time.sleep(1)
    view = trial.view(node)
    if view.has["pool"] or any(role == "Primary" for _, role, _ in view.disks):
        raise Failure(f"{node.name} has refused, and serves all the same: {view}")
    trial.say(f"  {node.name}: {runs[-1].ending}: {runs[-1].reason}")


def is_refusal(entry):
    """Whether a run was refused for its copy."""
    return (entry.get("plan") == "become-master" and entry.get("ending") == "refused"
            and "full copy" in entry.get("reason", ""))
