"""The life of a group on a real server: from application to closing, appeal and an address that stays kept."""

from xml.etree.ElementTree import Element

import pytest

from policy.facts import RoomStatus
from tests.integration.scenarios.desk import begin, note_of, run
from tests.integration.scenarios.site import (
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    UNVERIFIED,
    Error,
    Site,
    bounce,
    expect,
    is_in,
)
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

BACKENDS = ("sqlite", "postgresql")

PROSODY = {"muc_options": {"muc_tombstones": False, "muc_room_default_persistent": True}}
CONFIG = (
    """
[categories.general]
title = { en = "General" }

[categories.school]
title = { en = "Schools" }
approval = true

[joining]
notify_every = "0s"

[manager]
response_time = "1h"
notify_every = "0s"

[appeals]
notify_every = "0s"

[[ladders.group.steps]]
sanction = "warn"
within = "1h"

[[ladders.group.steps]]
sanction = "suspend"
within = "1h"

[[ladders.group.steps]]
sanction = "close"

[ladders.manager]
steps = []
"""
    + UNHURRIED
    + MODERATED
)
GONE: Error = ("gone", "cancel")
INFO = "http://jabber.org/protocol/disco#info"
SCHOOL = {"category": "school", "scale": "small", "purpose": "Homework", "description": ""}


async def completed(site: Site, client: Client, name: str, *forms: dict[str, str]) -> Element:
    done = await site.command(client, name, *forms)
    assert done.get("status") == "completed", show(done)
    return done


def number_after(words: str, command: Element) -> str:
    rest = note_of(command).partition(words)[2]
    return rest[: next((place for place, char in enumerate(rest) if not char.isdigit()), len(rest))]


async def measure(site: Site, moderator: Client, room: str, deed: str, **details: str) -> None:
    form = await site.command(moderator, "group", {"room": room})
    seen = form.findtext("{*}x/{*}field[@var='seen']/{*}value") or ""
    chosen = {"seen": seen, "deed": deed}
    await completed(
        site, moderator, "group", {"room": room}, chosen, {"reason": "Quarrels", **details}, {"confirm": "1"}
    )


async def found(site: Site, founder: Client) -> tuple[str, str]:
    """Applied for, approved, made by the founder; its address and its code, as its page shows it."""
    room, moderator = site.room("class"), await site.moderator()
    number = number_after("number ", await completed(site, founder, "apply", {"room": room}, SCHOOL))
    await completed(site, moderator, "applications", {"application": number}, {"decision": "approve", "reason": ""})
    await site.told(founder, f"Your application for {room}")
    assert is_in(await founder.join(room))
    known = await site.store.rooms.find(room)
    assert known is not None
    assert (known.category, known.scale) == ("school", "small")
    page = await founder.iq("get", f"<query xmlns='{INFO}'/>", room)
    assert known.code in show(page)
    return room, known.code


async def come_in(site: Site, room: str, code: str, founder: Client, *others: Client) -> None:
    """The first by the answer to a question, the rest by approval."""
    question = {"question": "Who teaches maths?", "answers": "Ms Capulet"}
    await completed(site, founder, "join-mode", {"room": code}, {"mode": "question"}, question)
    first, *rest = others
    expect(await first.join(room), UNVERIFIED, "Who teaches maths?")
    await completed(site, first, "join", {"room": code}, {"words": "ms capulet"})
    assert is_in(await first.join(room))
    await completed(site, founder, "join-mode", {"room": code}, {"mode": "approval"})
    for client in rest:
        await completed(site, client, "join", {"room": code}, {"words": "I am new in class"})
        await site.told(founder, "wants to join")
        await run(founder, room, "applicants", {"which": "all", "decision": "approve", "reason": ""})
        await site.told(client, "has been approved")
        assert is_in(await client.join(room))


async def test_a_group_lives_from_its_application_to_its_closing_and_its_address_stays_kept(site: Site) -> None:
    anna, ben, cleo = [await site.person(name, language="en") for name in ("anna", "ben", "cleo")]
    for client in (anna, ben, cleo):
        await client.presence()
    room, code = await found(site, anna)
    await come_in(site, room, code, anna, ben, cleo)

    # somebody misbehaves: reported, handled by the manager
    await ben.say(room, "you are all fools")
    await cleo.hear(room, "you are all fools")
    what = {"subject": "message", "grounds": "abuse"}
    words = {"quote": "you are all fools", "who": ben.user, "words": ""}
    number = number_after("report no. ", await run(cleo, room, "report", what, words))
    await site.told(anna, "has been reported in")
    await run(anna, room, "room-mute", {"who": ben.user, "length": "10m", "reason": "Fools"})
    await run(anna, room, "reports", {"number": number, "deed": "muted"})
    await site.told(cleo, "it was right")

    # the group is warned, its manager sees what to do; the deadline is missed, and it is suspended by itself
    judge, other = await site.moderator(), await site.moderator()
    assert "Nothing is held against" in note_of(await run(anna, room, "status"))
    await measure(site, judge, code, "warn", within="1s", checklist="name a second manager")
    await site.told(anna, "name a second manager")
    await site.told(anna, "has been suspended")
    await bounce(cleo, await cleo.say(room, "hello?"), NOT_ALLOWED)
    standing = show(await run(anna, room, "status"))
    assert "was not set right in time" in standing
    assert "rectified" in standing
    assert "appeal" in standing

    # an appeal against the warning is upheld by somebody else: all that came of it is undone, the group writes again
    warned = (await site.store.measures.history(code))[-1]
    chosen, why = {"against": f"measure {warned.number}"}, {"words": "Nobody can do that in a second"}
    appeal = number_after("has the number ", await completed(site, anna, "appeal", chosen, why))
    assert "not yours to decide" in show(await site.command(judge, "appeals", {"appeal": appeal}))
    ruling = {"ruling": "last", "reason": "That was too short"}
    await completed(site, other, "appeals", {"appeal": appeal}, ruling)
    await site.told(anna, "has been upheld")
    assert "Nothing is held against" in note_of(await run(anna, room, "status"))
    await cleo.say(room, "hello again")
    await anna.hear(room, "hello again")

    # what a moderator suspends later is closed when its deadline is missed
    await measure(site, other, code, "suspend", within="1s")
    await site.told(anna, "has been closed")
    for client in (anna, cleo):
        await client.receive(
            f"<presence type='unavailable' from='{room}/{client.user}'>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><destroy/></x></presence>"
        )
    for client in (anna, cleo):
        expect(await client.join(room), GONE)
        assert room not in await site.places(client.bare)

    # the founder appeals against that too; it stands, and the address with its code is kept for good
    held = await site.store.measures.standing(code)
    assert held is not None
    appeal = number_after(
        "has the number ",
        await completed(site, anna, "appeal", {"against": f"measure {held.number}"}, {"words": "Please"}),
    )
    rejected = {"ruling": "rejected", "reason": "You were warned"}
    await completed(site, judge, "appeals", {"appeal": appeal}, rejected)
    await site.told(anna, "has been rejected")
    closed = await site.store.rooms.by_code(code)
    assert closed is not None
    assert closed.status is RoomStatus.CLOSED
    expect(await cleo.join(room), GONE)
    assert (await begin(anna, room, "status")).get("type") == "error"
