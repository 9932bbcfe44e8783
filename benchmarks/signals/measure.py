#!/usr/bin/env python3
"""How long `failover on` keeps its caller waiting: devd is deaf meanwhile.

usage: benchmarks/signals/measure.py [CALLS] [--debug] [--against BINARY]

A worker is in the middle of a run all the time (its tool sleeps), so that each call records, rings
and returns; a second row is of calls that find the lock free and start a worker. Both are taken on
the machine as it is, and again with one spinning process for each core. Each call goes in
alternation with one of /bin/true, which tells what the scheduler alone takes, and of another build
of the program, where one is named. The goal is a p99 below 20 ms (docs/performance.md). Tools are
scripts in a folder of their own; nothing else is touched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOAL = 20.0

SITE = """\
parameters: {{}}
path: [{folder}]
folders: {{state: '{folder}/state', runtime: '{folder}/runtime'}}
"""
SIGNALS = """\
pair: default
acquire:
  signal: master
  run: up.yaml
  settle: 0s
  only-if: [{file: {path: /, state: present}}]
release:
  signal: slave
  run: down.yaml
"""
UP = """\
plan: up
direction: acquire
counterpart: down.yaml
timeout: 10m
steps:
  - execute: {command: [pause], in-doubt: repeat}
    timeout: 9m
"""
DOWN = """\
plan: down
direction: release
counterpart: up.yaml
timeout: 10m
if-stuck: park
steps:
  - execute: {command: [pause], in-doubt: repeat}
    timeout: 9m
"""


def prepare(folder, seconds):
    for name, text in {"site.yaml": SITE.format(folder=folder), "signals.yaml": SIGNALS,
                       "up.yaml": UP, "down.yaml": DOWN}.items():
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    with open(f"{folder}/pause", "w") as file:
        file.write(f"#!/bin/sh\nexec /bin/sleep {seconds}\n")
    os.chmod(f"{folder}/pause", 0o755)


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


def workers(folder):
    """The processes that were started for this folder and live on."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read().decode(errors="replace").split("\0")
        except OSError:
            continue
        if folder in words and ("worker" in words or "on" in words):
            found.append(int(name))
    return found


def end(folder):
    """Ends the worker that a measurement has left at its pause."""
    for pid in workers(folder):
        try:
            os.kill(pid, 9)
        except OSError:
            pass
    while workers(folder):
        time.sleep(0.01)


def measure(binaries, calls, is_busy):
    """The sorted times of each binary, and of /bin/true behind them."""
    folder = os.path.realpath(tempfile.mkdtemp(prefix="failover-signals-"))
    try:
        prepare(folder, 120 if is_busy else 0)
        programs = [[binary, "on", "slave", "--plans", folder] for binary in binaries]
        if is_busy:
            once(programs[0])
            time.sleep(1)
            if not workers(folder):
                sys.exit("no worker is at work; what was measured would mean nothing")
        times = [[] for _ in programs] + [[]]
        for _ in range(calls):
            for index, argv in enumerate(programs + [["/bin/true"]]):
                times[index].append(once(argv))
                while not is_busy and workers(folder):
                    time.sleep(0.002)
        return [sorted(values) for values in times]
    finally:
        end(folder)
        shutil.rmtree(folder)


def report(what, times):
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]
    print(f"{what:<45} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {times[-1]:6.2f} ms"
          f"   of {len(times)}", flush=True)
    return p99


def main():
    words = [word for word in sys.argv[1:] if word != "--debug"]
    build = "debug" if "--debug" in sys.argv else "release"
    binaries = [os.path.join(ROOT, ".build", build, "failover")]
    if "--against" in words:
        at = words.index("--against")
        binaries.append(os.path.abspath(words[at + 1]))
        del words[at:at + 2]
    calls = int(words[0]) if words else 500
    missed = False
    for load in ("idle", "spinning"):
        spinners = []
        if load == "spinning":
            loop = [sys.executable, "-c", "while True: pass"]
            spinners = [subprocess.Popen(loop) for _ in range(os.cpu_count() or 1)]
        try:
            for is_busy in (True, False):
                first, *others, control = measure(binaries, calls, is_busy)
                what = f"{load}, " + ("rings for a worker" if is_busy else "starts a worker")
                missed = report(what, first) > GOAL or missed
                for times in others:
                    report(f"{what}: the other build", times)
                report(f"{what}: /bin/true", control)
        finally:
            for spinner in spinners:
                spinner.kill()
                spinner.wait()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
