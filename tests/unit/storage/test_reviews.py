"""Reviews of rooms: when they are due as the settings have it, told of, waiting once, decided once, never shed."""

import asyncio
from itertools import product

import pytest

from config.settings import Activity, Category, Scale, Seconds, Settings
from policy.actions import TakePlace
from policy.group_ladder import MeasureKind
from policy.reviewing import axes, period_of
from storage.measures import Order
from storage.proposals import Draft, Proposal
from storage.reviews import Outcome, Review
from storage.store import Store
from tests.unit.policy.making import settings
from tests.unit.storage.databases import T0

HALL = "hall@muc"
MODERATOR = "mod@example"
DAY = 86400.0


def asking(every: float | None = 10 * DAY) -> Settings:
    return settings(categories={"general": Category(review_every=None if every is None else Seconds(every))})


@pytest.fixture
async def code(store: Store) -> str:
    return (await store.rooms.adopt(HALL, T0, ["a:owner@example"])).code


async def falls_due(store: Store, code: str, at: float = T0 + 10 * DAY) -> Review:
    """The room's managers were told, and the time has come."""
    assert await store.reviews.foresee(code, at, T0)
    assert await store.reviews.open_due(at, limit=9) == 1
    (review,) = await store.reviews.waiting(limit=9)
    return review


def order(code: str, kind: MeasureKind = MeasureKind.WARN, after: int | None = None) -> Order:
    return Order(code=code, kind=kind, rule="moderator", reason="r", by=MODERATOR, after=after)


async def make_anew(store: Store, at: float) -> str:
    place = TakePlace(
        account="owner@example",
        person=None,
        room=HALL,
        is_creation=True,
        created_limit=9,
        joined_limit=9,
        members_limit=9,
    )
    await store.rooms.take(place, at)
    await store.rooms.confirm("a:owner@example", HALL, at)
    room = await store.rooms.find(HALL)
    assert room is not None
    return room.code


GRADES = (None, "a", "gone")


@pytest.mark.parametrize("activity", [{}, {"x": Activity(), "a": Activity(messages=1, review_every=Seconds(DAY))}])
async def test_rooms_of_every_grade_are_due_when_policy_says_so(store: Store, activity: dict[str, Activity]) -> None:
    by = settings(
        categories={"x": Category(), "a": Category(review_every=Seconds(9 * DAY))},
        scales={"a": Scale(members=1, review_every=Seconds(5 * DAY)), "x": Scale(members=2)},
        activity=activity,
    )
    rooms = {}
    for number, (category, scale, found) in enumerate(product(GRADES, GRADES, GRADES)):
        made = await store.rooms.adopt(f"r{number}@muc", T0, ())
        if category is not None or scale is not None:
            graded = {"category": category or "nobody-chose", "scale": scale or "nobody-chose"}
            await store.rooms.classify(made.code, T0, **graded, reason="r", by=MODERATOR)
        await store.activity.grade({made.code: found}, T0)
        room = await store.rooms.by_code(made.code)
        assert room is not None
        rooms[made.code] = period_of(room, by)
    coming = await store.reviews.coming(axes(by), T0 + 1000 * DAY, limit=99)
    wanted = {code: T0 + period for code, period in rooms.items() if period is not None}
    assert {each.room.code: each.due_at for each in coming} == wanted
    assert [each.due_at for each in coming] == sorted(each.due_at for each in coming)
    assert await store.reviews.next_at(axes(by), 60) == min(wanted.values()) - 60


async def test_what_managers_were_told_is_when_it_falls_due_and_no_sooner(store: Store, code: str) -> None:
    by = axes(asking())
    assert await store.reviews.coming(by, T0 + 10 * DAY - 1, limit=9) == ()
    (coming,) = await store.reviews.coming(by, T0 + 10 * DAY, limit=9)
    assert (coming.room.code, coming.due_at) == (code, T0 + 10 * DAY)
    assert await store.reviews.foresee(code, T0 + 11 * DAY, T0)
    assert not await store.reviews.foresee(code, T0 + 12 * DAY, T0)
    assert await store.reviews.coming(by, T0 + 99 * DAY, limit=9) == ()
    assert await store.reviews.next_at(by, DAY) == T0 + 11 * DAY
    assert await store.reviews.open_due(T0 + 11 * DAY - 1, limit=9) == 0
    assert await store.reviews.open_due(T0 + 11 * DAY, limit=9) == 1
    assert await store.reviews.next_at(by, DAY) is None


async def test_a_review_waits_once_however_many_look_for_what_is_due(store: Store, code: str) -> None:
    assert await store.reviews.foresee(code, T0, T0)
    looks = [store.reviews.open_due(T0 + DAY, limit=9) for _ in range(5)]
    assert sorted(await asyncio.gather(*looks)) == [0, 0, 0, 0, 1]
    assert len(await store.reviews.waiting(limit=9)) == 1


async def test_it_is_put_off_when_the_settings_ask_for_less_but_not_once_it_waits(store: Store, code: str) -> None:
    await store.reviews.foresee(code, T0 + 10 * DAY, T0)
    assert await store.reviews.put_off(axes(asking()), T0 + 10 * DAY) == 0
    assert await store.reviews.put_off(axes(asking(20 * DAY)), T0 + 10 * DAY) == 1
    assert await store.reviews.open_due(T0 + 30 * DAY, limit=9) == 0
    await falls_due(store, code)
    assert await store.reviews.put_off(axes(asking(None)), T0 + 10 * DAY) == 0
    assert len(await store.reviews.waiting(limit=9)) == 1


