"""The ladder for those who answer for rooms: struck once for each measure, sanctioned, and all of it undone with it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Refused
from component.group_ladder import BY_MODERATOR
from component.managing import manages
from config.settings import Ladders, ManagerLadder, ManagerStep, Seconds
from policy.facts import SanctionKind
from policy.group_ladder import MeasureKind
from storage.measures import Measure, Order
from tests.support.office import MODERATOR, MUC, Office, open_office

HALL, DEN = f"hall@{MUC}", f"den@{MUC}"
OWNER, HELPER = "owner@example", "helper@example"
DAY = 86400.0
LADDER = ManagerLadder(
    steps=(
        ManagerStep(strikes=1, window=Seconds(90 * DAY), sanction="manage", lasts=Seconds(DAY), deduct=5),
        ManagerStep(strikes=2, window=Seconds(90 * DAY), sanction="create", deduct=10),
    )
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, ladders=Ladders(manager=LADDER)) as world:
        world.meter.is_in_step = True
        await world.verified(OWNER, "O1")
        for room in (HALL, DEN):
            await world.member(OWNER, room, creates=True)
            world.memory.affiliations.note(room, OWNER, "owner")
        world.memory.affiliations.note(HALL, HELPER, "admin")
        world.memory.affiliations.note(HALL, MODERATOR, "admin")
        yield world


async def impose(office: Office, kind: MeasureKind, room: str = HALL) -> Measure:
    found = await office.store.rooms.find(room)
    assert found is not None
    standing = await office.store.measures.standing(found.code)
    after = None if standing is None else standing.number
    order = Order(code=found.code, kind=kind, rule=BY_MODERATOR, reason="scams", by=MODERATOR, after=after)
    measure = await office.performer.group_ladder.impose(order)
    assert measure is not None
    return measure


async def sanctions(office: Office, account: str) -> list[tuple[SanctionKind, str | None]]:
    known = await office.memory.known(account)
    held = known.account.sanctions + (known.person.sanctions if known.person else ())
    return [(each.kind, each.room) for each in held]


async def score(office: Office) -> int:
    known = await office.memory.known(OWNER)
    assert known.person is not None
    return known.person.score


def told(office: Office, whom: str) -> str:
    return "\n".join(text for to, text, _ in office.effects.said if to == whom)


async def test_a_warning_is_no_strike(office: Office) -> None:
    await impose(office, MeasureKind.WARN)
    assert await sanctions(office, OWNER) == []


async def test_a_suspended_room_costs_whoever_answers_for_it_rights_and_credit(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND)
    for account in (OWNER, HELPER):
        assert await sanctions(office, account) == [(SanctionKind.MANAGE, HALL)]
        assert "no longer manage" in told(office, account)
    assert await sanctions(office, MODERATOR) == []
    assert await score(office) == 55
    assert not manages(office, OWNER, HALL)
    assert manages(office, OWNER, DEN)
    done = await office.run("person", MODERATOR, {"target": OWNER})
    assert isinstance(done, Done)
    assert any("measure no. 1" in value for fact in done.facts for value in fact.values)


async def test_a_second_room_costs_the_right_to_make_rooms(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND)
    await impose(office, MeasureKind.CLOSE, DEN)
    assert await sanctions(office, OWNER) == [(SanctionKind.MANAGE, HALL), (SanctionKind.CREATE, None)]
    assert await score(office) == 45


async def test_one_measure_is_one_strike_however_often_it_is_carried_out(office: Office) -> None:
    measure = await impose(office, MeasureKind.SUSPEND)
    ladder = office.performer.group_ladder
    await asyncio.gather(*(ladder._answer(measure, (OWNER, HELPER)) for _ in range(3)))
    known = await office.memory.known(OWNER)
    assert len(await office.store.manager_strikes.of(known.holder)) == 1
    assert await score(office) == 55


async def test_undoing_the_measure_undoes_all_of_it(office: Office) -> None:
    measure = await impose(office, MeasureKind.SUSPEND)
    await office.performer.group_ladder.undo(measure.number, by=MODERATOR, reason="appeal")
    for account in (OWNER, HELPER):
        assert await sanctions(office, account) == []
        assert "has been lifted" in told(office, account)
    assert await score(office) == 60
    assert manages(office, OWNER, HALL)
    await impose(office, MeasureKind.SUSPEND, DEN)
    assert await sanctions(office, OWNER) == [(SanctionKind.MANAGE, DEN)]  # the first step again


async def test_what_is_withdrawn_is_lifted_like_any_sanction(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND)
    await office.performer.sanctions.lift(1, by=MODERATOR, reason="enough")
    assert await sanctions(office, HELPER) == [] or await sanctions(office, OWNER) == []


async def test_an_empty_ladder_leaves_managers_alone(office: Office) -> None:
    office.settle(ladders=Ladders(manager=ManagerLadder(steps=())))
    await impose(office, MeasureKind.CLOSE)
    assert await sanctions(office, OWNER) == []


async def test_who_may_not_manage_sets_no_rules_for_the_room(office: Office) -> None:
    await impose(office, MeasureKind.SUSPEND)
    await office.memory.known(OWNER)
    outcome = await office.run("room-rules", OWNER, {"room": HALL})
    assert outcome == Refused(text="room-rules-not-yours")


async def test_a_moderator_withdraws_the_right_by_hand(office: Office) -> None:
    order = {"target": HELPER, "kind": "manage", "room": DEN, "length": "1d", "reason": "neglect"}
    done = await office.run("sanction", MODERATOR, order, {"confirm": "1"})
    assert isinstance(done, Done), done
    order = {"target": HELPER, "kind": "create", "room": DEN, "length": "1d", "reason": "neglect"}
    await office.run("sanction", MODERATOR, order, {"confirm": "1"})
    assert await sanctions(office, HELPER) == [(SanctionKind.MANAGE, DEN), (SanctionKind.CREATE, None)]
