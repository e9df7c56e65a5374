"""What another instance changed is read anew, and whoever it barred is put out of the rooms here."""

from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest

from component.hearsay import Hearsay
from component.occupancy import Occupant
from storage.errors import Unavailable
from storage.news import LOCKDOWNS
from tests.support.office import Office, open_office

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
News = frozenset[str] | None


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as office:
        yield office


async def tell(office: Office, monkeypatch: pytest.MonkeyPatch, *news: News) -> None:
    """Another instance says this, and then no more."""

    async def say() -> AsyncGenerator[News, None]:
        for each in news:
            yield each

    monkeypatch.setattr(type(office.store), "news", lambda _: say())
    await Hearsay(office).keep()


@pytest.mark.parametrize("news", ["p:1", f"a:{JULIET}", JULIET, None])
async def test_an_account_that_was_concerned_is_read_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch, news: str | None
) -> None:
    await office.verified(JULIET)
    await office.memory.known(JULIET)
    await tell(office, monkeypatch, None if news is None else frozenset((news,)))
    assert office.memory.recall(JULIET) is None


async def test_others_are_remembered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.verified(JULIET)
    await office.memory.known(JULIET)
    await tell(office, monkeypatch, frozenset(("p:77", "a:romeo@example.org", "everywhere", "7K3M-Q9TW-X")))
    assert office.memory.recall(JULIET) is not None


@pytest.mark.parametrize("by", ["address", "code", "everything"])
async def test_a_room_that_was_concerned_is_read_anew_with_its_members(
    office: Office, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    await office.member(JULIET, ROOM, creates=True)
    room = await office.memory.room(ROOM)
    assert room is not None
    assert await office.memory.holds_place(f"a:{JULIET}", ROOM)
    subject = {"address": frozenset((ROOM,)), "code": frozenset((room.code,)), "everything": None}[by]
    await tell(office, monkeypatch, subject)
    assert office.memory.recall_room(ROOM) is None
    assert not office.memory.is_member(f"a:{JULIET}", ROOM)


async def test_lockdowns_are_looked_for_when_there_are_new_ones(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[None] = []
    monkeypatch.setattr(office.performer.emergency, "on_change", lambda: rung.append(None))
    await tell(office, monkeypatch, frozenset((ROOM,)), frozenset((ROOM, LOCKDOWNS)), None)
    assert len(rung) == 2


async def test_whoever_is_barred_elsewhere_is_put_out_here_and_storage_may_fail_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await office.verified(JULIET)
    office.memory.occupancy.enter(
        ROOM, Occupant(jid=f"{JULIET}/phone", nick="Juliet", role="participant", affiliation="none")
    )
    await office.memory.known(JULIET)
    await tell(office, monkeypatch, frozenset((f"p:{number}",)))
    assert office.effects.removed == []
    await office.store.people.blacklist(number=number, reason="x", by="x", at=office.now())
    real = office.store.people.accounts_of
    tries = 0

    async def once_out_of_reach(person: int) -> tuple[str, ...]:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise Unavailable
        return await real(person)

    monkeypatch.setattr(office.store.people, "accounts_of", once_out_of_reach)
    await tell(office, monkeypatch, frozenset((f"p:{number}",)), frozenset((f"p:{number}",)))
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(ROOM, "Juliet")]


async def test_nothing_is_heard_where_nobody_else_writes(office: Office) -> None:
    await Hearsay(office).keep()
