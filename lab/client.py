#!/usr/bin/env python3
"""A client of the pair's shared address, which remembers every write that it was told is safe.

usage: lab/client.py write|verify nfs|iscsi ADDRESS NOTES SILENCE

Touches the records on the share or the volume, and the file NOTES: a line for each acknowledged
write, its number and the time of it. `write` goes on until it is ended: numbered records, one at a
time, each followed by COMMIT or SYNCHRONIZE CACHE, and noted after that. A connection that gives no
answer for SILENCE seconds is given up and made anew, as an initiator or a mount does. `verify` reads
back all that is noted, over the network, and prints what is missing.
"""

import ctypes
import ctypes.util
import os
import signal
import sys
import time

RECORD = 512
SHARE = "/tank/share"
FILE = "/records"
TARGET = "iqn.2026-11.test.lab:tank"
INITIATOR = "iqn.2026-11.test.lab:client"
# How long lies between two writes, or two connections.
PAUSE = 0.1
CHUNK = 64


class Lost(Exception):
    """The server did not do what it was asked for."""


def record(kind, number):
    """The bytes of a record; each tells which one it is, to its last byte."""
    word = f"{kind} {number} ".encode()
    return (word * (RECORD // len(word) + 1))[:RECORD]


def library(name):
    found = ctypes.util.find_library(name)
    if found is None:
        sys.exit(f"lib{name} is not installed")
    return ctypes.CDLL(found), found


class NFS:
    """The share, by NFS 4."""

    def __init__(self, address):
        self.calls, found = library("nfs")
        # From this one on the buffer stands before its length and place.
        self.is_new = int(found.rsplit(".", 1)[1]) >= 16
        self.calls.nfs_init_context.restype = ctypes.c_void_p
        self.calls.nfs_get_error.restype = ctypes.c_char_p
        self.context = ctypes.c_void_p(self.calls.nfs_init_context())
        self.file = ctypes.c_void_p()
        self.calls.nfs_set_version(self.context, 4)
        self.calls.nfs_set_autoreconnect(self.context, 0)
        self.must(self.calls.nfs_mount(self.context, address.encode(), SHARE.encode()))
        self.must(self.calls.nfs_open(self.context, FILE.encode(), os.O_RDWR,
                                      ctypes.byref(self.file)))

    def must(self, code):
        if code < 0:
            raise Lost((self.calls.nfs_get_error(self.context) or b"?").decode())
        return code

    def move(self, call, buffer, number):
        size, place = ctypes.c_uint64(len(buffer)), ctypes.c_uint64(number * RECORD)
        words = (buffer, size, place) if self.is_new else (place, size, buffer)
        return self.must(call(self.context, self.file, *words))

    def write(self, number):
        data = ctypes.create_string_buffer(record("nfs", number), RECORD)
        if self.move(self.calls.nfs_pwrite, data, number) != RECORD:
            raise Lost("a short write")
        self.must(self.calls.nfs_fsync(self.context, self.file))

    def read(self, number, count):
        data = ctypes.create_string_buffer(count * RECORD)
        got = self.move(self.calls.nfs_pread, data, number)
        return data.raw[:got]


class ISCSI:
    """The volume, by iSCSI."""

    def __init__(self, address):
        self.calls, _ = library("iscsi")
        for name in ["create_context", "write10_sync", "read10_iov_sync",
                     "synchronizecache10_sync"]:
            getattr(self.calls, f"iscsi_{name}").restype = ctypes.c_void_p
        self.calls.iscsi_get_error.restype = ctypes.c_char_p
        self.context = ctypes.c_void_p(self.calls.iscsi_create_context(INITIATOR.encode()))
        self.calls.iscsi_set_noautoreconnect(self.context, 1)
        self.calls.iscsi_set_targetname(self.context, TARGET.encode())
        self.calls.iscsi_set_session_type(self.context, 2)
        self.calls.iscsi_set_header_digest(self.context, 0)
        if self.calls.iscsi_full_connect_sync(self.context, address.encode(), 1) != 0:
            self.lost()

    def lost(self):
        raise Lost((self.calls.iscsi_get_error(self.context) or b"?").decode())

    def must(self, task):
        if not task:
            self.lost()
        status = ctypes.cast(task, ctypes.POINTER(ctypes.c_int))[0]
        self.calls.scsi_free_scsi_task(ctypes.c_void_p(task))
        if status != 0:
            raise Lost(f"SCSI status {status:#x}")

    def write(self, number):
        data = ctypes.create_string_buffer(record("iscsi", number), RECORD)
        self.must(self.calls.iscsi_write10_sync(self.context, 1, ctypes.c_uint32(number), data,
                                                RECORD, RECORD, 0, 0, 0, 0, 0))
        self.must(self.calls.iscsi_synchronizecache10_sync(self.context, 1, 0, 0, 0, 0))

    def read(self, number, count):
        class Piece(ctypes.Structure):
            _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

        data = ctypes.create_string_buffer(count * RECORD)
        piece = Piece(ctypes.addressof(data), count * RECORD)
        self.must(self.calls.iscsi_read10_iov_sync(
            self.context, 1, ctypes.c_uint32(number), count * RECORD, RECORD, 0, 0, 0, 0, 0,
            ctypes.byref(piece), 1))
        return data.raw


KINDS = {"nfs": NFS, "iscsi": ISCSI}


def noted(path):
    """The numbers and times of the acknowledged writes."""
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [(int(line.split()[0]), float(line.split()[1])) for line in file
                if line.endswith("\n")]


def connection(kind, address, path, silence):
    """One connection, until it breaks. The alarm ends this process: a library that waits for an
    answer hears of nothing else."""
    signal.alarm(silence)
    server = KINDS[kind](address)
    number = max((number for number, _ in noted(path)), default=-1) + 1
    with open(path, "a") as notes:
        while True:
            signal.alarm(silence)
            server.write(number)
            notes.write(f"{number} {time.monotonic():.3f}\n")
            notes.flush()
            number += 1
            time.sleep(PAUSE)


def write(kind, address, path, silence):
    """One connection after the other, each in a process of its own."""
    # Whoever started this may be killed; nobody would end it then.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    while True:
        child = os.fork()
        if child == 0:
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
            try:
                connection(kind, address, path, silence)
            except Lost as error:
                print(f"{time.monotonic():.3f} {error}", flush=True)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print(f"{time.monotonic():.3f} no answer in {silence} s", flush=True)
        time.sleep(PAUSE)


def verify(kind, address, path, silence):
    numbers = {number for number, _ in noted(path)}
    if not numbers:
        print("no write was ever acknowledged")
        return 1
    signal.alarm(silence * 15)
    server = KINDS[kind](address)
    missing = []
    for first in range(0, max(numbers) + 1, CHUNK):
        data = server.read(first, CHUNK)
        for number in range(first, first + CHUNK):
            place = (number - first) * RECORD
            if number in numbers and data[place:place + RECORD] != record(kind, number):
                missing.append(number)
    print(f"{len(numbers)} acknowledged, {len(missing)} missing" +
          "".join(f" {number}" for number in missing[:20]))
    return 1 if missing else 0


def main(words):
    if len(words) != 5 or words[0] not in ("write", "verify") or words[1] not in KINDS:
        sys.exit(__doc__)
    verb, kind, address, path, silence = words
    try:
        return (write if verb == "write" else verify)(kind, address, path, int(silence))
    except Lost as error:
        print(f"the server does not serve: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
