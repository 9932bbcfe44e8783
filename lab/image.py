"""Builds what both machines of the pair boot: a kernel, what it needs to see a disk, and a root.

Touches the cache folder alone, but for packages that the machine lacks: the tools of the lab and
the kernel's headers are installed by apt. Everything comes from the machine's own Debian sources.
ZFS is in `contrib`: it is read through a copy of those sources in the cache, and the machine's own
stay as they are. Versions are what apt resolves; a new one makes a new image.
"""

import concurrent.futures
import glob
import hashlib
import os
import re
import shutil
import time

from lab import initramfs
from lab.command import Failure, run

# What runs the lab: machines, the root file system, clients, and what compiles the ZFS modules.
TOOLS = ["qemu-system-x86", "qemu-utils", "mmdebstrap", "e2fsprogs", "iproute2", "libiscsi-bin",
         "libnfs-utils", "build-essential", "libelf-dev", "kmod"]
# What a node of the pair has.
NODE = ["systemd-sysv", "udev", "dbus", "kmod", "iproute2", "procps", "psmisc", "drbd-utils",
        "zfsutils-linux", "keepalived", "nfs-kernel-server", "targetcli-fb", "libyaml-0-2",
        "rsyslog", "busybox-static"]
KERNEL = "linux-image-cloud-amd64"
# What would import the pool by itself, serve it by itself, or only make the boot longer.
MASKED = ["zfs-import-cache.service", "zfs-import-scan.service", "zfs-mount.service",
          "zfs-share.service", "zfs-volume-wait.service", "zfs-zed.service", "zfs.target",
          "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer",
          "e2scrub_all.timer", "e2scrub_reap.service", "fstrim.timer", "logrotate.timer",
          "man-db.timer", "systemd-pstore.service", "systemd-logind.service",
          "getty@tty1.service", "serial-getty@ttyS0.service", "systemd-update-utmp.service",
          "systemd-ask-password-wall.path", "systemd-ask-password-console.path",
          "nfs-blkmap.service", "rpc-gssd.service", "rpc-svcgssd.service", "gssproxy.service",
          "systemd-binfmt.service", "multipathd.service", "logrotate.service"]
DISABLED = ["nfs-server.service", "keepalived.service", "drbd.service",
            "rtslib-fb-targetctl.service"]
SIZE = "1536M"
UNIT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node/lab.service")


def build(cache, say):
    """Makes sure that the cache has an image of what apt offers now; returns its folder."""
    os.makedirs(cache, exist_ok=True)
    log = os.path.join(cache, "image.log")
    require_tools(log, say)
    sources = private_sources(cache, log)
    versions = resolve(sources, log)
    name = hashlib.sha256(repr((versions, NODE, MASKED, DISABLED, SIZE, recipe()))
                          .encode()).hexdigest()[:16]
    folder = os.path.join(cache, f"image-{name}")
    if os.path.exists(os.path.join(folder, "whole")):
        return folder
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    say(f"building the image: Linux {versions['kernel']}, ZFS {versions['zfs']}; log in {log}")
    # Side by side: one compiles, the other unpacks.
    with concurrent.futures.ThreadPoolExecutor() as both:
        modules = both.submit(build_modules, cache, sources, versions, log, say)
        root = both.submit(root_file_system, folder, sources, log, say)
        modules, root = modules.result(), root.result()
    furnish(root, modules, versions, folder, log)
    pack(root, folder, log)
    with open(os.path.join(folder, "whole"), "w") as file:
        file.writelines(f"{key} {value}\n" for key, value in sorted(versions.items()))
    for old in glob.glob(os.path.join(cache, "image-*")):
        if old != folder:
            shutil.rmtree(old)
    say(f"the image is ready after {time.monotonic() - began:.0f} s")
    return folder


def recipe():
    """What the image is made by: a change of it makes another image."""
    texts = []
    for path in [__file__, UNIT, initramfs.__file__, initramfs.INIT]:
        with open(path) as file:
            texts.append(file.read())
    return texts


def require_tools(log, say):
    installed = run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"]).splitlines()
    missing = [name for name in TOOLS if f"{name} installed" not in installed]
    if missing:
        say("installing " + " ".join(missing))
        install(missing, log)


