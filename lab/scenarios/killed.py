"""The master loses its power under write load."""

SENTENCE = "master killed under write load"


def play(trial):
    master = trial.master()
    trial.mishap(f"{master.name} is killed")
    master.kill()
    peer = trial.pair.peer(master.name)
    trial.await_master(peer, 180)
    trial.measure(peer)
