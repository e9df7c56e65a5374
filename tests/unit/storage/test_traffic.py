"""What is written is counted: writes, the commits they share, and commits that failed."""

import asyncio

import pytest

from storage.audit import AuditEntry
from storage.store import Store
from storage.traffic import Traffic
from tests.unit.storage.databases import T0


async def test_writes_that_wait_together_share_a_commit(store: Store) -> None:
    entry = AuditEntry(actor="a", deed="said", subject="s", detail={})
    writes, commits = store.traffic.writes, store.traffic.commits
    await asyncio.gather(*(store.audit.append([entry], T0) for _ in range(10)))
    assert store.traffic.writes - writes == 10
    assert 0 < store.traffic.commits - commits < 10
    assert store.traffic.commit_s > 0


def test_a_commit_that_fails_writes_nothing() -> None:
    traffic = Traffic()
    with pytest.raises(OSError, match="full"), traffic.committing(3):
        raise OSError("full")
    assert (traffic.writes, traffic.commits, traffic.failures) == (0, 0, 1)
