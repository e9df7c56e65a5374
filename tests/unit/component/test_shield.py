"""What is in memory stays there."""

import subprocess
import sys
from pathlib import Path

_ASK = """
import ctypes, resource
from component.shield import shield
shield()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_no_core_is_written_and_no_process_of_the_same_user_may_look_in() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ASK], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert said.stdout.split(maxsplit=1) == ["0", "(0, 0)\n"]  # PR_GET_DUMPABLE: not dumpable
