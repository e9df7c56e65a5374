"""Sanctions in rooms: who is put out, whose membership ends, and who is turned out though they are inside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from component.occupancy import Occupant
from config.settings import Moderation, Seconds
from policy.actions import Hold, Punish
from policy.facts import SanctionKind
from storage.errors import Unavailable
from tests.support.office import MODERATOR, MUC, Office, open_office
from tests.unit.storage.databases import enter

JULIET, HALL, CELLAR = "juliet@example", f"hall@{MUC}", f"cellar@{MUC}"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, moderation=Moderation(hold_notice=Seconds(0.05))) as world:
        for room in (HALL, CELLAR):
            await world.member(JULIET, room, creates=True)
            occupant = Occupant(jid=f"{JULIET}/phone", nick="jules", role="participant", affiliation="member")
            world.memory.occupancy.enter(room, occupant)
            world.memory.note_member(f"a:{JULIET}", room)
        yield world


def punish(kind: SanctionKind, room: str | None, lasts_s: float | None = None) -> Punish:
    return Punish(kind=kind, account=JULIET, person=None, room=room, rule="x", lasts_s=lasts_s)


@pytest.mark.parametrize(
    ("order", "out", "withdrawn"),
    [
        (punish(SanctionKind.NOTICE, HALL), [], []),
        (punish(SanctionKind.SUSPEND, None), [], []),
        (punish(SanctionKind.KICK, HALL), [HALL], []),
        (punish(SanctionKind.REMOVE, HALL), [HALL], [HALL]),
        (punish(SanctionKind.BAN, None, 60), [CELLAR, HALL], []),
        (punish(SanctionKind.BAN, None), [CELLAR, HALL], [CELLAR, HALL]),
    ],
)
async def test_a_sanction_is_told_and_carried_out(
    office: Office, order: Punish, out: list[str], withdrawn: list[str]
) -> None:
    await office.performer.sanctions.impose(order, by=MODERATOR, reason="adverts")
    assert len(office.effects.said) == 1
    assert sorted(room for room, _, _ in office.effects.removed) == out
    assert sorted(room for room, _ in office.effects.withdrawn) == withdrawn
    for room in (HALL, CELLAR):
        assert office.memory.is_member(f"a:{JULIET}", room) is (room not in withdrawn)


async def test_somebody_barred_who_is_inside_is_turned_out(office: Office) -> None:
    turn_out = office.performer.sanctions.turn_out
    assert not await turn_out(HALL, JULIET)
    await office.store.discipline.punish(punish(SanctionKind.BAN, HALL), by="x", reason="adverts", at=office.now())
    office.memory.forget(JULIET)
    assert not await turn_out(CELLAR, JULIET)
    assert await turn_out(HALL, JULIET)
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "jules")]
    assert "adverts" in office.effects.removed[0][2]
    await office.store.people.blacklist(account=JULIET, reason="x", by="x", at=office.now())
    office.memory.forget(JULIET)
    assert await turn_out(CELLAR, JULIET)


async def test_the_blacklist_ends_every_membership(office: Office) -> None:
    await office.performer.blacklisting.bar_account(JULIET, by=MODERATOR, reason="fraud")
    assert office.effects.affiliations == {(CELLAR, JULIET): "none", (HALL, JULIET): "none"}
    assert (await office.store.rooms.counts(f"a:{JULIET}", None)).joined == 0


async def test_an_account_barred_by_itself_leaves_its_persons_places_to_the_others(office: Office) -> None:
    await office.verified(JULIET)
    await office.performer.blacklisting.bar_account(JULIET, by=MODERATOR, reason="fraud")
    assert office.effects.affiliations == {}


async def end(keeping: "asyncio.Task[None]") -> None:
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


async def test_moderators_are_told_together_of_what_came_while_they_were_told_before(office: Office) -> None:
    async def hold(content: str) -> None:
        held = Hold(account=JULIET, person=None, room=HALL, rules=("r",), content=content, evidence="", lasts_s=60.0)
        await enter(office.store, held, at=office.now())
        office.performer.holding.announce()

    keeping = asyncio.create_task(office.performer.holding.keep())
    await hold("1")
    await office.effects.spoken.wait()
    office.effects.spoken.clear()
    for content in "234":
        await hold(content)
    await office.effects.spoken.wait()
    assert [said[1].partition(" wait")[0] for said in office.effects.said] == ["One text", "4 texts"]
    assert {said[0] for said in office.effects.said} == {MODERATOR}
    await end(keeping)


class Gone:
    """Holds of a database that is out of reach."""

    async def count_waiting(self, _at: float) -> int:
        raise Unavailable("gone")


async def test_while_the_database_is_gone_the_news_are_kept_for_later(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    holds, office.store.holds = office.store.holds, Gone()  # type: ignore[assignment] # all that is asked of it
    held = Hold(account=JULIET, person=None, room=HALL, rules=("r",), content="1", evidence="", lasts_s=60.0)
    await enter(office.store, held, at=office.now())
    office.performer.holding.announce()
    keeping = asyncio.create_task(office.performer.holding.keep())
    async with asyncio.timeout(5):
        while "moderators are not told" not in caplog.text:
            await asyncio.sleep(0.01)
        office.store.holds = holds
        await office.effects.spoken.wait()
    await end(keeping)
