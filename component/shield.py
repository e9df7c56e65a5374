"""Keeps what is in memory off the disk and from other processes: no core dump, no debugger of the same user."""

import ctypes
import logging
import resource

log = logging.getLogger(__name__)

_PR_SET_DUMPABLE = 4


def shield() -> None:
    """For this process and those it starts. Where the system knows less, as much as it can."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (AttributeError, OSError):  # not Linux
        log.info("this system cannot keep a process from being traced; cores are switched off all the same")
