"""The account of a command's processor time."""

import subprocess
import sys

import pytest

from benchmarks import processor

BUSY = "import time\nwhile time.process_time() < 0.4: pass"
LEAVES_A_PROCESS_BEHIND = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {BUSY!r}])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")
@pytest.mark.parametrize("program", [BUSY, LEAVES_A_PROCESS_BEHIND])
def test_what_a_command_leaves_behind_is_counted(program: str) -> None:
    command = [sys.executable, processor.__file__, sys.executable, "-c", program]
    _, worked = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603
    assert float(worked) >= 0.3
