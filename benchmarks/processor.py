"""What a command costs with every process that it leaves behind: `python benchmarks/processor.py COMMAND…`.

A process whose parent has ended is nobody's child, and the system's account of a command leaves it out. Here
the orphans come back to this process, which waits for them (Linux; elsewhere only children count).
Prints seconds of the clock until the command ended, and seconds of the processor until all had.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time

_ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""


def main(command: list[str]) -> None:
    """Runs the command, its output thrown away.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own programs
    took = time.perf_counter() - began
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    spent = os.times()
    print(took, spent.children_user + spent.children_system)


if __name__ == "__main__":
    main(sys.argv[1:])
