"""A tool of the take-over hangs: it is stopped as soon as it runs, and only a KILL ends it."""

from lab.command import Failure

SENTENCE = "a tool that hangs"
# It asks what the engine has written down or says; a script has nothing to show.
OF_THE_ENGINE = True
STOP = """
for i in $(seq 1200); do
    victim=$(pgrep -f '^/usr/sbin/exportfs|targetctl restore' | head -n 1)
    [ -n "$victim" ] && kill -STOP $victim && break
    sleep 0.05
done
echo "stopped: $victim $(tr '\\0' ' ' </proc/$victim/cmdline)"
"""


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} hands over, and a tool hangs on {peer.name}")
    trial.hand_over(master, STOP)
    if not any(record["fact"] == "command-given-up" for run in trial.means.runs(peer, 1)
               for record in run.records):
        raise Failure(f"{peer.name}: no command was given up; the tool came too late or too early")
