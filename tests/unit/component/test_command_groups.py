"""Commands about groups: find, info, override."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from config.settings import Category
from policy.facts import Override, Quota
from storage.attendance import Seen
from storage.overrides import of_code
from tests.support.office import ADMIN, MODERATOR, MORNING, MUC, Office, open_office

JULIET, ROMEO, NURSE = "juliet@example", "romeo@example", "nurse@example"
HALL, CRYPT = f"hall@{MUC}", f"crypt@{MUC}"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.member(JULIET, HALL, creates=True)
        await world.member(ROMEO, HALL)
        await world.member(JULIET, CRYPT, creates=True)
        await world.store.directory.describe(HALL, "The \u202eGreat\tHall", is_public=True)
        await world.store.directory.describe(CRYPT, "The Crypt", is_public=False)
        yield world


def shown(outcome: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(outcome, Done), outcome
    return {fact.var: fact.values for fact in outcome.facts}


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


async def code_of(office: Office, room: str) -> str:
    found = await office.store.rooms.find(room)
    assert found is not None
    return found.code


# find


async def test_public_groups_are_found_by_name_with_the_address_to_join(office: Office) -> None:
    code = await code_of(office, HALL)
    done = await office.run("find", NURSE, {"what": "great hall"})
    assert shown(done) == {"found": (f"The Great Hall · xmpp:{HALL}?join · code {code} · 2 members",)}
    assert "No public group" in problem(await office.run("find", NURSE, {"what": "crypt"}))
    assert "at least 2" in problem(await office.run("find", NURSE, {"what": "h"}))


async def test_a_code_finds_a_hidden_group_and_tells_a_closed_one(office: Office) -> None:
    code = await code_of(office, CRYPT)
    written = code.lower().replace("-", " ")
    assert CRYPT in shown(await office.run("find", NURSE, {"what": written}))["found"][0]
    await office.store.rooms.close(CRYPT, MORNING, reason="x", by="x")
    done = await office.run("find", NURSE, {"what": code})
    assert isinstance(done, Done)
    assert done.note.startswith(f"The group with the code {code} is closed since 15 Jan 2027, 08:00 UTC.")
    assert "No group has" in problem(await office.run("find", NURSE, {"what": "0000-0000-0"}))


async def test_groups_of_a_category_are_listed_those_of_no_chosen_one_under_the_default(office: Office) -> None:
    office.settle(categories={"general": Category(), "school": Category()})
    await office.store.directory.describe(CRYPT, "The Crypt", is_public=True)
    code = await code_of(office, CRYPT)
    graded = {"category": "school", "scale": "large"}
    assert await office.store.rooms.classify(code, MORNING, **graded, reason="x", by="x")
    for category, room in (("school", CRYPT), ("general", HALL)):
        (line,) = shown(await office.run("find", NURSE, {"category": category}))["found"]
        assert room in line
    office.settle(categories={"general": Category(), "club": Category()})  # no school any more
    assert len(shown(await office.run("find", NURSE, {"category": "general", "what": "the"}))["found"]) == 2
    assert problem(await office.run("find", NURSE, {"category": "club"}))


async def test_of_many_groups_the_largest_are_listed(office: Office) -> None:
    for number in range(25):
        room = f"club{number}@{MUC}"
        await office.store.rooms.adopt(room, MORNING, [f"a:{each}" for each in range(number)])
        await office.store.directory.describe(room, f"Club {number}", is_public=True)
    done = await office.run("find", NURSE, {"what": "club"}, language="zh")
    assert len(shown(done)["found"]) == 20
    assert shown(done)["found"][0].startswith("Club 24 ·")


# info


async def test_a_public_groups_page_is_for_everybody_and_names_no_account(office: Office) -> None:
    await office.verified(JULIET)
    office.memory.occupancy.enter(
        HALL, Occupant(jid=f"{JULIET}/phone", nick="Jule", role="moderator", affiliation="owner")
    )
    await office.store.attendance.list(HALL, ROMEO, "admin")
    page = await office.run("info", NURSE, {"room": f"xmpp:{HALL}?join"})
    assert isinstance(page, Done)
    assert page.note == "The Great Hall"
    told = shown(page)
    assert told == {
        "address": (f"xmpp:{HALL}?join",),
        "code": (await code_of(office, HALL),),
        "category": ("General",),
        "scale": ("Large",),
        "status": ("open",),
        "activity": ("Quiet", "this week: 0 messages, 0 members writing", "last week: 0 messages, 0 members writing"),
        "members": ("2",),
        "founded": ("15 Jan 2027, 08:00 UTC",),
        "join": ("everybody",),
        "managers": ("Jule (founder)", "one who has not been here yet"),
    }
    assert "example" not in str(told["managers"])


async def test_a_manager_who_is_away_is_named_as_last_seen(office: Office) -> None:
    seen = Seen(room=HALL, account=ROMEO, holder=f"a:{ROMEO}", nick="Romeo", affiliation="admin", at=MORNING)
    await office.store.attendance.note([seen], MORNING, 0)
    assert shown(await office.run("info", NURSE, {"room": HALL}))["managers"] == ("Romeo (admin)",)


async def test_a_hidden_groups_page_is_for_members_and_those_who_know_the_code(office: Office) -> None:
    code = await code_of(office, CRYPT)
    hidden = problem(await office.run("info", NURSE, {"room": CRYPT}))
    assert hidden == problem(await office.run("info", NURSE, {"room": f"nowhere@{MUC}"})).replace("nowhere", "crypt")
    assert shown(await office.run("info", JULIET, {"room": CRYPT}))["code"] == (code,)
    assert shown(await office.run("info", NURSE, {"room": code}))["address"] == (f"xmpp:{CRYPT}?join",)
    await office.store.rooms.close(CRYPT, MORNING, reason="x", by="x")
    done = await office.run("info", NURSE, {"room": code})
    assert isinstance(done, Done)
    assert "closed" in done.note
    assert "room's address" in problem(await office.run("info", NURSE, {"room": "a b@c@d"}))


# override


ORDER = {"places": "7", "length": "2d", "reason": "A teacher."}


async def test_an_exception_for_a_person_holds_at_once_and_is_shown(office: Office) -> None:
    number = await office.verified(ROMEO)
    await office.memory.known(ROMEO)
    done = await office.run("override", MODERATOR, {"subject": ROMEO}, {"quota": "joined", **ORDER}, {"confirm": "1"})
    assert isinstance(done, Done)
    known = await office.memory.known(ROMEO)
    assert known.person is not None
    assert known.person.overrides == (Override(quota=Quota.JOINED, places=7, until=MORNING + 2 * 86400),)
    line = "rooms joined: 7, until 17 Jan 2027, 08:00 UTC. By mod@example: A teacher"
    assert shown(await office.run("person", MODERATOR, {"target": str(number)}))["overrides"] == (line,)
    again = await office.run("override", MODERATOR, {"subject": str(number)})
    assert isinstance(again, Form)
    assert again.fields[0].value == line
    await office.run(
        "override", MODERATOR, {"subject": ROMEO}, {"quota": "joined", "reason": "Over."}, {"confirm": "1"}
    )
    known = await office.memory.known(ROMEO)
    assert known.person is not None
    assert known.person.overrides == ()
    assert (await office.deeds())[-1] == "quota-restored"
    assert [to for to, _, _ in office.effects.said] == [ROMEO, ROMEO]
    begun, ended = (text for _, text, _ in office.effects.said)
    assert "a quota of yours (rooms joined): it is 7 now, until 17 Jan 2027, 08:00 UTC. Reason: A teacher." in begun
    assert "of yours (rooms joined) has been ended by a moderator" in ended


async def test_an_exception_for_a_group_is_of_its_members(office: Office) -> None:
    await office.memory.room(HALL)
    office.memory.affiliations.note(HALL, JULIET, "owner")
    order = {"quota": "members", "places": "900", "reason": "A fair"}
    await office.run("override", MODERATOR, {"subject": HALL}, order, {"confirm": "1"})
    room = await office.memory.room(HALL)
    assert room is not None
    assert room.overrides == (Override(quota=Quota.MEMBERS, places=900, until=None),)
    ((to, text, _),) = office.effects.said
    assert to == JULIET
    assert f"your room {HALL} (members): it is 900 now, without end" in text
    assert [each.by for each in await office.store.overrides.of(of_code(room.code))] == [MODERATOR]
    assert "900" in shown(await office.run("room", MODERATOR, {"room": room.code}))["overrides"][0]
    await office.store.rooms.close(HALL, MORNING, reason="x", by="x")
    assert "closed" in problem(await office.run("override", MODERATOR, {"subject": room.code}))


async def test_nothing_is_changed_before_it_was_confirmed(office: Office) -> None:
    form = await office.run("override", MODERATOR, {"subject": ROMEO}, {"quota": "created", **ORDER}, {"confirm": "0"})
    assert isinstance(form, Form)
    assert await office.store.overrides.of(f"a:{ROMEO}") == ()


@pytest.mark.parametrize("wrong", [{"places": "-1"}, {"places": "many"}, {"places": "1000001"}, {"length": "soon"}])
async def test_what_is_no_number_or_no_length_is_asked_for_again(office: Office, wrong: dict[str, str]) -> None:
    order = {"quota": "joined", **ORDER, **wrong}
    assert problem(await office.run("override", MODERATOR, {"subject": ROMEO}, order))


async def test_nobody_changes_their_own_quota_nor_that_of_staff(office: Office) -> None:
    for whom in (MODERATOR, ADMIN):
        assert isinstance(await office.run("override", MODERATOR, {"subject": whom}), Refused)
    assert isinstance(await office.run("override", ADMIN, {"subject": MODERATOR}), Form)
