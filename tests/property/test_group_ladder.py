"""Whatever is done to a room, in whatever order: one measure stands at most, and the room is as that measure says."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.settings import GroupLadder, GroupStep, Seconds
from policy.facts import RoomStatus
from policy.group_ladder import MeasureKind, RoomStrike, reached
from storage.measures import End, Order
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, url_of

ROOM = "hall@rooms.example"
MEMBERS = ("a:anna@example", "a:ben@example")
_STATUS = {
    None: RoomStatus.OPEN,
    MeasureKind.WARN: RoomStatus.OPEN,
    MeasureKind.SUSPEND: RoomStatus.SUSPENDED,
    MeasureKind.CLOSE: RoomStatus.CLOSED,
    MeasureKind.BLACKLIST: RoomStatus.CLOSED,
}


@dataclass(frozen=True)
class Deed:
    name: str
    kind: MeasureKind = MeasureKind.WARN
    is_stale: bool = False  # done on what stood before the last deed


DEEDS = st.one_of(
    st.builds(Deed, name=st.just("impose"), kind=st.sampled_from(MeasureKind), is_stale=st.booleans()),
    st.builds(Deed, name=st.sampled_from(("release", "undo", "claim", "refuse", "forgo")), is_stale=st.booleans()),
)


async def play(folder: Path, deeds: list[Deed]) -> None:
    store = await Store.open(url_of(folder), KEYS)
    try:
        room = await store.rooms.adopt(ROOM, T0, MEMBERS)
        at, before = T0, None
        for deed in deeds:
            at += 1
            standing = await store.measures.standing(room.code)
            target = before if deed.is_stale else (None if standing is None else standing.number)
            before = None if standing is None else standing.number
            await do(store, room.code, deed, target, at)
            await check(store, room.code, at)
    finally:
        await store.close()


async def do(store: Store, code: str, deed: Deed, target: int | None, at: float) -> None:
    measures = store.measures
    if deed.name == "impose":
        order = Order(code=code, kind=deed.kind, rule="moderator", reason="r", by="m", after=target, within_s=5.0)
        await measures.impose(order, at)
    elif target is not None:
        match deed.name:
            case "release":
                await measures.release(target, at, by="m", reason="r")
            case "undo":
                await measures.undo(target, at, by="m", reason="r")
            case "claim":
                await measures.claim(target, at, by="o", words="w")
            case "refuse":
                await measures.refuse(target, at, by="m", reason="r")
            case _:
                await measures.forgo(target, at)


async def check(store: Store, code: str, at: float) -> None:
    history = await store.measures.history(code)
    standing = [measure for measure in history if measure.ended_at is None]
    assert len(standing) <= 1
    kind = standing[0].kind if standing else None
    room = await store.rooms.by_code(code)
    assert room is not None
    assert room.status is _STATUS[kind]
    assert room.is_blacklisted is (kind is MeasureKind.BLACKLIST)
    members = await store.rooms.members_of(ROOM)
    assert sorted(members) == ([] if room.status is RoomStatus.CLOSED else sorted(MEMBERS))
    assert all((measure.end is None) is (measure.ended_at is None) for measure in history)
    assert all(measure.end is not End.MISSED for measure in history)
    assert [measure for measure in await store.measures.due(at + 1000) if measure.claim is not None] == []
    assert not (await store.audit.verify()).broken_at


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DEEDS, max_size=12))
def test_a_room_is_as_the_one_measure_that_stands_says(deeds: list[Deed]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), deeds))


STRIKES = st.lists(
    st.builds(
        RoomStrike,
        number=st.integers(1, 99),
        holder=st.sampled_from("abc"),
        at=st.floats(0, 200, allow_nan=False),
    ),
    max_size=20,
)
LADDER = GroupLadder(
    steps=(
        GroupStep(sanction="warn", strikes=3, persons=2, window=Seconds(100)),
        GroupStep(sanction="suspend", strikes=6, window=Seconds(50)),
        GroupStep(sanction="close", strikes=9, persons=3, window=Seconds(150)),
    )
)


@given(STRIKES, STRIKES, st.sampled_from([None, *MeasureKind]))
def test_one_strike_more_never_leads_to_less(
    strikes: list[RoomStrike], more: list[RoomStrike], held: MeasureKind | None
) -> None:
    less, all_ = (reached(some, 200.0, LADDER, held) for some in (strikes, [*strikes, *more]))
    if less is not None:
        assert all_ is not None
        assert LADDER.steps.index(all_) >= LADDER.steps.index(less)


@given(STRIKES, st.sampled_from([None, *MeasureKind]))
def test_a_step_is_always_graver_than_what_is_held(strikes: list[RoomStrike], held: MeasureKind | None) -> None:
    step = reached(strikes, 200.0, LADDER, held)
    assert step is None or held is None or MeasureKind(step.sanction).gravity > held.gravity