async def test_after_a_decision_the_time_begins_anew(store: Store, code: str) -> None:
    review = await falls_due(store, code)
    at = T0 + 12 * DAY
    decided = await store.reviews.decide(review.number, at, by=MODERATOR, reason="fine", order=None)
    assert decided is not None
    assert decided[0].outcome is Outcome.KEPT
    assert decided[1] is None
    assert await store.reviews.waiting(limit=9) == ()
    assert [each.number for each in await store.reviews.untold(limit=9)] == [review.number]
    await store.reviews.note_told(review.number)
    assert await store.reviews.untold(limit=9) == ()
    standing = await store.reviews.standing(code)
    assert standing is not None
    assert (standing.reviewed_at, standing.reviewed_by, standing.review_at) == (at, MODERATOR, None)
    (coming,) = await store.reviews.coming(axes(asking()), T0 + 99 * DAY, limit=9)
    assert coming.due_at == at + 10 * DAY


async def test_two_moderators_decide_once(store: Store, code: str) -> None:
    review = await falls_due(store, code)
    decisions = [
        store.reviews.decide(review.number, T0, by=f"{name}@example", reason="r", order=order(code)) for name in "abc"
    ]
    decided = [each for each in await asyncio.gather(*decisions) if each is not None]
    assert len(decided) == 1
    assert len(await store.measures.history(code)) == 1


async def test_a_measure_comes_with_the_decision_or_neither_does(store: Store, code: str) -> None:
    review = await falls_due(store, code)
    other = await store.measures.impose(order(code), T0)
    assert other is not None
    lost = await store.reviews.decide(review.number, T0, by=MODERATOR, reason="r", order=order(code))
    assert lost is None
    assert len(await store.reviews.waiting(limit=9)) == 1
    graver = order(code, MeasureKind.SUSPEND, after=other.number)
    decided = await store.reviews.decide(review.number, T0, by=MODERATOR, reason="r", order=graver)
    assert decided is not None
    assert decided[0].outcome is Outcome.MEASURE
    assert decided[1] is not None
    assert decided[1].kind is MeasureKind.SUSPEND
    assert await store.reviews.untold(limit=9) == ()  # the measure's notice says it


async def test_whoever_destroys_a_room_that_is_due_does_not_shed_its_review(store: Store, code: str) -> None:
    review = await falls_due(store, code)
    await store.rooms.close(HALL, T0 + 11 * DAY, reason="x", by="owner@example")
    assert await store.reviews.waiting(limit=9) == ()
    assert await store.reviews.count(T0 + 99 * DAY) == (0, 0)
    assert await store.reviews.decide(review.number, T0, by=MODERATOR, reason="r", order=None) is None
    assert await store.reviews.standing(code) is None
    assert await make_anew(store, T0 + 12 * DAY) == code
    assert [each.number for each in await store.reviews.waiting(limit=9)] == [review.number]


async def test_nor_one_whose_managers_were_told_of_it(store: Store, code: str) -> None:
    await store.reviews.foresee(code, T0 + 10 * DAY, T0)
    await store.rooms.close(HALL, T0, reason="x", by="owner@example")
    assert await store.reviews.open_due(T0 + 10 * DAY, limit=9) == 0
    assert await make_anew(store, T0 + 9 * DAY) == code
    assert await store.reviews.open_due(T0 + 10 * DAY, limit=9) == 1


async def test_a_group_that_was_not_due_is_another_one_when_it_is_made_anew(store: Store, code: str) -> None:
    await store.rooms.close(HALL, T0, reason="x", by="owner@example")
    assert await make_anew(store, T0 + DAY) != code


async def test_what_was_due_long_ago_is_not_inherited(store: Store, code: str) -> None:
    await falls_due(store, code)
    await store.rooms.close(HALL, T0, reason="x", by="owner@example")
    assert await make_anew(store, T0 + 91 * DAY) != code


async def test_waiting_and_overdue_are_counted_and_told_once_each(store: Store, code: str) -> None:
    review = await falls_due(store, code, T0 + DAY)
    assert await store.reviews.count(T0) == (1, 0)
    assert await store.reviews.count(T0 + DAY) == (1, 1)
    assert await store.reviews.unannounced() == (review.number,)
    await store.reviews.note_announced((review.number,))
    assert await store.reviews.unannounced() == ()
    assert await store.reviews.next_overdue() == T0 + DAY
    assert await store.reviews.overdue(T0) == ()
    assert await store.reviews.overdue(T0 + DAY) == (review.number,)
    await store.reviews.note_urged((review.number,))
    assert await store.reviews.overdue(T0 + DAY) == ()
    assert await store.reviews.next_overdue() is None


async def test_a_moderators_approval_counts_as_a_look_unless_a_review_is_announced(store: Store, code: str) -> None:
    draft = Draft(
        holder="a:owner@example",
        account="owner@example",
        room=HALL,
        code=code,
        category="general",
        scale="large",
        purpose="chess",
    )
    for number, is_announced in enumerate((False, True)):
        at = T0 + number
        if is_announced:
            await store.reviews.foresee(code, T0 + DAY, T0)
        filed = await store.proposals.file(draft, at, until=T0 + DAY, most=9)
        assert isinstance(filed, Proposal)
        await store.proposals.approve(filed.number, at, until=T0 + DAY, by=MODERATOR, reason="")
        standing = await store.reviews.standing(code)
        assert standing is not None
        assert standing.reviewed_at == T0
    assert await store.proposals.purpose_of(HALL, code) == "chess"


async def test_every_step_is_audited(store: Store, code: str) -> None:
    review = await falls_due(store, code)
    await store.reviews.decide(review.number, T0, by=MODERATOR, reason="fine", order=None)
    deeds = [record.entry.deed for record in await store.audit.read(9, subject=HALL)]
    assert deeds[:3] == ["review-decided", "review-due", "review-foreseen"]
