"""A process holds a file of the pool open while it is given up."""

import threading

SENTENCE = "pool kept busy by an open file"
SECONDS = 25


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    master.do(f"sleep {SECONDS} 9>/tank/share/held >/dev/null 2>&1 &")
    trial.mishap(f"a file is open on {master.name}, which hands over")
    switching = threading.Thread(target=trial.means.switch, args=(master,))
    switching.start()
    trial.await_master(peer, 300)
    switching.join()
    trial.measure(peer)
