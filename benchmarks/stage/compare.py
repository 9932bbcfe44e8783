#!/usr/bin/env python3
"""The seed's procedure against the master plan, with real processes on the same stage.

usage: benchmarks/stage/compare.py [--rounds N] [--disks 2,10,40] [--calls]

Each run has a stage of its own; the two alternate, and medians count. The time is that from the
start of the program to its end, as the stage measures it; `serving` is when the pool was mounted
and NFS and iSCSI ran. `virtual` is the plan in the same world in simulated time: what is over it are
processes and the machine's load; what it is over the critical path are looks in series. The critical
path is what no procedure could do without: the slowest physical
waits, the commands (hastd serves one request at a time), and one proof look per effect. Needs root
on Linux, and a release build of `failover`, `stage` and `stage-tool`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, ".build", "release")
GOAL = 1.1
# Milliseconds, as the issue names them.
TOOL, WORKERS, DEVICE, IMPORT = 50, 700, 120, 300
TOOLS = ["hastctl", "zpool", "zfs", "service", "ctladm", "ifconfig"]

WORLD = """\
standing: taking-over
disks: [{disks}]
peer-after: {workers}ms
latencies:
  device: {device}ms
  connect: 0ms
  apply: 0ms
{tools}
  zpool import: {imports}ms
"""


def critical_path(disks):
    """Workers leave; the roles, one after the other in hastd; the last device appears while its
    role is proved; import, mount, share, mountd and nfsd (ctld beside them), each proved."""
    last = max(DEVICE, TOOL)
    return WORKERS + disks * TOOL + last + IMPORT + TOOL + 2 * TOOL + TOOL + 2 * TOOL + TOOL


def prepare(folder, count):
    disks = [f"disk{number}" for number in range(count)]
    tools = "\n".join(f"  {tool}: {TOOL}ms" for tool in TOOLS)
    with open(f"{folder}/world.yaml", "w") as file:
        file.write(WORLD.format(disks=", ".join(disks), workers=WORKERS, device=DEVICE,
                                tools=tools, imports=IMPORT))
    for name in ["become-master.yaml", "become-slave.yaml"]:
        with open(f"{ROOT}/plans/{name}") as file:
            text = file.read().replace("steady-for: 3s", "steady-for: 0s")
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    with open(f"{folder}/site.yaml", "w") as file:
        file.write(f"parameters: {{disks: [{', '.join(disks)}], if-export-fails: park}}\n")
        file.write(f"folders: {{state: {folder}/state, runtime: {folder}/runtime}}\n")
    return disks


def once(folder, disks, argv):
    report = f"{folder}/report"
    env = dict(os.environ, RESOURCES=" ".join(disks), PATH=os.defpath + ":/sbin:/usr/sbin:"
               "/usr/local/sbin")
    stage = [f"{BUILD}/stage", f"{folder}/world.yaml", "--report", report, "--"]
    done = subprocess.run(stage + argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(report) as file:
        text = file.read()
    lines = text.splitlines()
    if done.returncode != 0 or "DAMAGE" in text:
        sys.exit(f"{argv[0]} ended with {done.returncode}\n{done.stderr.decode()}\n{text}")
    times = [line.split()[1] for line in lines[:2]]
    if times[1] == "never":
        sys.exit(f"{argv[0]} ended, and nothing is served\n{text}")
    return int(times[0]) / 1e6, int(times[1]) / 1e6, text


def virtual(folder):
    """The milliseconds of the plan where starting a process costs nothing."""
    argv = [f"{BUILD}/failover", "run", "--world", f"{folder}/world.yaml", "--fast", "--json"]
    done = subprocess.run(argv + [f"{folder}/become-master.yaml"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True)
    return json.loads(done.stdout.splitlines()[-1])["at"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--disks", default="2,10,40")
    parser.add_argument("--calls", action="store_true", help="print the calls of the last runs")
    options = parser.parse_args()
    print("disks   seed (serving)     plan (serving)     plan/seed  virtual    path  plan/path")
    missed = False
    for count in map(int, options.disks.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            disks = prepare(folder, count)
            kinds = {
                "seed": ["/bin/sh", f"{ROOT}/benchmarks/stage/seed.sh", "master"],
                "plan": [f"{BUILD}/failover", "run", "--platform", "freebsd", "--accept-stale",
                         f"{folder}/become-master.yaml"],
            }
            runs = {kind: [] for kind in kinds}
            pure = virtual(folder)
            for _ in range(options.rounds):
                for kind, argv in kinds.items():
                    runs[kind].append(once(folder, disks, argv))
        ends = {kind: statistics.median(run[0] for run in runs[kind]) for kind in kinds}
        serving = {kind: statistics.median(run[1] for run in runs[kind]) for kind in kinds}
        path = critical_path(count)
        missed = missed or serving["plan"] > GOAL * serving["seed"]
        missed = missed or ends["plan"] > GOAL * ends["seed"]
        print(f"{count:5}  {ends['seed']:6.0f} ms ({serving['seed']:5.0f})"
              f"   {ends['plan']:6.0f} ms ({serving['plan']:5.0f})"
              f"   {ends['plan'] / ends['seed']:6.2f} {pure:5} ms {path:5} ms"
              f"   {ends['plan'] / path:6.2f}")
        if options.calls:
            for kind in kinds:
                print(f"\n{kind}:\n{runs[kind][-1][2]}")
    sys.exit(1 if missed else 0)


main()
