"""What rules and moderators do to people and messages on a real server: retract, remove, suspend, ban, overrule."""

import asyncio
from pathlib import Path

import pytest

from storage.discipline import CaseOutcome
from tests.integration.scenarios.relay import open_relayed_site
from tests.integration.scenarios.site import (
    BARRED,
    CONTENT,
    MODERATED,
    TOO_FAST,
    UNHURRIED,
    Site,
    bounce,
    expect,
    is_in,
    open_site,
)
from tests.support.client import MUC, Client
from tests.support.patterns import matches, show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-spam"
words = ["watches"]
action = "retract"
strike = false

[[rules]]
name = "no-fights"
words = ["fight"]
action = "remove"
strike = false

[[rules]]
name = "no-scams"
words = ["scam"]
action = "suspend"
lasts = "1h"
deduct = 20
case = true

[[rules]]
name = "no-fraud"
words = ["fraud"]
action = "ban"
everywhere = true

[[rules]]
name = "would-hold"
words = ["maybe"]
action = "hold"
shadow = true

[[ladders.member.steps]]
strikes = 2
window = "1h"
sanction = "notice"
"""
    + UNHURRIED
    + MODERATED
)
PROSODY = {"muc_modules": ("muc_mam",)}
RETRACTED = "<message type='groupchat' from='{room}'><retract xmlns='urn:xmpp:message-retract:1' id='{id}'/></message>"
OLD_RETRACTED = "<message type='groupchat' from='{room}'><apply-to xmlns='urn:xmpp:fasten:0' id='{id}'/></message>"
OWNER = "http://jabber.org/protocol/muc#owner"


async def meet(site: Site) -> tuple[str, Client, Client]:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    await ben.presence()
    return room, anna, ben


async def say(writer: Client, reader: Client, room: str, body: str) -> str:
    """Say it, and return the id that the room gave it."""
    await writer.say(room, body)
    heard = await reader.hear(room, body)
    stanza_id = heard.find("{urn:xmpp:sid:0}stanza-id")
    assert stanza_id is not None, show(heard)
    return stanza_id.attrib["id"]


async def told(client: Client, words: str) -> None:
    await client.receive(f"<message type='chat'><body>{{has {words}}}</body></message>")


async def test_a_rule_refuses_a_message_and_takes_back_those_before_it(site: Site) -> None:
    room, anna, ben = await meet(site)
    first = await say(ben, anna, room, "hello dear friends")
    other = await say(anna, anna, room, "hello Ben")
    await bounce(ben, await ben.say(room, "cheap watches"), CONTENT, "no-spam")
    await anna.receive_any(RETRACTED.format(room=room, id=first))
    await told(ben, "One message of yours")
    carl = await site.person("carl")
    await carl.send(f"<presence to='{room}/carl'><x xmlns='{MUC}'/></presence>")
    await carl.receive("<message type='groupchat'><subject/></message>")
    seen = "".join(map(show, carl.unread))
    assert "hello Ben" in seen
    assert "dear friends" not in seen
    assert first in seen, "the tombstone"
    assert other in seen


async def test_moderators_take_back_what_somebody_wrote_or_one_message(site: Site) -> None:
    room, anna, ben = await meet(site)
    first, second = [await say(ben, anna, room, f"message {number}") for number in range(2)]
    moderator = await site.moderator()
    one = {"room": room, "target": "", "within": "10m", "id": first, "reason": "spam"}
    assert "one message" in show(await site.command(moderator, "retract", one, {"confirm": "1"}))
    await anna.receive(OLD_RETRACTED.format(room=room, id=first))
    rest = {"room": room, "target": ben.bare, "within": "10m", "id": "", "reason": "spam"}
    assert "one message" in show(await site.command(moderator, "retract", rest, {"confirm": "1"}))
    await anna.receive(OLD_RETRACTED.format(room=room, id=second))
    assert "nothing to take back" in show(await site.command(moderator, "retract", rest, {"confirm": "1"}))


async def test_messages_from_before_the_component_started_are_taken_back_too() -> None:
    async with open_site(CONFIG, muc_modules=("muc_mam",)) as site:
        room, anna, ben = await meet(site)
        number = await say(ben, anna, room, "long ago")
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await bounce(ben, await ben.say(room, "watches"), CONTENT)
        await anna.receive(RETRACTED.format(room=room, id=number))


async def test_a_removal_frees_the_place_withdraws_the_affiliation_and_lets_them_join_again(site: Site) -> None:
    room, anna, ben = await meet(site)
    admin = f"<query xmlns='{MUC}#admin'><item jid='{ben.bare}' affiliation='member'/></query>"
    assert (await anna.iq("set", admin, room)).get("type") == "result"
    await ben.receive(
        f"<presence from='{room}/{ben.user}'><x xmlns='{MUC}#user'><item affiliation='member'/></x></presence>"
    )
    await bounce(ben, await ben.say(room, "fight me"), CONTENT)
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    await told(ben, "no longer a member")
    assert await site.places(ben.bare) == set()
    asked = f"<query xmlns='{MUC}#admin'><item affiliation='member'/></query>"
    async with asyncio.timeout(10):
        while ben.bare in show(await anna.iq("get", asked, room)):
            pass  # the affiliation goes a moment later; each question waits for its answer
    assert is_in(await ben.join(room))
    assert await site.places(ben.bare) == {room}


async def test_posting_is_suspended_everywhere_and_overruling_gives_everything_back(site: Site) -> None:
    room, anna, ben = await meet(site)
    other = site.room()
    await ben.join(other)
    await bounce(ben, await ben.say(room, "a scam"), CONTENT)
    await bounce(ben, await ben.say(other, "hello?"), BARRED, "Posting is suspended", "en")
    holder = await site.holder(ben.bare)
    (sanction,) = await site.store.discipline.sanctions_of(holder, 0)
    moderator = await site.moderator()
    wrong = {"sanction": str(sanction.number), "wrong": "last", "reason": "A quotation"}
    done = await site.command(moderator, "lift", {"target": f"#{sanction.number}"}, wrong)
    assert "Credit given back: 20" in show(done)
    await told(ben, "was wrong")
    await ben.say(room, "thank you")
    await anna.hear(room, "thank you")
    person = await site.store.people.by_number(int(holder[2:]), 0)
    assert person is not None
    assert person.score == 60
    (strike,) = await site.store.discipline.strikes_of(holder)
    assert strike.overruled_at is not None
    (case,) = await site.store.discipline.cases(holder=holder)
    assert (case.outcome, case.evidence) == (CaseOutcome.OVERRULED, "a ⟦scam⟧")


async def test_a_ban_without_end_everywhere_leaves_no_place_and_no_affiliation(site: Site) -> None:
    room, _, ben = await meet(site)
    own = site.room()
    await ben.join(own)
    await bounce(ben, await ben.say(room, "a fraud"), CONTENT)
    for left in (room, own):
        await ben.receive(f"<presence type='unavailable' from='{left}/{ben.user}'/>")
    assert await site.places(ben.bare) == set()
    expect(await ben.join(site.room()), BARRED)


async def test_a_shadow_of_a_hold_lets_the_message_pass(site: Site) -> None:
    room, anna, ben = await meet(site)
    await say(ben, anna, room, "maybe tomorrow")
    assert all(held.room != room for held in await site.store.holds.waiting(0, newest_first=False, limit=100))


async def test_killed_between_commit_and_answer_a_deed_counts_once_and_is_carried_out(tmp_path: Path) -> None:
    async with open_relayed_site(tmp_path, CONFIG) as (site, relay):
        room, anna, ben = await meet(site)
        holder = await site.holder(ben.bare)
        relay.is_heard = False
        number = await ben.say(room, "a scam")
        async with asyncio.timeout(10):
            while not await site.store.discipline.strikes_of(holder):
                pass  # each look gives way to the component
        await site.roomkeeper.kill()
        relay.is_heard = True
        await site.roomkeeper.start()
        await bounce(ben, number, BARRED)
        await told(ben, "Posting has been suspended")
        assert len(await site.store.discipline.strikes_of(holder)) == 1
        assert len(await site.store.discipline.sanctions_of(holder, 0)) == 1
        assert len(await site.store.discipline.cases(holder=holder)) == 1
        assert [entry.delta for entry in await site.store.people.ledger(int(holder[2:]))] == [60, -20]
        await anna.say(room, "and life goes on")
        await ben.hear(room, "and life goes on")


async def test_killed_between_commit_and_answer_a_text_waits_once(tmp_path: Path) -> None:
    async with open_relayed_site(tmp_path, CONFIG.replace("shadow = true", "")) as (site, relay):
        room, _, ben = await meet(site)
        relay.is_heard = False
        number = await ben.say(room, "maybe tomorrow")
        async with asyncio.timeout(10):
            while not await site.store.holds.count_waiting(0):
                pass
        await site.roomkeeper.kill()
        relay.is_heard = True
        await site.roomkeeper.start()
        await bounce(ben, number, TOO_FAST, "waits for a moderator")
        assert await site.store.holds.count_waiting(0) == 1


async def test_killed_between_decision_and_answer_messages_are_taken_back_once(tmp_path: Path) -> None:
    async with open_relayed_site(tmp_path, CONFIG, muc_modules=("muc_mam",)) as (site, relay):
        room, anna, ben = await meet(site)
        before = await say(ben, anna, room, "only today")
        relay.is_heard = False
        number = await ben.say(room, "watches")
        async with asyncio.timeout(10):
            while "verdict deny" not in relay.names():
                await asyncio.sleep(0)  # gives way to the relay
        await site.roomkeeper.kill()
        relay.is_heard = True
        await site.roomkeeper.start()
        await bounce(ben, number, CONTENT)
        await anna.receive(RETRACTED.format(room=room, id=before))
        await say(ben, anna, room, "sorry")
        again = f"<message from='{room}'><retract xmlns='urn:xmpp:message-retract:1'/></message>"
        assert not [each for each in anna.unread if matches(again, each)]


async def test_somebody_banned_while_the_component_was_away_is_put_out_when_it_is_back() -> None:
    async with open_site(CONFIG, muc_options={"muc_room_default_persistent": True}) as site:
        room, anna, ben = await meet(site)
        await site.roomkeeper.kill()
        person = int((await site.holder(ben.bare))[2:])
        await site.store.people.blacklist(number=person, reason="fraud", by="test", at=0)
        await site.roomkeeper.start()
        await anna.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