def install(names, log):
    run(["apt-get", "update"], 120, log)
    run(["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300",
         *names], 600, log, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


class Sources:
    """The machine's own apt sources with `contrib` added, in a state of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.parts = os.path.join(folder, "parts")

    def options(self):
        return [word for pair in [
            ("Dir::Etc::sourcelist", "/dev/null"), ("Dir::Etc::sourceparts", self.parts),
            ("Dir::State::lists", os.path.join(self.folder, "lists")),
            ("Dir::Cache", os.path.join(self.folder, "cache")),
        ] for word in ("-o", "=".join(pair))]

    def files(self):
        return sorted(glob.glob(os.path.join(self.parts, "*")))


def private_sources(cache, log):
    sources = Sources(os.path.join(cache, "apt"))
    shutil.rmtree(sources.parts, ignore_errors=True)
    for name in ["parts", "lists/partial", "cache/archives/partial"]:
        os.makedirs(os.path.join(sources.folder, name), exist_ok=True)
    found = ["/etc/apt/sources.list"] + glob.glob("/etc/apt/sources.list.d/*")
    for path in found:
        if not path.endswith((".list", ".sources")) or not os.path.exists(path):
            continue
        with open(path) as file:
            text = file.read()
        text = re.sub(r"(?m)^(Components:.*\bmain\b)(?!.*\bcontrib\b)", r"\1 contrib", text)
        text = re.sub(r"(?m)^(deb .*\bmain\b)(?!.*\bcontrib\b)", r"\1 contrib", text)
        with open(os.path.join(sources.parts, os.path.basename(path)), "w") as file:
            file.write(text)
    if not sources.files():
        raise Failure("this machine has no apt sources in /etc/apt; the lab is built from them")
    run(["apt-get", *sources.options(), "update"], 180, log)
    return sources


def resolve(sources, log):
    """The versions of all that goes into the image, as apt would install them."""
    depends = run(["apt-cache", *sources.options(), "depends", KERNEL], log=log)
    match = re.search(r"Depends: linux-image-(\S+)", depends)
    if not match:
        raise Failure(f"apt knows no {KERNEL}; the lab needs Debian 12 or 13 on amd64")
    versions = {"kernel": match[1]}
    policy = run(["apt-cache", *sources.options(), "policy", "zfs-dkms",
                  f"linux-image-{match[1]}", *NODE], log=log)
    for name, version in re.findall(r"(?m)^(\S+):\n.*\n  Candidate: (\S+)", policy):
        versions["zfs" if name == "zfs-dkms" else name] = version
    if versions.get("zfs", "(none)") == "(none)":
        raise Failure("apt offers no zfs-dkms; the machine's sources seem to have no contrib")
    return versions


def fetch(sources, packages, folder, log):
    """Downloads packages and unpacks them below `folder`, without installing them."""
    os.makedirs(folder)
    run(["apt-get", *sources.options(), "-o", "APT::Sandbox::User=root", "download", *packages],
        300, log, cwd=folder)
    for path in glob.glob(os.path.join(folder, "*.deb")):
        run(["dpkg-deb", "-x", path, os.path.join(folder, "tree")], 60, log)
        os.unlink(path)
    return os.path.join(folder, "tree")


def build_modules(cache, sources, versions, log, say):
    """The kernel's modules and ZFS's for it; kept apart, since they take most of the time."""
    kernel, zfs = versions["kernel"], versions["zfs"]
    named = versions[f"linux-image-{kernel}"]
    kept = os.path.join(cache, f"kernel-{named}-zfs-{zfs}".replace(":", "_"))
    if os.path.exists(os.path.join(kept, "whole")):
        return kept
    for old in glob.glob(os.path.join(cache, "kernel-*")):
        shutil.rmtree(old)
    os.makedirs(kept)
    fetch(sources, [f"linux-image-{kernel}"], os.path.join(kept, "linux"), log)
    headers, common = f"/lib/modules/{kernel}/build", f"/lib/modules/{kernel}/source"
    if not os.path.exists(headers):
        say(f"installing linux-headers-{kernel}")
        install([f"linux-headers-{kernel}"], log)
    tree = fetch(sources, ["zfs-dkms"], os.path.join(kept, "zfs"), log)
    source = glob.glob(os.path.join(tree, "usr/src/zfs-*"))[0]
    say("compiling the ZFS modules; this takes some minutes")
    # Debian keeps what all flavours share apart, and configure reads some headers there as text.
    run(["./configure", "--with-config=kernel", f"--with-linux={os.path.realpath(common)}",
         f"--with-linux-obj={os.path.realpath(headers)}"], 1000, log, cwd=source)
    run(["make", f"-j{os.cpu_count()}"], 1200, log, cwd=source)
    target = os.path.join(kept, "modules")
    os.makedirs(target)
    # configure leaves some two hundred modules of its trials elsewhere.
    for path in glob.glob(os.path.join(source, "module/**/*.ko"), recursive=True):
        run(["strip", "--strip-debug", path])
        shutil.copy(path, target)
    if not os.path.exists(os.path.join(target, "zfs.ko")):
        raise Failure(f"the build of ZFS made no zfs.ko; see {log}")
    shutil.rmtree(os.path.join(kept, "zfs"))
    open(os.path.join(kept, "whole"), "w").close()
    return kept


def root_file_system(folder, sources, log, say):
    root = os.path.join(folder, "root")
    with open("/etc/os-release") as file:
        release = dict(line.rstrip().split("=", 1) for line in file if "=" in line)
    if release.get("VERSION_CODENAME") is None:
        raise Failure("/etc/os-release names no Debian release")
    say("making the root file system")
    # A proxy of the machine is one of the new root's while it is made, and not afterwards.
    options = os.path.join(folder, "apt.conf")
    with open(options, "w") as file:
        file.write(run(["apt-config", "dump", "Acquire::http", "--format", "%F \"%v\";%n"]))
    run(["mmdebstrap", "--mode=root", "--variant=minbase", f"--aptopt={options}",
         "--dpkgopt=force-unsafe-io", "--dpkgopt=path-exclude=/usr/share/doc/*",
         "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
         "--include=" + ",".join(NODE), release["VERSION_CODENAME"], root, *sources.files()],
        900, log)
    return root


def furnish(root, kept, versions, folder, log):
    """Puts the modules and the lab's own unit into the root, and takes out what is in the way."""
    kernel = versions["kernel"]
    linux = os.path.join(kept, "linux/tree")
    shutil.copy(os.path.join(linux, f"boot/vmlinuz-{kernel}"), os.path.join(folder, "vmlinuz"))
    found = glob.glob(os.path.join(linux, "lib/modules/*")) + glob.glob(
        os.path.join(linux, "usr/lib/modules/*"))
    target = os.path.join(root, "lib/modules", kernel)
    shutil.copytree(found[0], target, symlinks=True)
    shutil.copytree(os.path.join(kept, "modules"), os.path.join(target, "extra"))
    run(["depmod", "-b", root, kernel], 60, log)
    initramfs.make(os.path.join(folder, "initramfs"), root, kernel, log)
    for unit in MASKED:
        link = os.path.join(root, "etc/systemd/system", unit)
        if not os.path.lexists(link):
            os.symlink("/dev/null", link)
    for unit in DISABLED:
        run(["systemctl", f"--root={root}", "disable", unit], 30, log, check=False)
    shutil.copy(UNIT, os.path.join(root, "etc/systemd/system/lab.service"))
    run(["systemctl", f"--root={root}", "enable", "lab.service"], 30, log)
    os.makedirs(os.path.join(root, "lab"), exist_ok=True)
    with open(os.path.join(root, "etc/systemd/journald.conf"), "a") as file:
        file.write("Storage=volatile\nRuntimeMaxUse=16M\nForwardToSyslog=yes\n")
    shutil.rmtree(os.path.join(root, "var/lib/apt/lists"), ignore_errors=True)
    for path in glob.glob(os.path.join(root, "etc/apt/sources.list.d/*")):
        os.unlink(path)


def pack(root, folder, log):
    image = os.path.join(folder, "root.ext4")
    run(["mke2fs", "-q", "-t", "ext4", "-E", "root_owner=0:0", "-d", root, image, SIZE], 120, log)
    shutil.rmtree(root)
