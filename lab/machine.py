"""One QEMU machine: boots, obeys commands, is frozen, cut off and killed.

Touches files in its own folder, and the processes of QEMU that it started. The machine is emulated
(TCG): a lab has to run where no hardware virtualization is to be had. Commands go through a virtual
serial port, which needs no network, so that a link can be cut without losing sight of the node.
"""

import base64
import itertools
import json
import os
import queue
import signal
import socket
import subprocess
import threading
import time

from lab.command import Failure, limit, run

MEMORY = 768
BOOT = 150
PARAMETERS = ("console=ttyS0 net.ifnames=0 loglevel=5 mitigations=off panic=-1 "
              "modprobe.blacklist=kvm_amd,powernow_k8,button ")


class Result:
    """How a command in a node ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit code {self.code}: {(self.out + self.err).strip()[-400:]}"


class Machine:
    """A node of the pair: `image` is the folder of what it boots, and `disks` are files, the first
    its root."""

    def __init__(self, name, number, folder, image, disks, netdevs):
        self.name, self.number, self.folder = name, number, folder
        self.image, self.disks, self.netdevs = image, disks, netdevs
        self.process = None
        self.boots = queue.Queue()
        # When the pool was first seen to be imported here, or to be gone: moments and truths.
        self.pool = []
        self.waiting = {}
        self.numbers = itertools.count(1)
        self.to_guest = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def argv(self):
        drives = []
        for index, (path, form) in enumerate(self.disks):
            drives += ["-drive", f"if=none,id=d{index},file={path},format={form}",
                       "-device", f"virtio-blk-pci,drive=d{index}"]
        nics = []
        for index, netdev in enumerate(self.netdevs):
            mac = f"52:54:00:4c:0{self.number}:0{index}"
            nics += ["-netdev", f"{netdev},id=net{index}", "-device",
                     f"virtio-net-pci,id=nic{index},netdev=net{index},mac={mac},romfile="]
        return ["qemu-system-x86_64", "-name", f"lab-{self.name}", "-accel", "tcg", "-M", "q35",
                "-cpu", "qemu64,-svm", "-m", str(MEMORY), "-smp", "1", "-nodefaults",
                "-display", "none", "-no-user-config",
                "-kernel", os.path.join(self.image, "vmlinuz"),
                "-initrd", os.path.join(self.image, "initramfs"),
                "-append", PARAMETERS + self.identity(),
                "-serial", f"file:{self.path('console.log')}",
                "-qmp", f"unix:{self.path('qmp')},server=on,wait=off",
                "-device", "virtio-rng-pci", *drives, *nics,
                "-device", "virtio-serial-pci",
                "-chardev", f"pipe,id=agent,path={self.path('agent')}",
                "-device", "virtserialport,chardev=agent,name=lab"]

    def identity(self):
        """The name and the machine id; both are the same after each boot."""
        return f"systemd.hostname={self.name} systemd.machine_id={self.number:032x}"

    def start(self, namespace):
        """Switches the machine on; it is not ready before `wait_ready` says so."""
        self.boots = queue.Queue()
        for end in ["in", "out"]:
            path = self.path(f"agent.{end}")
            if os.path.exists(path):
                os.unlink(path)
            os.mkfifo(path, 0o600)
        # Read and write, since opening one end alone would wait for the other.
        self.to_guest = os.open(self.path("agent.in"), os.O_RDWR)
        listening = os.open(self.path("agent.out"), os.O_RDWR)
        with open(self.path("qemu.log"), "a") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", namespace, *self.argv()], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True)
        threading.Thread(target=self.listen, args=(listening, self.process), daemon=True).start()

    def listen(self, end, process):
        rest = b""
        try:
            while process.poll() is None:
                rest += os.read(end, 65536)
                *lines, rest = rest.split(b"\n")
                for line in lines:
                    self.heard(line.decode("ascii", "replace").split())
        finally:
            os.close(end)

    def heard(self, words):
        if len(words) != 4:
            return
        name, code, out, err = words
        if name == "ready":
            self.boots.put(code)
        elif name == "pool":
            self.pool.append((time.monotonic(), code == "in"))
        elif name in self.waiting:
            texts = [base64.b64decode(text[1:]).decode("utf-8", "replace") for text in (out, err)]
            self.waiting.pop(name).put(Result(int(code), *texts))

    def wait_ready(self, seconds=BOOT):
        """Waits until the node obeys; returns the seconds that took."""
        began = time.monotonic()
        while True:
            took = time.monotonic() - began
            try:
                self.boots.get(timeout=1)
                return took
            except queue.Empty:
                if self.is_running and took < limit(seconds):
                    continue
            raise Failure(f"{self.name} is not up after {took:.0f} s; see console.log and "
                          f"qemu.log in {self.folder}")

    def begin(self, text):
        """Starts a line of shell in the node; the answer comes into the queue that is returned."""
        name = f"c{next(self.numbers)}"
        answer = queue.Queue()
        self.waiting[name] = answer
        line = f"{name} {base64.b64encode(text.encode()).decode()}\n"
        os.write(self.to_guest, line.encode())
        return answer

    def ask(self, text, seconds=60):
        """Runs a line of shell in the node to its end, whatever that is."""
        return self.answer(self.begin(text), text, seconds)

    def answer(self, begun, text, seconds):
        """Waits for the end of a line of shell that was begun."""
        try:
            return begun.get(timeout=limit(seconds))
        except queue.Empty:
            raise Failure(f"{self.name}: `{text.strip()[:200]}` gave no answer in "
                          f"{limit(seconds):.0f} s") from None

    def do(self, text, seconds=60):
        """Runs a line of shell that must end well, and returns what it printed."""
        result = self.ask(text, seconds)
        if result.code != 0:
            raise Failure(f"{self.name}: `{text.strip()[:200]}` ended with {result}")
        return result.out

    def boot_id(self):
        """What the kernel names its boot."""
        return self.do("cat /proc/sys/kernel/random/boot_id").strip()

    def until(self, text, seconds, what):
        """Repeats a line of shell until it ends well; returns the seconds that took."""
        began = time.monotonic()
        while True:
            result = self.ask(text, seconds)
            took = time.monotonic() - began
            if result.code == 0:
                return took
            if took > limit(seconds):
                raise Failure(f"{self.name}: {what} did not come about in {took:.0f} s; last seen: "
                              f"{result}")
            time.sleep(0.3)

    def qmp(self, command, **arguments):
        """Asks QEMU itself for something, as a person at the machine's front would."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(limit(20))
            connection.connect(self.path("qmp"))
            stream = connection.makefile("rw")
            stream.readline()
            for name, words in [("qmp_capabilities", {}), (command, arguments)]:
                stream.write(json.dumps({"execute": name, "arguments": words}) + "\n")
                stream.flush()
                answer = json.loads(stream.readline())
                while "event" in answer:
                    answer = json.loads(stream.readline())
                if "error" in answer:
                    raise Failure(f"{self.name}: QMP {name}: {answer['error']['desc']}")

    def plug(self, index, up):
        """Plugs a network card's cable in or out; the node sees its carrier come or go."""
        self.qmp("set_link", name=f"nic{index}", up=up)

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Ends the machine at once, as a loss of power does."""
        if self.is_running:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait(limit(20))
        self.pool.append((time.monotonic(), False))
        if self.to_guest is not None:
            # Wakes whoever still listens, and lets it see that nobody speaks.
            os.close(self.to_guest)
            self.to_guest = None
            with open(self.path("agent.out"), "wb", buffering=0) as file:
                file.write(b"\n")


def make_disk(path, size):
    """An empty disk, or the bytes of an old one gone."""
    with open(path, "wb") as file:
        file.truncate(size)
    return (path, "raw")


def make_overlay(path, image):
    """A root of its own over the common image."""
    run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", image, path], 30)
    return (path, "qcow2")
