"""Runs a command of the machine that the lab runs on, always with a limit of time.

Touches only what the command touches. `PACE` stretches all limits of the lab: the figures it is
made for were measured on two idle cores.
"""

import subprocess

PACE = 1.0


class Failure(Exception):
    """Something did not come about; the text says what, and what was seen."""


def limit(seconds):
    """A limit of time as this run of the lab has it."""
    return seconds * PACE


def run(argv, seconds=60, log=None, check=True, **options):
    """Runs `argv` to its end and returns its standard output as text."""
    try:
        done = subprocess.run(argv, stdin=options.pop("stdin", subprocess.DEVNULL),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=limit(seconds), text=True, errors="replace", **options)
    except subprocess.TimeoutExpired:
        raise Failure(f"{' '.join(argv)}: not done after {limit(seconds):.0f} s") from None
    except OSError as error:
        raise Failure(f"{argv[0]}: {error.strerror}") from None
    if log:
        with open(log, "a") as file:
            file.write(f"$ {' '.join(argv)}\n{done.stdout}")
    if check and done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-8:])
        raise Failure(f"{' '.join(argv)}: exit code {done.returncode}\n{tail}")
    return done.stdout
