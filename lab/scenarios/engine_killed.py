"""The engine that takes over is killed in the middle of its run."""

from lab.command import Failure

SENTENCE = "engine killed in mid-run, and recovered"
# It asks what the engine has written down or says; a script has nothing to show.
OF_THE_ENGINE = True
# The import has begun: the run has promoted the disks, and serves nothing yet. Whose child that is,
# is the engine: a service that only looks lists pools as well, and imports none.
KILL = """
for i in $(seq 600); do
    import=$(pgrep -o -f '^[^ ]*zpool import -N') && break
    sleep 0.05
done
victim=$(ps -o ppid= -p "$import") || { echo "killed nobody: no import was seen"; exit; }
kill -9 $victim
echo "killed: $victim"
"""


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} hands over, and the engine of {peer.name} is killed")
    trial.hand_over(master, KILL)
    # The newest run is not the one that took over: it came after, and found all done.
    trial.own = None
    trial.settle()
    if not any(record["fact"] == "resumed" for run in trial.means.runs(peer, 4)
               for record in run.records):
        raise Failure(f"{peer.name}: no run was taken up; the engine died too early or too late")
