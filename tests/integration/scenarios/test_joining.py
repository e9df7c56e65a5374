"""Coming into rooms that are not open to everybody: each mode by each way in, asked for by command, chat and form."""

import asyncio
import time
from collections.abc import Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

import pytest

from policy.actions import Apply
from storage.entrances import Verdict
from tests.integration.scenarios.site import (
    MODERATED,
    UNHURRIED,
    UNVERIFIED,
    Error,
    Site,
    expect,
    is_in,
    open_site,
)
from tests.support.client import Client
from tests.support.patterns import show

ADMIN = "http://jabber.org/protocol/muc#admin"
USER = "http://jabber.org/protocol/muc#user"
MUC = "http://jabber.org/protocol/muc"
REGISTER = "jabber:iq:register"
SUBSCRIBE = "urn:xmpp:mucsub:0"
ARCHIVE = "urn:xmpp:mam:2"
ASK: Error = UNVERIFIED  # XEP-0045 §7.2.6
ANSWER = "x-roomkeeper-answer"
QUESTION = {"question": "谁写了《红楼梦》？", "answers": "曹雪芹；Cao Xueqin"}

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[joining]
notify_every = "1s"
pause = "1h"

[categories.general]
title = { en = "General" }
"""
    + UNHURRIED
    + MODERATED
)


async def found(site: Site, mode: str, question: Mapping[str, str] | None = None) -> tuple[str, Client]:
    """A room with this mode, and its owner, who is in it."""
    room = site.room()
    owner = await site.person("owner")
    assert is_in(await owner.join(room))
    await owner.presence()
    stored = await site.store.rooms.find(room)
    assert stored is not None
    forms = [{"room": stored.code}, {"mode": mode}, *([question] if question else [])]
    done = await site.command(owner, "join-mode", *forms)
    assert done.get("status") == "completed", show(done)
    return room, owner


async def newcomer(site: Site, name: str = "romeo", language: str = "en") -> Client:
    client = await site.person(name, language=language)
    await client.presence()
    return client


def form(fields: Mapping[str, str]) -> str:
    every = {"FORM_TYPE": f"{MUC}#register", **fields}
    inner = "".join(
        f"<field var={quoteattr(var)}><value>{escape(value)}</value></field>" for var, value in every.items()
    )
    return f"<query xmlns='{REGISTER}'><x xmlns='jabber:x:data' type='submit'>{inner}</x></query>"


def registration(client: Client, answer: str = "") -> str:
    return form({"muc#register_roomnick": client.user, **({ANSWER: answer} if answer else {})})


async def judge(site: Site, owner: Client, room: str, decision: str, reason: str = "") -> str:
    stored = await site.store.rooms.find(room)
    assert stored is not None
    answers = {"which": "all", "decision": decision, "reason": reason}
    done = await site.command(owner, "applicants", {"room": stored.code}, answers)
    return done.findtext("{*}note") or ""


async def told(site: Site, client: Client, words: str) -> Element:
    pattern = f"<message type='chat' from='{site.service}'><body>{{has {escape(words)}}}</body></message>"
    return await client.receive(pattern, timeout_s=20)


@pytest.mark.parametrize("mode", ["question", "approval", "invite"])
async def test_strangers_come_in_by_no_way_and_members_come_back_freely(site: Site, mode: str) -> None:
    room, owner = await found(site, mode, QUESTION if mode == "question" else None)
    romeo = await newcomer(site)
    expect(await romeo.join(room), ASK)
    if mode != "approval":  # there it would be an application, and no error
        expect(await romeo.iq("set", registration(romeo), room), ASK)
    expect(await romeo.iq("set", f"<subscribe xmlns='{SUBSCRIBE}' nick='{romeo.user}'/>", room), ASK)
    expect(await romeo.iq("set", f"<query xmlns='{ARCHIVE}'/>", room), ASK)
    assert await site.places(romeo.bare) == set()
    again = await site.log_in(owner.user, resource="second")
    assert is_in(await again.join(room, "second"))


async def test_a_question_is_answered_by_command_in_either_language(site: Site) -> None:
    room, _ = await found(site, "question", QUESTION)
    romeo = await newcomer(site)
    expect(await romeo.join(room), ASK, "谁写了《红楼梦》？")
    answer = await site.command(romeo, "join", {"room": room}, {"words": "Wu Cheng'en"})
    assert answer.get("status") == "executing", show(answer)
    done = await site.command(romeo, "join", {"room": room}, {"words": "cao  xueqin!"})
    assert done.get("status") == "completed", show(done)
    assert await site.places(romeo.bare) == set()
    assert is_in(await romeo.join(room))
    assert await site.places(romeo.bare) == {room}


async def test_a_question_is_answered_in_chat(site: Site) -> None:
    room, _ = await found(site, "question", QUESTION)
    romeo = await newcomer(site, language="zh")
    await romeo.chat(site.service, f"加群 {room}")
    await told(site, romeo, "谁写了《红楼梦》？")
    await romeo.chat(site.service, "曹 雪芹。")
    await told(site, romeo, "回答正确")
    assert is_in(await romeo.join(room))


async def test_a_question_is_answered_by_registering_with_the_room(site: Site) -> None:
    room, _ = await found(site, "question", QUESTION)
    romeo = await newcomer(site)
    offered = await romeo.iq("get", f"<query xmlns='{REGISTER}'/>", room)
    assert offered.get("type") == "result", show(offered)
    labels = [field.get("label") for field in offered.iter("{jabber:x:data}field")]
    assert "谁写了《红楼梦》？" in labels
    expect(await romeo.iq("set", registration(romeo, "吴承恩"), room), ASK)
    registered = await romeo.iq("set", registration(romeo, "曹雪芹"), room)
    assert registered.get("type") == "result", show(registered)
    await told(site, romeo, "That is right")
    assert await site.places(romeo.bare) == set()
    assert is_in(await romeo.join(room))
    assert await site.places(romeo.bare) == {room}


async def test_members_are_asked_what_the_server_asks(site: Site) -> None:
    room, owner = await found(site, "question", QUESTION)
    offered = await owner.iq("get", f"<query xmlns='{REGISTER}'/>", room)
    assert ANSWER not in show(offered)
    open_room, _ = await found(site, "open")
    romeo = await newcomer(site)
    offered = await romeo.iq("get", f"<query xmlns='{REGISTER}'/>", open_room)
    assert ANSWER not in show(offered)


async def test_attempts_are_bounded_whichever_way_they_come(site: Site) -> None:
    room, _ = await found(site, "question", QUESTION)
    romeo = await newcomer(site)
    for _ in range(3):
        expect(await romeo.iq("set", registration(romeo, "吴承恩"), room), ASK)
    expect(await romeo.iq("set", registration(romeo, "曹雪芹"), room), ASK, "too many answers")
    done = await site.command(romeo, "join", {"room": room}, {"words": "曹雪芹"})
    assert "too many answers" in (done.findtext("{*}note") or "")


async def test_an_attempt_to_join_applies_and_an_approval_admits(site: Site) -> None:
    room, owner = await found(site, "approval")
    romeo = await newcomer(site)
    expect(await romeo.join(room), ASK, "have been asked")
    expect(await romeo.join(room), ASK, "is waiting")
    await told(site, owner, "Somebody wants to join")
    assert "1 can join" in await judge(site, owner, room, "approve")
    await told(site, romeo, "has been approved")
    assert await site.places(romeo.bare) == set()
    assert is_in(await romeo.join(room))


async def test_an_application_by_registering_waits_with_its_words(site: Site) -> None:
    room, owner = await found(site, "approval")
    romeo = await newcomer(site, language="zh")
    offered = await romeo.iq("get", f"<query xmlns='{REGISTER}'/>", room)
    assert ANSWER in show(offered)
    filed = await romeo.iq("set", registration(romeo, "我是罗密欧"), room)
    assert filed.get("type") == "result", show(filed)
    await told(site, romeo, "已向")
    expect(await romeo.join(room), ASK)
    (waiting,) = await site.store.entrances.waiting_for(room, time.time(), limit=10)
    assert waiting.words == "我是罗密欧"
    assert "1 have been refused" in await judge(site, owner, room, "refuse", "人满了")
    await told(site, romeo, "理由：人满了")
    expect(await romeo.join(room), ASK, "不久前拒绝")


async def test_an_application_by_chat_is_granted_by_the_rooms_own_way(site: Site) -> None:
    room, owner = await found(site, "approval")
    romeo = await newcomer(site)
    await romeo.chat(site.service, f"join {room}")
    await told(site, romeo, "Who you are")
    await romeo.chat(site.service, "We met at the ball.")
    await told(site, romeo, "You will be told")
    grant = f"<query xmlns='{ADMIN}'><item jid='{romeo.bare}' affiliation='member'/></query>"
    assert (await owner.iq("set", grant, room)).get("type") == "result"
    await told(site, romeo, "You are a member")
    assert await site.store.entrances.waiting_for(room, time.time(), limit=10) == ()
    assert is_in(await romeo.join(room))


async def test_a_managers_invitation_admits_and_a_members_does_not(site: Site) -> None:
    room, owner = await found(site, "open")
    member = await newcomer(site, "member")
    assert is_in(await member.join(room))
    stored = await site.store.rooms.find(room)
    assert stored is not None
    await site.command(owner, "join-mode", {"room": stored.code}, {"mode": "invite"})
    romeo, nurse = await newcomer(site), await newcomer(site, "nurse")
    for inviter, guest in ((member, nurse), (owner, romeo)):
        invite = f"<x xmlns='{USER}'><invite to='{guest.bare}'/></x>"
        await inviter.send(f"<message to='{room}'>{invite}</message>")
        invited = f"<x xmlns='{USER}'><invite from='{{has {inviter.user}}}'/></x>"
        await guest.receive(f"<message from='{room}'>{invited}</message>")
    expect(await nurse.join(room), ASK, "invite")
    assert is_in(await romeo.join(room))


async def test_removed_for_good_one_has_to_ask_again(site: Site) -> None:
    room, owner = await found(site, "approval")
    romeo = await newcomer(site)
    await romeo.join(room)
    await told(site, owner, "Somebody wants")
    await judge(site, owner, room, "approve")
    await told(site, romeo, "approved")
    assert is_in(await romeo.join(room))
    await site.leave_for_good(romeo, room)
    await romeo.receive(f"<presence type='unavailable' from='{room}/{romeo.user}'/>")
    expect(await romeo.join(room), ASK)


async def test_two_managers_decide_the_same_at_once(site: Site) -> None:
    room, owner = await found(site, "approval")
    other = await newcomer(site, "other")
    grant = f"<query xmlns='{ADMIN}'><item jid='{other.bare}' affiliation='admin'/></query>"
    assert (await owner.iq("set", grant, room)).get("type") == "result"
    romeo = await newcomer(site)
    expect(await romeo.join(room), ASK)
    notes = await asyncio.gather(
        judge(site, owner, room, "approve"), judge(site, other, room, "refuse", "No room"), return_exceptions=True
    )
    assert sum("1 " in str(note) for note in notes) == 1, notes
    outcome = await romeo.receive_any(
        f"<message from='{site.service}'><body>{{has has been approved}}</body></message>",
        f"<message from='{site.service}'><body>{{has has been refused}}</body></message>",
        timeout_s=20,
    )
    assert is_in(await romeo.join(room)) == ("approved" in (outcome.findtext("{*}body") or ""))


async def test_an_application_that_nobody_decides_ends_at_its_time(site: Site) -> None:
    room, _ = await found(site, "approval")
    romeo = await newcomer(site)
    person = (await site.store.people.find(romeo.bare, time.time())).person
    assert person is not None
    due = Apply(
        account=romeo.bare,
        person=person.number,
        room=room,
        words="",
        rule="join-mode",
        expires_s=0.5,
        pause_s=0,
        per_person=5,
        per_room=5,
    )
    await site.store.entrances.apply(due, time.time())
    await told(site, romeo, "has ended")
    expect(await romeo.join(room), ASK, "have been asked")


async def test_a_decision_whose_notice_was_lost_with_the_process_is_told_by_the_next() -> None:
    async with open_site(CONFIG, muc_options={"muc_room_default_persistent": True}) as site:
        room, owner = await found(site, "approval")
        romeo = await newcomer(site)
        expect(await romeo.join(room), ASK)
        (waiting,) = await site.store.entrances.waiting_for(room, time.time(), limit=10)
        await site.roomkeeper.kill()
        yes = Verdict(is_approval=True, by=owner.bare, reason="", admission_s=3600)
        assert await site.store.entrances.decide(room, (waiting.number,), yes, time.time()) == (waiting.number,)
        await site.roomkeeper.start()
        await told(site, romeo, "has been approved")
        assert is_in(await romeo.join(room))
