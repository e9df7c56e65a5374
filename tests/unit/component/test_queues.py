"""Staff's queues: what waits too long is told once for each, in batches, to whoever works it off."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form
from component.queues import Queues
from config.settings import Queues as Clocks
from config.settings import Seconds, Staff
from policy.actions import OpenCase
from policy.facts import SanctionKind
from policy.group_ladder import MeasureKind
from storage.incidents import Incident
from storage.measures import Order
from storage.queues import Queue
from tests.support.office import ADMIN, MODERATOR, MUC, OFFICER, Office, open_office

HALL = f"hall@{MUC}"
ROMEO, OTHER = "romeo@example", "other@example"
HOUR = 3600.0
CLOCKS = Clocks(response_time=Seconds(24 * HOUR), notify_every=Seconds(HOUR))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    staff = Staff(moderators=(MODERATOR, OTHER), identity_officers=(OFFICER,), admins=(ADMIN,))
    async with open_office(tmp_path, staff=staff, queues=CLOCKS) as world:
        await world.verified(ROMEO, "P1")
        await world.member(ROMEO, HALL, creates=True)
        yield world


def told(office: Office, whom: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to == whom and "overdue" in text]


async def appeal(office: Office) -> None:
    order = {"target": ROMEO, "kind": SanctionKind.MUTE.value, "room": HALL, "length": "90d", "reason": "x"}
    await office.run("sanction", MODERATOR, order, {"confirm": "1"})
    assert isinstance(await office.run("appeal", ROMEO, {}, {"words": "It was not me"}), Done)


async def case(office: Office) -> None:
    known = await office.memory.known(ROMEO)
    assert known.person is not None
    action = OpenCase(account=ROMEO, person=known.person.number, room=HALL, rule="x", evidence="ink")
    incident = Incident(actions=(action,), at=office.now())
    await office.store.discipline.record(incident, office.performer.sanctions.terms())


async def correction(office: Office) -> None:
    wanted = {"type": "passport", "number": "P2", "name": "Romeo", "remark": "married"}
    assert isinstance(await office.run("correct", ROMEO, wanted), Done)


async def test_what_waits_too_long_is_told_once_to_whoever_works_it_off(office: Office) -> None:
    await appeal(office)
    await case(office)
    office.clock.at += 23 * HOUR
    assert await office.performer.queues.keep() == office.now() + HOUR
    assert told(office, OTHER) == []
    office.clock.at += HOUR
    await office.performer.queues.keep()
    for account in (MODERATOR, OTHER, ADMIN):
        (text,) = told(office, account)
        assert "Appeals: 1 (appeals)" in text
        assert "1 (cases)" in text
    assert told(office, OFFICER) == []
    office.clock.at += 48 * HOUR
    await office.performer.queues.keep()
    assert len(told(office, OTHER)) == 1


async def test_those_that_follow_are_told_in_batches(office: Office) -> None:
    await case(office)
    office.clock.at += 60
    await case(office)
    office.clock.at += 24 * HOUR - 60
    await office.performer.queues.keep()
    office.clock.at += 60
    assert await office.performer.queues.keep() == office.now() - 60 + HOUR
    assert len(told(office, OTHER)) == 1
    office.clock.at += HOUR
    await office.performer.queues.keep()
    assert len(told(office, OTHER)) == 2
    assert "1 (cases)" in told(office, OTHER)[1]


async def test_nothing_is_told_twice_after_a_restart_nor_before_anybody_hears_it(office: Office) -> None:
    await case(office)
    office.clock.at += 25 * HOUR
    office.meter.is_in_step = False
    await office.performer.queues.keep()
    assert told(office, OTHER) == []
    office.meter.is_in_step = True
    await office.performer.queues.keep()
    await Queues(office, office.performer.reach).keep()
    assert len(told(office, OTHER)) == 1


async def test_whoever_is_killed_too_early_tells_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await case(office)
    office.clock.at += 25 * HOUR

    async def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(office.store.queues, "note_told", killed)
        with pytest.raises(KeyboardInterrupt):
            await office.performer.queues.keep()
    await Queues(office, office.performer.reach).keep()
    assert len(told(office, OTHER)) == 2


async def test_officers_are_told_of_theirs_and_of_what_was_asked_for_anew(office: Office) -> None:
    await correction(office)
    lengths = await office.store.queues.lengths(office.now(), CLOCKS.response_time)
    assert [(queue, length.count, length.overdue) for queue, length in lengths.items()] == [(Queue.CORRECTIONS, 1, 0)]
    office.clock.at += 25 * HOUR
    await office.performer.queues.keep()
    assert len(told(office, OFFICER)) == 1
    assert told(office, OTHER) == []
    await correction(office)  # in place of the one before
    office.clock.at += 25 * HOUR
    await office.performer.queues.keep()
    assert len(told(office, OFFICER)) == 2


async def test_a_room_that_is_said_to_be_set_right_is_named(office: Office) -> None:
    found = await office.store.rooms.find(HALL)
    assert found is not None
    order = Order(code=found.code, kind=MeasureKind.WARN, rule="moderator", reason="x", by=MODERATOR, after=None)
    warned = await office.performer.group_ladder.impose(order)
    assert warned is not None
    await office.performer.group_ladder.claim(warned, by=ROMEO, words="Done")
    office.clock.at += 25 * HOUR
    await office.performer.queues.keep()
    (text,) = told(office, OTHER)
    assert HALL in text


async def test_nothing_is_ever_overdue_where_operators_want_no_clock(office: Office) -> None:
    office.settle(queues=Clocks(response_time=Seconds(0)))
    await case(office)
    office.clock.at += 1000 * HOUR
    assert await office.performer.queues.keep() is None
    assert told(office, OTHER) == []
    lengths = await office.store.queues.lengths(office.now(), 0)
    assert lengths[Queue.CASES].overdue == 0
    form = await office.run("cases", MODERATOR)
    assert isinstance(form, Form)
    assert "overdue" not in form.fields[0].value


@pytest.mark.parametrize(("hours", "words"), [(2, "waits for 2 hours"), (30, "waits for 2 days: overdue")])
async def test_lists_say_how_long_each_waits(office: Office, hours: int, words: str) -> None:
    await appeal(office)
    await case(office)
    office.clock.at += hours * HOUR
    form = await office.run("appeals", OTHER)
    assert isinstance(form, Form)
    assert form.fields[0].options[0].label.endswith(words)
    form = await office.run("cases", OTHER)
    assert isinstance(form, Form)
    assert words in form.fields[0].value


async def test_what_is_worked_off_waits_no_more_and_is_forgotten(office: Office) -> None:
    await appeal(office)
    office.clock.at += 25 * HOUR
    await office.performer.queues.keep()
    await office.run("appeals", OTHER, {}, {"ruling": "rejected", "reason": "x"})
    assert await office.store.queues.lengths(office.now(), HOUR) == {}
    assert await office.store.queues.oldest_untold(office.now()) is None
    await case(office)
    office.clock.at += 25 * HOUR
    await office.performer.queues.keep()
    assert len(told(office, OTHER)) == 2


async def test_numbers_are_read_where_somebody_shows_them(office: Office) -> None:
    await case(office)
    await office.performer.queues.keep()
    assert office.meter.queues == {}
    metrics = type(office.settings.metrics)(listen="127.0.0.1:9000")
    office.settle(metrics=metrics)
    await office.performer.queues.keep()
    assert office.meter.queues[Queue.CASES].count == 1
