"""Waiting for what no event tells of: looking again and again, for so long."""

import time
from collections.abc import Iterator

_PATIENCE_S = 20.0


def tries(patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Once and again until time is up; each try is to wait for an answer, or it is only spinning."""
    end = time.monotonic() + patience_s
    yield
    while time.monotonic() < end:
        yield
