"""Reviews of groups: managers told ahead, moderators of what is due and overdue, decisions carried out once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form, Mistaken, Outcome, Refused
from component.reviewing import Reviewing
from config.settings import Activity, Category, Reviews, Seconds
from policy.facts import RoomStatus
from policy.group_ladder import MeasureKind
from storage.errors import Unavailable
from storage.measures import Measure, Order
from tests.support.office import ADMIN, MODERATOR, MUC, Office, open_office

HALL = f"hall@{MUC}"
OWNER = "owner@example"
DAY = 86400.0
EVERY = Seconds(100 * DAY)
CATEGORIES = {"general": Category(title={"en": "General"}, review_every=EVERY)}
CLASSES = {"quiet": Activity(), "busy": Activity(messages=1, needs_managers=2, review_every=Seconds(30 * DAY))}
KEEP = ({"deed": "keep"}, {"reason": "All is well"})
WARN = ({"deed": "warn"}, {"reason": "Adverts", "within": "3d", "checklist": "Remove them"}, {"confirm": "1"})
CLOSE = ({"deed": "close"}, {"reason": "Only adverts"}, {"confirm": "1"})


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    reviews = Reviews(tell_before=Seconds(10 * DAY), within=Seconds(5 * DAY), notify_every=Seconds(600))
    async with open_office(tmp_path, categories=CATEGORIES, activity=CLASSES, reviews=reviews) as world:
        world.meter.is_in_step = True
        await world.verified(OWNER, "P1")
        await world.member(OWNER, HALL, creates=True)
        world.memory.affiliations.note(HALL, OWNER, "owner")
        yield world


def told(office: Office, whom: str) -> list[str]:
    texts = [text for to, text, _ in office.effects.said if to == whom]
    office.effects.said.clear()
    return texts


async def keep(office: Office, days: float = 0) -> float | None:
    office.clock.at += days * DAY
    return await office.performer.reviewing.keep()


async def fall_due(office: Office) -> None:
    await keep(office, 90)
    await keep(office, 10)
    office.effects.said.clear()


async def review(office: Office, *answers: dict[str, str], by: str = MODERATOR) -> Outcome:
    return await office.run("group-reviews", by, {}, *answers)


async def standing(office: Office) -> Measure | None:
    room = await office.store.rooms.find(HALL)
    return None if room is None else await office.store.measures.standing(room.code)


async def facts_of(office: Office, command: str, by: str) -> dict[str, tuple[str, ...]]:
    page = await office.run(command, by, {"room": HALL})
    assert isinstance(page, Done)
    return {each.var: each.values for each in page.facts}


async def test_managers_are_told_ahead_and_moderators_when_it_is_due(office: Office) -> None:
    assert await keep(office, 89) == office.clock.at + DAY
    assert office.effects.said == []
    due_at = await keep(office, 1)
    (text,) = told(office, OWNER)
    assert HALL in text
    assert "appoint" not in text
    assert due_at == office.clock.at + 10 * DAY
    assert await keep(office, 9.5) == due_at
    assert office.effects.said == []
    await keep(office, 0.5)
    (text,) = told(office, MODERATOR)
    assert text.startswith("One group is due for a review. Write")
    await keep(office, 1)
    assert office.effects.said == []


async def test_a_busy_group_is_due_sooner_and_its_managers_hear_how_many_they_should_be(office: Office) -> None:
    room = await office.store.rooms.find(HALL)
    assert room is not None
    await office.store.activity.grade({room.code: "busy"}, office.now())
    second = "owner.too@example"
    office.memory.affiliations.note(HALL, second, "admin")
    await office.verified(second, "P1")
    await keep(office, 20)
    (text,) = told(office, OWNER)
    assert "should have 2 owners and admins and has 1" in text
    await keep(office, 10)
    form = await review(office)
    assert isinstance(form, Form)
    assert "as busy as it is it should have 2" in form.fields[0].value


async def test_where_there_was_no_time_to_tell_managers_it_comes_so_much_later(office: Office) -> None:
    told_at = office.clock.at + 400 * DAY
    assert await keep(office, 400) == told_at + 10 * DAY
    assert told(office, OWNER)
    assert await office.store.reviews.waiting(limit=9) == ()
    await keep(office, 10)
    assert len(await office.store.reviews.waiting(limit=9)) == 1


async def test_what_is_overdue_is_told_once_more(office: Office) -> None:
    await fall_due(office)
    await keep(office, 4.9)
    assert office.effects.said == []
    assert office.meter.reviews_overdue == 0
    await keep(office, 0.1)
    (text,) = told(office, MODERATOR)
    assert text.startswith("One group is due for a review, and it is overdue. Write")
    assert (office.meter.reviews_waiting, office.meter.reviews_overdue) == (1, 1)
    await keep(office, 9)
    assert office.effects.said == []
    overview = await office.store.overview(office.now(), office.settings)
    assert overview.reviews == (("waiting", 1), ("overdue", 1))


async def test_moderators_are_told_no_more_often_than_that(office: Office) -> None:
    await fall_due(office)
    attic = f"attic@{MUC}"
    await office.member(OWNER, attic, creates=True)
    room = await office.store.rooms.find(attic)
    assert room is not None
    await office.store.reviews.foresee(room.code, office.now(), office.now())
    assert await office.store.reviews.open_due(office.now(), limit=9) == 1
    now = office.clock.at
    assert await keep(office) == now + 600
    assert told(office, MODERATOR) == []
    office.clock.at = now + 600
    await keep(office)
    assert told(office, MODERATOR)[0].startswith("2 groups are due")


async def test_a_moderator_sees_what_there_is_and_lets_the_group_stay(office: Office) -> None:
    await fall_due(office)
    form = await review(office)
    assert isinstance(form, Form)
    seen = form.fields[0].value
    for part in (HALL, "General", "owner: owner@example", "with the moderators since"):
        assert part in seen
    done = await review(office, *KEEP)
    assert isinstance(done, Done)
    await keep(office)
    (text,) = told(office, OWNER)
    assert "stays as it is. All is well." in text
    await keep(office)
    assert office.effects.said == []
    by = (await facts_of(office, "room", MODERATOR))["review"]
    assert by[0].endswith(f"by {MODERATOR}")
    assert by[1].startswith("next due on")
    (last, _) = (await facts_of(office, "info", OWNER))["review"]
    assert MODERATOR not in last
    none = await office.run("group-reviews", MODERATOR)
    assert isinstance(none, Done)
    assert none.note == "No group is due for a review."


async def test_a_warning_by_a_review_is_one_of_the_ladder(office: Office) -> None:
    await fall_due(office)
    assert isinstance(await review(office, *WARN), Done)
    measure = await standing(office)
    assert measure is not None
    assert (measure.kind, measure.by, measure.due_at) == (MeasureKind.WARN, MODERATOR, office.now() + 3 * DAY)
    (text,) = told(office, OWNER)
    assert "has been warned. Reason: Adverts." in text
    await keep(office)
    assert office.effects.said == []


async def test_a_group_may_be_closed_by_a_review(office: Office) -> None:
    await fall_due(office)
    assert isinstance(await review(office, *CLOSE), Done)
    assert office.effects.destroyed
    room = await office.store.rooms.find(HALL)
    assert room is not None
    assert room.status is RoomStatus.CLOSED


async def test_a_decision_killed_before_it_was_carried_out_is_carried_out_at_the_next_start(office: Office) -> None:
    await fall_due(office)
    (due,) = await office.store.reviews.waiting(limit=9)
    order = Order(
        code=due.room.code, kind=MeasureKind.SUSPEND, rule="moderator", reason="Adverts", by=MODERATOR, after=None
    )
    await office.store.reviews.decide(due.number, office.now(), by=MODERATOR, reason="Adverts", order=order)
    await office.performer.group_ladder.keep()
    assert "suspended" in told(office, OWNER)[0]
    await office.performer.group_ladder.keep()
    await keep(office)
    assert office.effects.said == []


async def test_what_happened_meanwhile_is_not_decided_on(office: Office) -> None:
    await fall_due(office)
    room = await office.store.rooms.find(HALL)
    assert room is not None
    order = Order(code=room.code, kind=MeasureKind.WARN, rule="strikes", reason="r", by="x", after=None)
    await office.store.measures.impose(order, office.now())
    (due,) = await office.store.reviews.waiting(limit=9)
    is_done = await office.performer.reviewing.decide(due.number, by=MODERATOR, reason="r", order=order)
    assert not is_done
    assert len(await office.store.reviews.waiting(limit=9)) == 1


async def test_nobody_reviews_their_own_group_but_an_admin(office: Office) -> None:
    await fall_due(office)
    for account, kind in ((MODERATOR, Refused), (ADMIN, Form)):
        office.memory.affiliations.note(HALL, account, "admin")
        assert isinstance(await review(office, by=account), kind)


async def test_a_deadline_must_be_a_time(office: Office) -> None:
    await fall_due(office)
    again = await review(office, {"deed": "warn"}, {"reason": "r", "within": "soon", "checklist": ""})
    assert isinstance(again, Form | Mistaken)
    assert await standing(office) is None


async def test_another_period_holds_from_the_reload_on(office: Office) -> None:
    await keep(office, 50)
    assert office.effects.said == []
    office.settle(categories={"general": Category(review_every=Seconds(60 * DAY))})
    rung: list[bool] = []
    office.performer.reviewing.on_change = lambda: rung.append(True)
    office.performer.reviewing.look_anew()
    assert rung
    assert await keep(office) == office.clock.at + 10 * DAY
    assert told(office, OWNER)
    office.settle(categories={"general": Category()})
    assert await keep(office) is None
    await keep(office, 99)
    assert office.effects.said == []


async def test_nothing_is_lost_while_there_is_no_connection_or_no_database(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.meter.is_in_step = False
    assert await keep(office, 91) is None
    assert office.effects.said == []
    office.meter.is_in_step = True
    with monkeypatch.context() as patch:

        async def fail(*_: object, **__: object) -> None:
            raise Unavailable("locked")

        patch.setattr(office.store.reviews, "foresee", fail)
        with pytest.raises(Unavailable):
            await keep(office)
    office.performer.reviewing = Reviewing(office, office.performer.reach, office.performer.group_ladder)
    await keep(office)
    assert len(told(office, OWNER)) == 2  # told, killed before that was written, told again
    await keep(office)
    assert office.effects.said == []
