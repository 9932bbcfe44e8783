"""What a node boots before its root is there: Debian's kernel reaches virtio's disks by modules.

Touches the folder of the image. A shell, the modules in the order in which they need each other,
and `node/init`, which loads them and goes on to the root.
"""

import lzma
import os
import re
import shutil

from lab.command import run

INIT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node/init")
DRIVERS = ["virtio_pci", "virtio_blk"]


def make(path, root, kernel, log):
    """Writes it to `path`, with the modules and the busybox of `root`, which needs no library."""
    busybox, tree = os.path.join(root, "bin/busybox"), path + ".tree"
    for name in ["bin", "dev", "modules", "root"]:
        os.makedirs(os.path.join(tree, name))
    shutil.copy(busybox, os.path.join(tree, "bin/busybox"))
    shutil.copy(INIT, os.path.join(tree, "init"))
    os.chmod(os.path.join(tree, "init"), 0o755)
    needed = run(["modprobe", "-d", root, "-S", kernel, "--show-depends", "-a", *DRIVERS], 30, log)
    # What both need is named twice.
    for number, module in enumerate(dict.fromkeys(re.findall(r"(?m)^insmod (\S+)", needed))):
        # Debian 13 packs its modules.
        opened = lzma.open(module) if module.endswith(".xz") else open(module, "rb")
        with opened, open(os.path.join(tree, f"modules/{number}.ko"), "wb") as file:
            shutil.copyfileobj(opened, file)
    names = path + ".names"
    with open(names, "w") as file:
        # A folder stands before what is in it.
        for folder, folders, files in os.walk(tree):
            file.writelines(os.path.relpath(os.path.join(folder, name), tree) + "\n"
                            for name in folders + files)
    with open(names) as file:
        run([busybox, "cpio", "-o", "-H", "newc", "-F", path], 30, log, cwd=tree, stdin=file)
    os.unlink(names)
    shutil.rmtree(tree)
