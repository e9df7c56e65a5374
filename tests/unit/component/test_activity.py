"""Messages are counted at the gate, written in batches, and shown by what the settings call so much."""

from pathlib import Path

import pytest

from component.activity import ActivityKeeper
from component.forms import Done
from component.posts import Posts
from config.settings import Activity, Retention, Rule, Seconds
from policy.activity import Week, week_of
from policy.facts import Account, Facts, Kind
from storage.errors import Unavailable
from tests.support.doorway import ROOM, SPEAKER, Doorway, open_doorway
from tests.support.office import MODERATOR
from tests.unit.policy.making import person

CLASSES = {"quiet": Activity(title={"en": "Quiet"}), "busy": Activity(title={"en": "Busy"}, messages=3, members=1)}


async def counted(doorway: Doorway) -> tuple[Week, ...]:
    room = await doorway.world.store.rooms.find(ROOM)
    assert room is not None
    return await doorway.world.store.activity.weeks_of(room.code, 0)


async def join(doorway: Doorway) -> None:
    await doorway.world.member(SPEAKER, ROOM)


def facts(**fields: object) -> Facts:
    known: dict[str, object] = {"at": 0.0, "kind": Kind.POST, "account": Account(jid=SPEAKER), "person": None}
    return Facts(**{**known, "room_jid": ROOM, **fields})  # type: ignore[arg-type]


async def test_what_is_let_through_counts_and_what_is_refused_does_not(tmp_path: Path) -> None:
    rule = Rule(name="no-casino", words=("casino",), strike=False)
    async with open_doorway(tmp_path, rule, activity=CLASSES) as doorway:
        keeper = ActivityKeeper(doorway.world)
        await join(doorway)
        for body, is_let in (("hello", True), ("casino", False), ("tea", True)):
            assert await doorway.say(body) is is_let
        await keeper.write()
        this = week_of(doorway.world.now())
        assert await counted(doorway) == (Week(number=this, messages=2, members=1),)
        await keeper.write()
        assert await doorway.say("more tea")
        await keeper.write()
        assert await counted(doorway) == (Week(number=this, messages=3, members=1),)
        for command, whom in (("info", SPEAKER), ("room", MODERATOR)):
            page = await doorway.world.run(command, whom, {"room": ROOM})
            assert isinstance(page, Done)
            (lines,) = [each.values for each in page.facts if each.var == "activity"]
            assert lines == (
                "Busy",
                "this week: 3 messages, one member writing",
                "last week: 0 messages, 0 members writing",
            )


async def test_where_activity_has_no_classes_nothing_is_counted_or_shown(tmp_path: Path) -> None:
    async with open_doorway(tmp_path, activity={}) as doorway:
        await join(doorway)
        assert await doorway.say("hello")
        assert doorway.world.posts.take() == {}
        page = await doorway.world.run("info", SPEAKER, {"room": ROOM})
        assert isinstance(page, Done)
        assert [each.values for each in page.facts if each.var == "activity"] == [("nothing",)]


async def test_what_could_not_be_written_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_doorway(tmp_path) as doorway:
        keeper = ActivityKeeper(doorway.world)
        assert await doorway.say("one")
        with monkeypatch.context() as patch:

            async def fail(*_: object) -> None:
                raise Unavailable("locked")

            patch.setattr(doorway.world.store.activity, "add", fail)
            with pytest.raises(Unavailable):
                await keeper.write()
        assert await doorway.say("two")
        await keeper.write()
        assert [week.messages for week in await counted(doorway)] == [2]


async def test_weeks_past_their_retention_are_forgotten(tmp_path: Path) -> None:
    async with open_doorway(tmp_path, retention=Retention(activity=Seconds(14 * 86_400))) as doorway:
        now = week_of(doorway.world.now())
        for number in range(now - 4, now + 1):
            await doorway.world.store.activity.add({(ROOM, f"a:{SPEAKER}"): 1}, number)
        await ActivityKeeper(doorway.world)._prune()
        assert [week.number for week in await counted(doorway)] == [now, now - 1, now - 2]


def test_people_and_accounts_are_told_apart_and_given_back() -> None:
    posts = Posts()
    for fields in ({}, {}, {"person": person(number=7)}):
        posts.note(facts(**fields))
    taken = posts.take()
    assert taken == {(ROOM, f"a:{SPEAKER}"): 2, (ROOM, "p:7"): 1}
    posts.note(facts())
    posts.give_back(taken)
    assert posts.take() == {(ROOM, f"a:{SPEAKER}"): 3, (ROOM, "p:7"): 1}


def test_a_flood_of_rooms_takes_no_more_than_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("component.posts._MOST", 2)
    posts = Posts()
    for number in (1, 2, 3, 1):
        posts.note(facts(room_jid=f"r{number}@muc"))
    assert sum(posts.take().values()) == 3
