"""The engine that takes over is killed in the middle of its run."""

from lab.command import Failure

SENTENCE = "engine killed in mid-run, and recovered"
# It asks what the engine has written down or says; a script has nothing to show.
OF_THE_ENGINE = True
# The import has begun: the run has promoted the disks, and serves nothing yet.
KILL = """
for i in $(seq 600); do
    pgrep -x zpool >/dev/null && break
    sleep 0.05
done
victim=$(fuser /run/failover/default/lock 2>/dev/null || pgrep -f 'failover .*worker')
echo "killed: $victim"
kill -9 $victim
"""


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} hands over, and the engine of {peer.name} is killed")
    trial.hand_over(master, KILL)
    trial.settle()
    if not any(record["fact"] == "resumed" for run in trial.means.runs(peer)[-4:]
               for record in run.records):
        raise Failure(f"{peer.name}: no run was taken up; the engine died too early or too late")
