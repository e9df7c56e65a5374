"""What a room is, and the rules of its own: kept by code, changed one after another, audited."""

import json
import logging

import pytest
from sqlalchemy import update

from policy.actions import Punish
from policy.facts import Room, SanctionKind
from policy.room_rule import Exempt, RoomAction, RoomMatcher, RoomRule
from storage.database import Transaction
from storage.rooms import Grading, RulesDeed
from storage.schema import rooms
from storage.store import Store
from tests.unit.storage.databases import T0

ROOM = "tomb@muc.example.org"
TEA = RoomRule(
    name="no-tea",
    matcher=RoomMatcher.WORDS,
    items=("tea", "茶"),
    action=RoomAction.MUTE,
    mute_s=600.0,
    exempt=Exempt.OWNERS,
)
LINKS = RoomRule(name="链接", matcher=RoomMatcher.LINKS, items=("example.org",), is_all_but=True)
ADDED = RulesDeed(deed="room-rule-added", rule="no-tea")


async def read(store: Store, jid: str = ROOM) -> Room:
    room = await store.rooms.find(jid)
    assert room is not None
    return room


async def test_a_room_has_no_rules_no_category_and_no_class_until_somebody_says_so(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    assert (room.rules, room.rules_version, room.category, room.scale) == ((), 0, None, None)


async def test_rules_come_back_as_they_were_set_each_change_a_version(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    assert await store.rooms.set_rules(room, (TEA, LINKS), T0, by="j@x", deed=ADDED)
    room = await read(store)
    assert (room.rules, room.rules_version) == ((TEA, LINKS), 1)
    assert await store.rooms.by_code(room.code) == room
    assert await store.rooms.set_rules(room, (), T0, by="j@x", deed=RulesDeed(deed="room-rule-removed", rule="no-tea"))
    assert (await read(store)).rules == ()
    assert (await read(store)).rules_version == 2


async def test_of_two_changes_of_the_same_rules_the_second_is_refused(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    assert await store.rooms.set_rules(room, (TEA,), T0, by="j@x", deed=ADDED)
    assert not await store.rooms.set_rules(room, (LINKS,), T0, by="r@x", deed=ADDED)
    assert (await read(store)).rules == (TEA,)


async def test_rules_survive_closing_are_changed_no_more_and_are_not_inherited(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    await store.rooms.set_rules(room, (TEA,), T0, by="j@x", deed=ADDED)
    await store.rooms.classify(room.code, T0, category="school", scale="small", reason="r", by="m@x")
    await store.rooms.close(ROOM, T0, reason="destroyed", by="server")
    closed = await store.rooms.by_code(room.code)
    assert closed is not None
    assert (closed.rules, closed.category) == ((TEA,), "school")
    assert not await store.rooms.set_rules(closed, (), T0, by="j@x", deed=ADDED)
    assert not await store.rooms.classify(room.code, T0, category="a", scale="b", reason="r", by="m@x")
    again = await store.rooms.adopt(ROOM, T0, ())
    assert (again.rules, again.rules_version, again.category) == ((), 0, None)


async def test_every_change_is_audited_with_what_the_rule_reads(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    await store.rooms.set_rules(room, (TEA,), T0, by="j@x", deed=ADDED)
    await store.rooms.classify(room.code, T0, category="school", scale="small", reason="a school", by="m@x")
    classified, added = (record.entry for record in await store.audit.read(2))
    assert (added.actor, added.deed, added.subject) == ("j@x", "room-rule-added", ROOM)
    assert (added.detail["rule"], added.detail["version"], added.detail["code"]) == ("room:no-tea", 1, room.code)
    assert json.loads(str(added.detail["reads"]))["items"] == ["tea", "茶"]
    assert (classified.actor, classified.deed) == ("m@x", "room-classified")
    assert (classified.detail["category"], classified.detail["category_before"]) == ("school", None)
    assert classified.detail["reason"] == "a school"


async def test_gradings_count_open_rooms_by_what_was_chosen(store: Store) -> None:
    for name in ("a", "b", "c", "gone"):
        room = await store.rooms.adopt(f"{name}@muc.example.org", T0, ())
        if name != "a":
            await store.rooms.classify(room.code, T0, category="school", scale="small", reason="r", by="m@x")
    await store.rooms.close("gone@muc.example.org", T0, reason="r", by="x")
    assert set(await store.rooms.gradings()) == {
        Grading(category=None, scale=None, rooms=1),
        Grading(category="school", scale="small", rooms=2),
    }


async def test_a_rule_that_cannot_be_read_is_left_out_and_said(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    room = await store.rooms.adopt(ROOM, T0, ())
    await store.rooms.set_rules(room, (TEA,), T0, by="j@x", deed=ADDED)

    async def spoil(transaction: Transaction) -> None:
        document = '[{"name": "x", "matcher": "smell"}, {"name": "y", "matcher": "caps", "least": 5}]'
        await transaction.run(update(rooms).values(own_rules=document))

    await store.rooms._database.write(spoil)
    with caplog.at_level(logging.ERROR):
        assert [rule.name for rule in (await read(store)).rules] == ["y"]
    assert "smell" in caplog.text


async def test_mutes_of_a_rooms_own_rules_are_found_and_no_others(store: Store) -> None:
    def mute(rule: str, room: str | None = ROOM) -> Punish:
        return Punish(kind=SanctionKind.MUTE, account="j@x", person=None, room=room, rule=rule, lasts_s=60.0)

    numbers = [
        (await store.discipline.punish(punish, by="roomkeeper", reason="r", at=at)).sanction.number
        for punish, at in (
            (mute("room:no-tea"), T0),
            (mute("no-tea"), T0),
            (mute("room:no-tea", "other@muc"), T0),
            (mute("room:no-tea"), T0 - 61),
        )
    ]
    found = await store.discipline.own_sanctions(ROOM, T0, limit=10)
    assert [record.sanction.number for record in found] == numbers[:1]
