"""Lockdowns and raids without a server: what holds, what is stored, who is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from component.alarm import Alarm
from component.forms import Done, Form
from component.memory import Memory
from component.performer import Performer
from config.settings import Category, Emergency
from policy.facts import Account, Deed, Facts, Kind, Lockdown
from policy.grading import join_mode_of
from policy.joining import Joining, JoinMode
from policy.verdict import ALLOW, Decision, Verdict
from storage.errors import Unavailable
from tests.support.office import ADMIN, MODERATOR, MUC, Office, open_office

HALL = f"hall@{MUC}"
ATTIC = f"attic@{MUC}"
OWNER = "owner@example"
YES = {"confirm": "1"}
ORDER = {"where": "everywhere", "create": "1", "reason": "spam wave"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    categories = {"general": Category(), "school": Category()}
    async with open_office(tmp_path, categories=categories, emergency=Emergency(raid_joins=5)) as world:
        for room in (HALL, ATTIC):
            await world.member(OWNER, room, creates=True)
            world.memory.affiliations.note(room, OWNER, "owner")
        yield world
        await world.performer.emergency.drain()


def stranger(office: Office, number: int, **fields: object) -> Facts:
    known: dict[str, object] = {
        "at": office.now(),
        "kind": Kind.JOIN,
        "account": Account(jid=f"s{number}@example"),
        "person": None,
        "room_jid": HALL,
        "room": office.memory.recall_room(HALL),
    }
    return Facts(**{**known, **fields})  # type: ignore[arg-type]


async def told(office: Office) -> list[tuple[str, str]]:
    await office.performer.emergency.drain()
    return [(to, text) for to, text, _ in office.effects.said]


async def begin(office: Office, **order: str) -> str:
    done = await office.run("lockdown", MODERATOR, {"deed": "begin"}, {**ORDER, **order}, YES)
    assert isinstance(done, Done), done
    return done.note


async def test_a_lockdown_holds_at_once_and_after_a_restart(office: Office) -> None:
    assert "number 1 is in force until 15 Jan 2027, 09:00" in await begin(office)
    (held,) = office.memory.lockdowns
    assert (held.deeds, held.room, held.by) == (frozenset((Deed.CREATE, Deed.JOIN)), None, MODERATOR)
    office.memory = Memory(office.store, office.settings, office.now)
    restarted = Performer(office, office.effects, office.performer._journal)  # type: ignore[arg-type] # a recorder
    await restarted.emergency.resume()
    assert office.memory.lockdowns == (held,)


async def test_managers_hear_of_it_once_however_many_rooms_they_have(office: Office) -> None:
    await begin(office)
    ((to, text),) = await told(office)
    assert to == OWNER
    assert "creating rooms, joining" in text
    assert "2 rooms" in text


async def test_of_a_category_only_its_managers_hear(office: Office) -> None:
    await begin(office, where="category:school")
    assert await told(office) == []
    room = await office.store.rooms.find(ATTIC)
    assert room is not None
    await office.store.rooms.classify(
        room.code, office.now(), category="school", scale="small", reason="r", by=MODERATOR
    )
    await begin(office, where="category:school")
    ((_, text),) = await told(office)
    assert "“school”" in text
    assert "a room" in text


async def test_it_ends_by_itself_and_that_is_told_once(office: Office) -> None:
    await begin(office, where="room", room=HALL, length="10m")
    emergency = office.performer.emergency
    assert await emergency.keep() == office.now() + 600
    office.clock.at += 600
    await asyncio.gather(emergency.keep(), emergency.keep())
    assert office.memory.lockdowns == ()
    assert await emergency.keep() is None
    assert sum("is over" in text for _, text in await told(office)) == 1
    assert [deed for deed in await office.deeds() if deed.startswith("lockdown")] == ["lockdown-begun", "lockdown-over"]


async def test_two_moderators_end_it_once(office: Office) -> None:
    await begin(office)
    emergency = office.performer.emergency
    ended = await asyncio.gather(*(emergency.end(1, by=by, reason="r") for by in (MODERATOR, ADMIN)))
    assert sorted(ended) == [False, True]
    assert office.memory.lockdowns == ()


async def test_the_command_ends_one_and_says_so(office: Office) -> None:
    await begin(office)
    done = await office.run("lockdown", ADMIN, {"deed": "1"}, {**YES, "reason": "calm again"})
    assert isinstance(done, Done)
    assert "number 1 has ended" in done.note
    assert [text for _, text in await told(office)][-1].startswith("The lockdown in all rooms is over")


async def test_one_that_is_over_meanwhile_is_said_to_be(office: Office) -> None:
    await begin(office)
    form = await office.run("lockdown", MODERATOR, {"deed": "1"})
    assert isinstance(form, Form)
    office.clock.at += 3600
    again = await office.run("lockdown", MODERATOR)
    assert isinstance(again, Form)
    assert "No lockdown" in again.fields[0].value


@pytest.mark.parametrize(
    ("order", "problem"),
    [
        ({"create": "0", "join": "0"}, "at least one"),
        ({"where": "room", "room": "nowhere"}, "room"),
        ({"length": "soon"}, "length"),
        ({"length": "0s"}, "length"),
    ],
)
async def test_an_order_that_makes_no_sense_is_asked_for_again(
    office: Office, order: dict[str, str], problem: str
) -> None:
    form = await office.run("lockdown", MODERATOR, {"deed": "begin"}, {**ORDER, **order})
    assert isinstance(form, Form)
    assert problem in form.problem
    assert office.memory.lockdowns == ()


async def test_status_shows_what_touches_the_caller(office: Office) -> None:
    await begin(office, where="room", room=HALL)
    for account, is_shown in ((OWNER, True), ("far@example", False)):
        done = await office.run("status", account)
        assert isinstance(done, Done)
        assert any(fact.var == "lockdowns" for fact in done.facts) is is_shown


# raids


async def come(office: Office, count: int, **fields: object) -> None:
    await office.memory.room(HALL)
    for number in range(count):
        office.performer.emergency.watch(stranger(office, number, **fields), ALLOW)
    await office.performer.emergency.drain()


async def mode(office: Office) -> JoinMode:
    return join_mode_of(await office.memory.room(HALL), office.settings, office.now())


async def test_a_raid_has_strangers_ask_for_approval_and_managers_and_staff_hear_of_it(office: Office) -> None:
    await come(office, 5)
    (held,) = office.memory.lockdowns
    assert (held.room, held.is_by_approval, held.until) == (HALL, True, office.now() + 900)
    assert await mode(office) is JoinMode.APPROVAL
    assert await office.store.lockdowns.standing() == (held,)
    lines = await told(office)
    assert {to for to, _ in lines} == {OWNER, MODERATOR, ADMIN}
    assert "needs the approval of its owners and admins" in lines[0][1]


async def test_approval_after_a_raid_ends_by_itself_also_after_a_restart_and_that_is_told(office: Office) -> None:
    await come(office, 5)
    office.memory = Memory(office.store, office.settings, office.now)
    office.memory.affiliations.note(HALL, OWNER, "owner")
    office.performer = Performer(office, office.effects, office.performer._journal)  # type: ignore[arg-type] # a recorder
    await office.performer.emergency.resume()
    assert await mode(office) is JoinMode.APPROVAL
    office.clock.at += 900
    assert await mode(office) is JoinMode.OPEN
    await office.performer.emergency.keep()
    assert f"{HALL} is joined again as its managers chose." in [text for to, text in await told(office) if to == OWNER]


async def test_a_moderator_ends_approval_after_a_raid_early(office: Office) -> None:
    await come(office, 5)
    form = await office.run("lockdown", MODERATOR)
    assert isinstance(form, Form)
    assert "joining without approval" in form.fields[0].value
    await office.run("lockdown", MODERATOR, {"deed": "1"}, {**YES, "reason": "a new class"})
    assert await mode(office) is JoinMode.OPEN
    assert office.memory.lockdowns == ()


async def test_a_later_need_for_approval_outlives_the_end_of_an_earlier_one(office: Office) -> None:
    await come(office, 5)
    (held,) = office.memory.lockdowns
    await office.store.lockdowns.begin(replace(held, until=held.until + 60))
    assert await office.performer.emergency.end(held.number, by=MODERATOR, reason="r")
    assert await mode(office) is JoinMode.APPROVAL


async def test_who_was_let_in_by_managers_is_no_raid(office: Office) -> None:
    room = await office.store.rooms.find(HALL)
    assert room is not None
    await office.store.entrances.set_joining(room, Joining(mode=JoinMode.APPROVAL), office.now(), by=OWNER)
    await come(office, 50)
    assert office.memory.lockdowns == ()


async def test_where_no_room_is_joined_by_approval_a_raid_leaves_it_to_its_members(office: Office) -> None:
    office.settle(categories={"general": Category(join_modes=("open", "invite"))})
    await come(office, 5)
    (held,) = office.memory.lockdowns
    assert held.deeds == frozenset((Deed.JOIN,))
    assert await mode(office) is JoinMode.OPEN
    assert (held.room, held.is_raid, held.spares_members, held.number) == (HALL, True, True, 1)
    assert held.until == office.now() + 900
    assert await office.store.lockdowns.standing() == (held,)
    assert {to for to, _ in await told(office)} == {OWNER, MODERATOR, ADMIN}


async def test_one_raid_is_one_lockdown(office: Office) -> None:
    await come(office, 50)
    assert len(office.memory.lockdowns) == 1


async def test_one_person_who_tries_again_and_again_is_no_raid(office: Office) -> None:
    await office.memory.room(HALL)
    for _ in range(50):
        office.performer.emergency.watch(stranger(office, 1), ALLOW)
    assert office.memory.lockdowns == ()


async def test_members_and_refused_strangers_are_no_raid(office: Office) -> None:
    await come(office, 50, is_member=True)
    await come(office, 50, kind=Kind.POST)
    await come(office, 50, room=None)
    for number in range(50):
        office.performer.emergency.watch(stranger(office, number), Verdict(decision=Decision.DENY))
    assert office.memory.lockdowns == ()


async def test_a_shadow_only_records_and_off_does_not_even_that(office: Office) -> None:
    office.settle(emergency=Emergency(raid_joins=5, raid="shadow"))
    await come(office, 5)
    office.settle(emergency=Emergency(raid_joins=5, raid="off"))
    await come(office, 50)
    assert office.memory.lockdowns == ()
    assert (await office.deeds()).count("would have begun a lockdown") == 1


async def test_a_raid_is_held_off_while_storage_is_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def begin(_: Lockdown) -> Lockdown:
        raise Unavailable("away")

    monkeypatch.setattr(office.store.lockdowns, "begin", begin)
    await come(office, 5)
    assert [held.number for held in office.memory.lockdowns] == [0]
    assert await mode(office) is JoinMode.APPROVAL
    office.memory.forget_room(HALL)
    assert await mode(office) is JoinMode.APPROVAL
    assert await office.performer.emergency.keep() == office.now() + 900
    assert [held.number for held in office.memory.lockdowns] == [0]
    office.clock.at += 900
    await office.performer.emergency.keep()
    assert office.memory.lockdowns == ()
    assert await mode(office) is JoinMode.OPEN


# the alarm


async def test_an_alarm_works_when_it_is_rung_and_survives_faults() -> None:
    turns: asyncio.Queue[int] = asyncio.Queue()

    async def work() -> float | None:
        turns.put_nowait(1)
        if turns.qsize() == 2:
            raise Unavailable("away")
        if turns.qsize() == 3:
            raise RuntimeError("a fault")
        return None

    alarm = Alarm(lambda: 0.0, work)
    running = asyncio.create_task(alarm.run())
    async with asyncio.timeout(5):
        for count in range(1, 5):
            while turns.qsize() < count:
                await asyncio.sleep(0)
            alarm.ring()
    running.cancel()


async def test_an_alarm_comes_by_itself_at_the_time_it_was_told() -> None:
    due = [0.02, 0.0, None]
    is_done = asyncio.Event()

    async def work() -> float | None:
        at = due.pop(0)
        if at is None:
            is_done.set()
        return at

    running = asyncio.create_task(Alarm(lambda: 0.0, work).run())
    async with asyncio.timeout(5):
        await is_done.wait()
    running.cancel()
