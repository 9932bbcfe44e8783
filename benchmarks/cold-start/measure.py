#!/usr/bin/env python3
"""Cold start: whole processes in alternation with /bin/true, the minimum of each.

usage: benchmarks/cold-start/measure.py [ROUNDS]

Alternation makes a slow moment of the machine hit all alike, and the minimum is what the program
itself costs. The goal is six times /bin/true (docs/performance.md).
"""

import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.path.join(ROOT, ".build", "release", "failover")
PLAN = os.path.join(ROOT, "plans", "become-master.yaml")
GOAL = 6.0

PROGRAMS = {
    "/bin/true": ["/bin/true"],
    "failover version": [BINARY, "version"],
    "failover validate": [BINARY, "validate", PLAN],
}


def once(argv):
    """Milliseconds from before the start of the process until after it was reaped."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
    began = time.perf_counter_ns()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=quiet)
    _, status = os.waitpid(pid, 0)
    ended = time.perf_counter_ns()
    if status != 0:
        sys.exit(f"{' '.join(argv)} ended with status {os.waitstatus_to_exitcode(status)}")
    return (ended - began) / 1e6


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    subprocess.run([os.path.join(ROOT, "failover"), "version"], check=True, stdout=subprocess.DEVNULL)
    times = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name, argv in PROGRAMS.items():
            times[name].append(once(argv))
    base = min(times["/bin/true"])
    for name, values in times.items():
        low, middle = min(values), sorted(values)[len(values) // 2]
        print(f"{name:<20} min {low:6.2f} ms   median {middle:6.2f} ms   {low / base:4.1f} x")
    return 0 if all(min(values) <= GOAL * base for values in times.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
