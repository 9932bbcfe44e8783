"""Both nodes lose their power and get it back at once."""

SENTENCE = "both nodes booted at once"


def play(trial):
    trial.mishap("both nodes are killed and switched on")
    for node in trial.pair:
        node.kill()
    for node in trial.pair:
        trial.power(node)
    for node in trial.pair:
        trial.booted(node)
    node = trial.await_settled(300)
    trial.measure(node)
