"""The master is rebooted in order: it gives the pair up first, and comes back as the other one."""

from lab.command import Failure

SENTENCE = "orderly reboot of the master"


def play(trial):
    master = trial.master()
    peer = trial.pair.peer(master.name)
    trial.mishap(f"{master.name} is rebooted")
    master.begin("systemctl reboot")
    trial.await_master(peer, 300)
    trial.measure(peer)
    trial.booted(master)
    trial.await_whole(180)
    if trial.master() is not peer:
        raise Failure(f"{master.name} took the pair back by itself")
