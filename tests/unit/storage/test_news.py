"""Instances over one database hear what the others change."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from policy.facts import Override, Quota
from storage.chain import AuditEntry
from storage.errors import NotFound
from storage.news import LOCKDOWNS, touched, whom
from storage.store import Store
from tests.unit.storage.databases import T0, only_sqlite, opened, place, stored, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
)
only_postgresql = pytest.mark.parametrize("backend", ["postgresql"])


class Listener:
    """Another instance over the same database."""

    def __init__(self, store: Store) -> None:
        news = store.news()
        assert news is not None
        self.store = store
        self.news = news

    async def next(self) -> frozenset[str] | None:
        async with asyncio.timeout(20):
            return await anext(self.news)

    async def hear_of(self, *subjects: str) -> None:
        """Wait until all of these were told of."""
        missing = set(subjects)
        while missing:
            missing -= await self.next() or set()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Listener]:
    async with stored(url) as store:
        listener = Listener(store)
        assert await listener.next() is None  # what was told before, nobody heard
        yield listener
        await listener.news.aclose()


def about(deed: str, subject: str, **detail: str | None) -> frozenset[str]:
    return touched([(T0, AuditEntry(actor="x", deed=deed, subject=subject, detail=detail))])


def test_news_are_of_the_subject_and_of_whoever_else_is_named() -> None:
    assert about("account-bound", "p:7", account=JULIET, provider="registry") == {"p:7", JULIET}
    assert about("account-moved", "p:7", old="a@x", new="b@x") == {"p:7", "a@x", "b@x"}
    assert about("room-left", "p:7", room=ROOM) == {"p:7", ROOM}
    assert about("lockdown-begun", "everywhere", room=None) == {"everywhere", LOCKDOWNS}


def test_what_changes_nothing_that_anybody_remembers_is_no_news() -> None:
    for deed in ("denied", "place-taken", "place-confirmed", "case-viewed"):
        assert about(deed, "p:7", room=ROOM) == set()
    assert about("keys-rotated", "") == set()


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        ("p:7", ("", 7)),
        ("a:juliet@example.org", (JULIET, None)),
        (JULIET, (JULIET, None)),
        ("p:x@muc", ("p:x@muc", None)),
        ("7K3M-Q9TW-X", ("", None)),
        ("everywhere", ("", None)),
    ],
)
def test_a_subject_may_name_somebody(subject: str, who: tuple[str, int | None]) -> None:
    assert whom(subject) == who


@only_sqlite
async def test_nobody_else_writes_to_a_file(store: Store) -> None:
    assert store.news() is None


@only_postgresql
async def test_another_instance_hears_who_was_concerned_and_not_what_it_did_itself(store: Store, url: str) -> None:
    async with listening(url) as other:
        number = await verified(store, JULIET)
        await other.hear_of(f"p:{number}", JULIET)
        override = Override(quota=Quota.JOINED, places=9, until=None)
        await other.store.overrides.set(f"p:{number}", override, T0, reason="", by="x")
        await store.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0)  # is no news either
        await store.rooms.close(ROOM, T0, reason="x", by="x")
        assert await other.next() == frozenset((ROOM,))


@only_postgresql
async def test_what_is_rolled_back_is_told_to_nobody(store: Store, url: str) -> None:
    async with listening(url) as other:
        with pytest.raises(NotFound):
            await store.people.adjust_credit(77, 1, "x", by="x", at=T0)
        await store.rooms.adopt(ROOM, T0, [])
        assert await other.next() == frozenset((ROOM,))


@only_postgresql
async def test_what_is_too_long_to_tell_or_not_ours_may_be_about_anything(store: Store, url: str) -> None:
    async with listening(url) as other:
        many = [AuditEntry(actor="x", deed="y", subject=f"a:{number}@example.org", detail={}) for number in range(900)]
        await store.audit.append(many, T0)
        assert await other.next() is None
        for payload in ("who is there?", "7", "[]"):
            with opened(url) as stranger:
                stranger.execute(sa.text("SELECT pg_notify('roomkeeper', :payload)"), {"payload": payload})
            assert await other.next() is None


@only_postgresql
async def test_whoever_lost_the_line_is_told_that_anything_may_have_changed(store: Store, url: str) -> None:
    async with listening(url) as other:
        with opened(url) as operator:
            assert operator.execute(sa.text(CUT)).scalars().all() == [True]
        assert await other.next() is None
        number = await verified(store, JULIET)
        await other.hear_of(f"p:{number}")
