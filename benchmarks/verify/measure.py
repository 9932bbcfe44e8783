#!/usr/bin/env python3
"""How many stories and runs `failover verify` plays in a second, and in how much memory.

usage: benchmarks/verify/measure.py [PROGRAM] [DISKS ...]

PROGRAM is a release build (default .build/release/failover, as `./failover` makes it). For each
number of disks the same random stories are played, with all disks; a first line is for all single
mishaps of all scenarios, as `./check` plays them. One process, one core; its seconds are those of the
processor, which what else the machine does changes little.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def plans(folder, disks):
    """The shipped plans, for so many disks."""
    shutil.copytree(ROOT / "plans", folder)
    site = folder / "site.yaml"
    names = ", ".join(f"disk{number}" for number in range(disks))
    text, count = re.subn(r"(?m)^  disks: .*$", f"  disks: [{names}]", site.read_text())
    assert count == 1, "site.yaml names its disks in one line"
    site.write_text(text)


def play(program, folder, *options):
    """Plays; gives seconds, the verdict, and the most memory of all so far in MiB."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [program, "verify", str(folder), "--assume", "no-partition", "--json", *options],
        capture_output=True, text=True)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    verdict = [line for line in map(json.loads, done.stdout.splitlines())
               if line.get("fact") == "verdict"][-1]
    return seconds, verdict, end.ru_maxrss / 1024


def main():
    words = sys.argv[1:]
    program = str(ROOT / ".build/release/failover")
    if words and not words[0].isdigit():
        program = os.path.abspath(words.pop(0))
    sizes = [int(word) for word in words] or [2, 4, 10, 40]
    print(f"{'':24}{'stories':>9}{'runs':>9}{'seconds':>9}{'stories/s':>11}{'runs/s':>9}{'MiB':>7}")

    def show(name, seconds, verdict, memory):
        stories, runs = verdict["stories"], verdict["runs"]
        print(f"{name:24}{stories:9}{runs:9}{seconds:9.1f}{stories / seconds:11.0f}"
              f"{runs / seconds:9.0f}{memory:7.0f}", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        show("all single mishaps", *play(program, ROOT / "plans"))
        for disks in sizes:
            folder = pathlib.Path(scratch) / str(disks)
            plans(folder, disks)
            count = str(max(100, 8000 // disks))
            show(f"random, {disks} disks",
                 *play(program, folder, "--full", "--quick", "--stories", count, "--seed", "1"))


main()
