"""What must be true after every scenario, whatever happened in it.

Touches nothing: it looks at both nodes, and the clients read back what they were told is safe.
"""

from concurrent.futures import ThreadPoolExecutor

from lab.clients import KINDS


def audit(trial):
    """What is not as it must be, a sentence each; nothing if all is well."""
    with ThreadPoolExecutor() as threads:
        begun = [threads.submit(roles, trial)]
        begun += [threads.submit(trial.clients.verify, kind) for kind in KINDS]
        if trial.by_plan:
            begun += [threads.submit(journals, trial, node) for node in trial.pair
                      if node.is_running]
        return overlap(trial) + [text for check in begun for text in check.result()]


def roles(trial):
    views = trial.views()
    masters = [name for name, view in views.items() if view.is_master]
    complaints = []
    if len(masters) != 1:
        complaints.append(f"masters: {', '.join(masters) or 'none'}")
    for name, view in views.items():
        if name not in masters and not view.is_slave:
            complaints.append(f"{name} is neither master nor slave: {view}")
        if len(views) == 2 and not view.is_whole:
            complaints.append(f"{name}: its copies are not whole: {view}")
    return complaints


def overlap(trial):
    """The moments at which the pool was seen on both nodes."""
    events = sorted((at, node.name, is_in) for node in trial.pair for at, is_in in node.pool)
    has, complaints = {}, []
    for at, name, is_in in events:
        has[name] = is_in
        if all(has.get(node.name) for node in trial.pair) and at >= trial.since:
            complaints.append(f"the pool was on both nodes at {at:.1f} s")
    return complaints


def journals(trial, node):
    """Whether what a node tells of itself is so in the world."""
    view, status = trial.view(node), trial.means.status(node)
    complaints = []
    if status["running"] or status.get("wanted"):
        complaints.append(f"{node.name} is not at rest: {status}")
    runs = [(run.get("plan"), run.get("ending")) for run in trial.means.history(node, 12)]
    if any(ending is None for _, ending in runs):
        complaints.append(f"{node.name} has a run that never ended: {runs}")
    told = next((plan for plan, ending in reversed(runs) if ending == "done"), None)
    if view.is_master and told != "become-master":
        complaints.append(f"{node.name} is master, and its journals end otherwise: {runs}")
    if view.is_slave and told == "become-master" and not has_booted_since(trial, node):
        complaints.append(f"{node.name} is slave, and its journals end otherwise: {runs}")
    return complaints


def has_booted_since(trial, node):
    """Whether the newest run belongs to an earlier boot: what it did is gone with it."""
    return trial.means.run(node).heading["boot"] != node.boot_id()
