"""How much is written and how long that takes, in plain numbers for whoever watches. Knows no tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Traffic:
    """Since the start. A batch that fails is tried again write by write; each try counts."""

    def __init__(self) -> None:
        """Nothing was written."""
        self.writes = 0
        self.commits = 0
        self.failures = 0
        self.commit_s = 0.0

    @contextmanager
    def committing(self, writes: int) -> Iterator[None]:
        """Within, so many writes are committed together."""
        begun = perf_counter()
        try:
            yield
        except BaseException:
            self.failures += 1
            raise
        self.writes += writes
        self.commits += 1
        self.commit_s += perf_counter() - begun
