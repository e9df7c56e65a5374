"""Whatever two persons did: merged and split they are as before, and erased nothing of theirs can be read."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from policy.actions import OpenCase, Punish, Strike
from policy.facts import SanctionKind
from storage.errors import NotFound
from storage.schema import metadata
from storage.store import Store
from tests.unit.storage.databases import T0, claim, enter, entry, opened_copy, place

Fresh = Callable[[], AbstractAsyncContextManager[Store]]

ACCOUNTS = (("one@example.org", 1), ("uno@example.org", 1), ("two@example.org", 2), ("due@example.org", 2))
ROOMS = tuple(f"room{index}@muc.example.org" for index in range(3))
SECRET = "planted-evidence"
UNSAID = {"audit", "audit_head", "merges", "counters"}
THEN = {"blacklistings"}
"""Whom an act was against when it was done; `lineage.holder_now` says who that is."""

deeds = st.lists(
    st.tuples(
        st.sampled_from(("create", "join", "leave", "strike", "case", "mute", "credit", "blacklist", "lock", "accept")),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ROOMS),
    ),
    max_size=15,
)


async def live(store: Store, past: Sequence[tuple[str, tuple[str, int], str]]) -> None:
    """Two persons with two accounts each, and what they did."""
    await store.registry.put([entry(1), entry(2)], T0)
    for account, number in ACCOUNTS:
        await claim(store, account, entry(number), T0)
    for turn, (deed, (account, person), room) in enumerate(past):
        await do(store, deed, (account, person), room, T0 + turn)


async def do(store: Store, deed: str, who: tuple[str, int], room: str, at: float) -> None:
    account, person = who
    where: dict[str, Any] = {"account": account, "person": person, "room": room, "rule": "x"}
    match deed:
        case "create" | "join":
            try:
                await store.rooms.take(place(account, room, person=person, creates=deed == "create"), at)
            except NotFound:
                return
            await store.rooms.confirm(f"p:{person}", room, at)
        case "leave":
            await store.rooms.leave(f"p:{person}", room, at, account)
        case "strike":
            await enter(store, Strike(**where, evidence=SECRET, expires_s=1e6), at=at)
        case "case":
            await enter(store, OpenCase(**where, evidence=SECRET), at=at)
        case "mute":
            punish = Punish(**where, kind=SanctionKind.MUTE, lasts_s=None)
            await store.discipline.punish(punish, by="x", reason="x", at=at)
        case "credit":
            await store.people.adjust_credit(person, -3, "late", by="x", at=at)
        case "blacklist":
            await store.people.blacklist(number=person, reason="x", by="x", at=at)
        case "lock":
            await store.people.set_tier(person, "restricted", at, locked=True)
        case _:
            await store.people.accept_rules(person, int(at - T0), at)


async def contents(store: Store) -> dict[str, set[Any]]:
    async with store._database.read() as reading:
        return {
            table.name: {tuple(row) for row in await reading.all(select(table))}
            for table in metadata.sorted_tables
            if table.name not in UNSAID
        }


@settings(max_examples=40, deadline=None)
@given(past=deeds)
def test_a_merge_and_its_split_change_nothing(fresh: Fresh, past: Sequence[tuple[str, tuple[str, int], str]]) -> None:
    async def play() -> None:
        async with fresh() as store:
            await live(store, past)
            before = await contents(store)
            merge = await store.persons.merge(1, 2, T0 + 100, by="x", reason="x")
            found = [(await store.people.find(account, T0 + 100)).person for account, _ in ACCOUNTS]
            assert {person.number for person in found if person} == {1}
            async with store._database.read() as reading:
                for table in metadata.sorted_tables:
                    if "holder" in table.columns and table.name not in THEN:
                        assert not await reading.all(select(table).where(table.c.holder == "p:2"))
            await store.persons.split(merge.number, T0 + 200, by="x", reason="x")
            assert await contents(store) == before
            assert (await store.audit.verify()).broken_at is None

    asyncio.run(play())


@settings(max_examples=15, deadline=None)
@given(past=deeds, is_merged=st.booleans())
def test_erasure_leaves_no_key_and_nothing_that_opens(
    template: Path, past: Sequence[tuple[str, tuple[str, int], str]], *, is_merged: bool
) -> None:
    async def play() -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            async with opened_copy(template, folder) as store:
                await live(store, past)
                if is_merged:
                    await store.persons.merge(1, 2, T0 + 100, by="x", reason="x")
                before = await contents(store)
                destroyed = [row[2] for row in before["vault_keys"] if is_merged or row[0] == "p:1"]
                await store.erasures.ask(1, T0, T0, by="x")
                assert await store.erasures.erase(1, T0 + 300) is not None
                await store.errands.finish([errand.number for errand in await store.errands.waiting(0, 1_000)])
                assert await store.erasures.scrub()
                after = await contents(store)
                assert {row[0] for row in after["vault_keys"]} == (set() if is_merged else {"p:2"})
                data = b"".join(path.read_bytes() for path in folder.iterdir())
                assert destroyed
                assert not any(key in data for key in destroyed)
                assert not any("one@" in str(row) or "uno@" in str(row) for rows in after.values() for row in rows)
                assert (await store.audit.verify()).broken_at is None

    asyncio.run(play())
