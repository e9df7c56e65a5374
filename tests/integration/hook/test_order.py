"""Stanzas of one sender to one room are let go in their order, whatever order the verdicts come in."""

import asyncio
import random

from tests.integration.hook.conftest import TEST_MODULES, Enter
from tests.support.client import MUC, Client
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, Check, Scripted, deny

SENDERS = 8
PER_SENDER = 250


async def test_two_thousand_mixed_stanzas_keep_their_order_under_verdicts_in_random_order(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    witness = await enter(prosody, "witness")
    await witness.join(room, "witness")
    senders = [await enter(prosody, f"sender{number}") for number in range(SENDERS)]
    for number, sender in enumerate(senders):
        await sender.join(room, f"n{number}")
    chance = random.Random(1)
    component.rule = _later

    async def answer_shuffled() -> None:
        while True:
            await component.wait(lambda: bool(component.open), 20)
            await asyncio.sleep(0)
            waiting = list(component.open.values())
            chance.shuffle(waiting)
            for check in waiting[: chance.randint(1, len(waiting))]:
                is_denied = check.body is not None and check.body.endswith("0")
                component.answer(check, deny() if is_denied else ALLOW)

    answering = asyncio.create_task(answer_shuffled())
    await asyncio.gather(*(_send_mixed(sender, room, f"n{number}") for number, sender in enumerate(senders)))
    try:
        for number in range(SENDERS):
            await witness.receive(_telling(room, f"n{number}", PER_SENDER - 1), timeout_s=50)
            await senders[number].receive("<iq id='last' type='error'/>", timeout_s=50)
    finally:
        answering.cancel()

    for number in range(SENDERS):
        told = [int(text) for text in _told(witness, f"{room}/n{number}")]
        assert told == [each for each in range(PER_SENDER - 1) if each % 4 == 2 or each % 10]


async def test_what_a_join_decides_is_asked_only_after_it(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    component.rule = _later
    user = await enter(prosody)
    await user.send(f"<presence to='{room}/me'><x xmlns='{MUC}'/></presence>")
    await user.say(room, "first words")
    join = await component.check()
    assert (join.kind, join.exists, join.role) == ("presence", False, "none")
    assert len(component.open) == 1
    component.answer(join, ALLOW)
    words = await component.check()
    assert (words.body, words.exists, words.role, words.nick) == ("first words", True, "moderator", "me")
    assert words.affiliation == "owner"
    component.answer(words, ALLOW)
    await user.hear(room, "first words")


async def test_messages_are_asked_about_without_waiting_for_each_other(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = _later
    for body in ("one", "two", "three"):
        await user.say(room, body)
    await component.wait(lambda: len(component.open) == 3)
    for check in reversed(list(component.open.values())):
        component.answer(check, ALLOW)
    for body in ("one", "two", "three"):
        assert (await user.receive("<message type='groupchat'><body>{any}</body></message>")).findtext(
            "{*}body"
        ) == body


async def test_another_sender_does_not_wait(prosody: Prosody, component: Scripted, enter: Enter, name: str) -> None:
    room = f"{name}@{prosody.muc}"
    slow, quick = await enter(prosody), await enter(prosody)
    await slow.join(room, "slow")
    await quick.join(room, "quick")
    component.rule = lambda check: ALLOW if check.sender == quick.jid else None
    await slow.say(room, "held")
    await component.check()
    await quick.say(room, "not held")
    await quick.hear(room, "not held")
    component.answer(await component.check(), ALLOW)
    await quick.hear(room, "held")


async def test_a_leave_takes_its_place_behind_what_was_sent_before(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    stays, goes = await enter(prosody), await enter(prosody)
    await stays.join(room, "stays")
    component.rule = _later
    await goes.send(f"<presence to='{room}/goes'><x xmlns='{MUC}'/></presence>")
    await goes.send(f"<presence to='{room}/goes' type='unavailable'/>")
    component.answer(await component.check(), ALLOW)
    await stays.receive(f"<presence from='{room}/goes' type='{{none}}'/>")
    await stays.receive(f"<presence from='{room}/goes' type='unavailable'/>")
    assert [check.kind for check in component.checks[1:]] == ["presence"]


async def test_a_join_is_asked_about_anew_when_its_room_went_meanwhile(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    last, late = await enter(prosody), await enter(prosody)
    await last.join(room, "last")
    component.rule = lambda check: None if check.sender == late.jid else ALLOW
    await late.send(f"<presence to='{room}/late'><x xmlns='{MUC}'/></presence>")
    first = await component.check()
    assert first.exists
    await last.leave(room, "last")
    component.answer(first, ALLOW)
    second = await component.check()
    assert (second.exists, second.id == first.id) == (False, False)
    component.answer(second, deny())
    await late.receive("<presence type='error'/>")
    await component.event(type="destroyed", room=room)
    assert not [event for event in component.events if event.get("jid") == late.jid]


async def test_of_two_who_create_one_room_the_second_is_asked_about_anew(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    users = [await enter(prosody), await enter(prosody)]
    component.rule = _later
    for number, user in enumerate(users):
        await user.send(f"<presence to='{room}/n{number}'><x xmlns='{MUC}'/></presence>")
    await component.wait(lambda: len(component.open) == 2)
    for check in list(component.open.values()):
        component.answer(check, ALLOW)
    anew = await component.check()
    assert anew.exists
    component.answer(anew, ALLOW)
    await component.event(type="joined", affiliation="owner")
    await component.event(type="joined", affiliation="none", jid=anew.sender)


async def test_a_component_that_answers_before_the_question_is_done_keeps_the_order(enter: Enter, name: str) -> None:
    more = 'Component "inside.localhost" "at_once"'
    async with Prosody(more=more, hook_options={"component": "inside.localhost"}, options=TEST_MODULES) as server:
        room = f"{name}@{server.muc}"
        user = await enter(server)
        await user.join(room, "me")
        for number in range(50):
            await user.say(room, str(number))
        await user.send(f"<presence to='{room}/me' type='unavailable'/>")
        for number in range(50):
            heard = await user.receive("<message type='groupchat'><body>{any}</body></message>")
            assert heard.findtext("{*}body") == str(number)
        assert "Traceback" not in server.log


def _later(_check: Check) -> None:
    return None


async def _send_mixed(sender: Client, room: str, nick: str) -> None:
    """Messages, presence updates and queries in turn, numbered; every tenth is denied when it is a message."""
    for number in range(PER_SENDER - 1):
        if number % 4 == 2:
            await sender.send(f"<presence to='{room}/{nick}'><status>{number}</status></presence>")
        elif number % 8 == 3:
            await sender.send(f"<message to='{room}' type='groupchat'><body>{number}</body></message>")
            await sender.send(f"<iq type='set' id='q{number}' to='{room}'><query xmlns='urn:example:unknown'/></iq>")
        else:
            await sender.send(f"<message to='{room}' type='groupchat'><body>{number}</body></message>")
        if number % 50 == 0:
            await asyncio.sleep(0)
    await sender.send(f"<message to='{room}' type='groupchat'><body>{PER_SENDER - 1}</body></message>")
    await sender.send(f"<iq type='set' id='last' to='{room}'><query xmlns='urn:example:unknown'/></iq>")


def _telling(room: str, nick: str, number: int) -> str:
    return f"<message from='{room}/{nick}'><body>{number}</body></message>"


def _told(witness: Client, occupant: str) -> list[str]:
    """What the witness saw of an occupant, in order: bodies and statuses."""
    told = []
    for stanza in witness.unread:
        text = stanza.findtext("{*}body") or stanza.findtext("{*}status")
        if stanza.get("from") == occupant and text is not None:
            told.append(text)
    return told
