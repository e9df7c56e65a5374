"""Ad-hoc commands and discovery: who sees and runs what, what a session is, and every error of XEP-0050 §4.4."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from component import adhoc, disco
from component.edge import LANG
from config.settings import Limits, Moderation, Seconds
from storage.errors import Unavailable
from tests.support.desk import CLIENT, COMMANDS, DATA, STANZAS, Desk, Session, conditions, note, submit, texts
from tests.support.office import ADMIN, AUDITOR, KEEPER, MODERATOR, OFFICERS, Office, open_office

INFO = "{http://jabber.org/protocol/disco#info}"
ITEMS = "{http://jabber.org/protocol/disco#items}"
EVERYBODYS = [
    *("verify", "status", "rules", "my-rooms", "find", "info", "apply", "take-over"),
    *("report", "appeal", "my-data", "correct", "move-account", "unbind", "erase", "join"),
]
MODERATORS = [
    "room-rules",
    "join-mode",
    "applicants",
    "room-mute",
    "room-unmute",
    "room-remove",
    "appoint",
    "transfer",
    "reports",
    "rectified",
    "person",
    "room",
    "classify",
    "applications",
    "held",
    "cases",
    "appeals",
    "sanction",
    "lift",
    "retract",
    "blacklist",
    "group",
    "group-reviews",
    "lockdown",
    "adjust-credit",
    "rule-stats",
    "override",
]
OFFICERS_OWN = ["review", "merge", "split", "corrections", "disclose", "disclosures"]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    limits = Limits(dialogues=10, dialogue_timeout=Seconds(60))
    async with open_office(tmp_path, limits=limits, moderation=Moderation(contact=("mailto:abuse@example",))) as world:
        yield world


@pytest.fixture
async def desk(office: Office) -> Desk:
    desk = Desk()
    adhoc.setup(desk, office)
    disco.setup(desk, office)
    return desk


async def items(desk: Desk, sender: str, language: str = "en") -> dict[str, str]:
    reply = await desk.ask(
        "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>",
        sender=f"{sender}/x",
        kind="get",
        language=language,
    )
    query = reply.find(f"{ITEMS}query")
    assert query is not None
    return {item.attrib["node"].rpartition(":")[2]: item.attrib["name"] for item in query}


def actions(command: Element) -> tuple[str, list[str]]:
    element = command.find(f"{COMMANDS}actions")
    assert element is not None
    return element.attrib["execute"], [each.tag.partition("}")[2] for each in element]


# discovery


async def test_everybody_is_listed_what_they_may_run(desk: Desk) -> None:
    assert list(await items(desk, "juliet@example")) == EVERYBODYS
    assert list(await items(desk, MODERATOR)) == EVERYBODYS + MODERATORS
    assert list(await items(desk, AUDITOR)) == [*EVERYBODYS, "audit"]
    assert list(await items(desk, ADMIN)) == [*EVERYBODYS, *MODERATORS, "audit", "reload"]  # identities excepted
    assert list(await items(desk, OFFICERS[0])) == [*EVERYBODYS, *OFFICERS_OWN]


async def test_commands_are_named_in_the_askers_language(desk: Desk) -> None:
    assert (await items(desk, "juliet@example", "zh-CN"))["verify"] == "实名验证"
    assert (await items(desk, "juliet@example", "fr"))["verify"] == "Get verified"


async def test_the_domain_tells_what_it_is_and_whom_to_write_to(desk: Desk) -> None:
    reply = await desk.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", kind="get")
    query = reply.find(f"{INFO}query")
    assert query is not None
    assert "http://jabber.org/protocol/commands" in {each.attrib.get("var") for each in query}
    assert f"xmpp:{KEEPER}" in texts(query)
    assert "mailto:abuse@example" in texts(query)


async def test_a_commands_own_node_is_told_only_to_those_who_may_run_it(desk: Desk) -> None:
    ask = "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:roomkeeper:cmd:person'/>"
    assert conditions(await desk.ask(ask, kind="get")) == ("auth", "forbidden")
    reply = await desk.ask(ask, kind="get", sender=f"{MODERATOR}/x")
    identity = reply.find(f"{INFO}query/{INFO}identity")
    assert identity is not None
    assert identity.attrib["type"] == "command-node"


async def test_unknown_nodes_and_addresses_are_not_found(desk: Desk) -> None:
    for payload, to in (
        ("<query xmlns='http://jabber.org/protocol/disco#items' node='x'/>", KEEPER),
        ("<query xmlns='http://jabber.org/protocol/disco#info' node='x'/>", KEEPER),
        ("<query xmlns='http://jabber.org/protocol/disco#info'/>", f"hall@{KEEPER}"),
    ):
        assert conditions(await desk.ask(payload, kind="get", to=to)) == ("cancel", "item-not-found")
    assert conditions(await desk.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>")) == (
        "modify",
        "bad-request",
    )


async def test_a_ping_is_answered(desk: Desk) -> None:
    assert (await desk.ask("<ping xmlns='urn:xmpp:ping'/>", kind="get")).attrib["type"] == "result"


async def test_presence_is_answered_and_not_remembered(desk: Desk) -> None:
    desk.hand_in(f"<presence type='subscribe' from='juliet@example' to='{KEEPER}'/>")
    assert (await desk.answer()).attrib["type"] == "subscribed"
    assert "type" not in (await desk.answer()).attrib
    for number in range(100):
        desk.hand_in(f"<presence from='juliet@example/{number}' to='{KEEPER}'/>")
    assert desk.answered.empty()
    assert list(desk.roster.keys()) == [KEEPER]  # its own


# a session


async def test_a_command_is_run_from_the_first_form_to_its_end(desk: Desk, office: Office) -> None:
    number = await office.verified("juliet@example")
    session = Session(desk, "sanction", f"{MODERATOR}/desk")
    first = await session.act()
    assert first.attrib["status"] == "executing"
    assert first.attrib["node"] == "urn:roomkeeper:cmd:sanction"
    assert actions(first) == ("next", ["next"])
    second = await session.act("next", target=str(number), kind="mute", reason="adverts", length="10m")
    assert actions(second) == ("complete", ["prev", "complete"])
    assert "10 minutes" in texts(second)
    last = await session.act("complete", confirm="true")
    assert last.attrib["status"] == "completed"
    assert "sanction no. 1" in note(last)
    assert [deed for deed in await office.deeds() if deed == "sanctioned"] == ["sanctioned"]


async def test_execute_is_the_default_action(desk: Desk, office: Office) -> None:
    number = await office.verified("juliet@example")
    session = Session(desk, "sanction", f"{MODERATOR}/desk")
    await session.act("execute")
    await session.act("execute", target=str(number), kind="kick", reason="adverts")
    assert (await session.act(confirm="1")).attrib["status"] == "completed"


async def test_one_can_go_back_and_change_an_answer(desk: Desk, office: Office) -> None:
    number = await office.verified("juliet@example")
    session = Session(desk, "sanction", f"{MODERATOR}/desk")
    await session.act()
    await session.act("next", target=str(number), kind="ban", reason="adverts")
    back = await session.act("prev")
    assert actions(back) == ("next", ["next"])
    assert "adverts" in texts(back)
    second = await session.act("next", target=str(number), kind="kick", reason="adverts")
    assert "may come back" in texts(second)


async def test_a_form_is_typed(desk: Desk) -> None:
    form = (await Session(desk, "verify").act()).find(f"{DATA}x")
    assert form is not None
    fields = {field.attrib["var"]: field for field in form.iterfind(f"{DATA}field")}
    assert {var: field.attrib["type"] for var, field in fields.items()} == {
        "type": "list-single",
        "number": "text-private",
        "name": "text-private",
    }
    assert fields["type"].findtext(f"{DATA}value") == "id-card"
    assert len(fields["type"].findall(f"{DATA}option")) == 4
    assert fields["name"].find(f"{DATA}required") is not None


async def test_a_result_is_typed(desk: Desk) -> None:
    done = await Session(desk, "status").act()
    form = done.find(f"{DATA}x")
    assert form is not None
    assert form.attrib["type"] == "result"
    assert {"verified", "created", "joined", "sanctions", "contact"} == {
        field.attrib["var"] for field in form.iterfind(f"{DATA}field")
    }
    assert "abuse@example" in texts(form)


async def test_answers_that_will_not_do_show_the_form_again(desk: Desk) -> None:
    session = Session(desk, "person", f"{MODERATOR}/desk")
    await session.act()
    for wrong, problem in (("", "fill in"), ("nobody at all", "account"), ("99", "99"), ("x" * 300, "200")):
        again = await session.act("complete", target=wrong)
        assert again.attrib["status"] == "executing"
        assert problem in note(again)
        element = again.find(f"{COMMANDS}note")
        assert element is not None
        assert element.attrib["type"] == "error"


async def test_a_session_keeps_the_language_it_began_in(desk: Desk) -> None:
    session = Session(desk, "verify", language="zh-CN")
    first = await session.act()
    assert first.attrib[LANG] == "zh-Hans"
    session.language = "en"
    assert "未能确认" in note(await session.act("complete", type="passport", number="1", name="x"))


async def test_the_accounts_language_is_used_where_none_is_stated(desk: Desk, office: Office) -> None:
    await office.verified("juliet@example")
    await office.store.people.set_language("juliet@example", "zh-Hans")
    office.memory.forget("juliet@example")
    assert "一切正常" in note(await Session(desk, "status", language="").act())


# errors


async def test_a_command_without_the_right_is_forbidden(desk: Desk) -> None:
    for name in [*MODERATORS, "audit"]:
        reply = await Session(desk, name).send()
        assert conditions(reply) == ("cancel", "forbidden")
    assert conditions(await Session(desk, "audit", f"{MODERATOR}/x").send()) == ("cancel", "forbidden")
    assert conditions(await Session(desk, "person", f"{AUDITOR}/x").send()) == ("cancel", "forbidden")


async def test_errors_are_told_in_the_askers_language(desk: Desk) -> None:
    reply = await Session(desk, "person", language="zh").send()
    text = reply.find(f"{CLIENT}error/{STANZAS}text")
    assert text is not None
    assert text.attrib[LANG] == "zh-Hans"
    assert "无权" in (text.text or "")


async def test_unknown_commands_and_gets_are_refused(desk: Desk) -> None:
    assert conditions(await Session(desk, "nonsense").send()) == ("cancel", "item-not-found")
    payload = "<command xmlns='http://jabber.org/protocol/commands' node='urn:roomkeeper:cmd:status'/>"
    assert conditions(await desk.ask(payload, kind="get")) == ("modify", "bad-request")
    assert conditions(await desk.ask(payload, to=f"hall@{KEEPER}")) == ("cancel", "item-not-found")


async def test_a_session_belongs_to_the_full_jid_that_began_it(desk: Desk) -> None:
    mine = Session(desk, "verify")
    await mine.act()
    for thief in ("juliet@example/elsewhere", "romeo@example/x"):
        theirs = Session(desk, "verify", thief)
        theirs.id = mine.id
        assert conditions(await theirs.send("complete")) == ("modify", "bad-request", "bad-sessionid")
    other = Session(desk, "rules")
    other.id = mine.id
    assert conditions(await other.send("complete")) == ("modify", "bad-request", "bad-sessionid")
    assert (await mine.act("cancel")).attrib["status"] == "canceled"


async def test_bad_sessions_and_actions_are_told_apart(desk: Desk) -> None:
    stranger = Session(desk, "verify")
    assert conditions(await stranger.send("next")) == ("modify", "bad-request", "bad-sessionid")
    assert conditions(await stranger.send("dance")) == ("modify", "bad-request", "malformed-action")
    await stranger.act()
    assert conditions(await stranger.send("next")) == ("modify", "bad-request", "bad-action")
    assert conditions(await stranger.send("prev")) == ("modify", "bad-request", "bad-action")


@pytest.mark.parametrize(
    "payload",
    [
        "",
        submit("form", type="passport", number="1", name="x"),
        submit("result", type="passport", number="1", name="x"),
        submit(type="passport", number="1"),
        submit(type="library card", number="1", name="x"),
        "<x xmlns='jabber:x:data' type='submit'><field><value>1</value></field></x>",
        "<x xmlns='jabber:x:data' type='submit'>" + "<field var='name'><value>1</value></field>" * 2 + "</x>",
        submit(**{f"f{number}": "x" for number in range(100)}),
        "<y xmlns='jabber:x:data' type='submit'/>",
    ],
)
async def test_a_bad_payload_is_refused_and_changes_nothing(desk: Desk, office: Office, payload: str) -> None:
    session = Session(desk, "verify")
    await session.act()
    deeds = await office.deeds()
    assert conditions(await session.send("complete", payload)) == ("modify", "bad-request", "bad-payload")
    assert await office.deeds() == deeds
    assert "could not be confirmed" in note(await session.act("complete", type="passport", number="1", name="x"))


async def test_an_ended_session_is_expired(desk: Desk, office: Office) -> None:
    session = Session(desk, "verify")
    await session.act()
    await session.act("cancel")
    assert conditions(await session.send("complete")) == ("cancel", "not-allowed", "session-expired")
    waiting = Session(desk, "verify")
    await waiting.act()
    office.clock.at += 61
    assert conditions(await waiting.send("complete")) == ("cancel", "not-allowed", "session-expired")


async def test_too_many_sessions_are_refused(desk: Desk) -> None:
    for number in range(10):
        await Session(desk, "verify", f"u{number}@example/x").act()
    assert conditions(await Session(desk, "verify").send()) == ("wait", "resource-constraint")


async def test_too_many_requests_of_one_account_are_refused(desk: Desk, office: Office) -> None:
    replies = [await Session(desk, "status", f"juliet@example/{n}").send() for n in range(40)]
    assert conditions(replies[-1]) == ("wait", "policy-violation")
    assert (await Session(desk, "status", "romeo@example/x").send()).attrib["type"] == "result"
    office.clock.at += 10
    assert (await Session(desk, "status").send()).attrib["type"] == "result"


async def test_a_fault_is_told_without_its_words(
    desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for fault in (Unavailable("database is locked at /srv/secret"), ValueError("/srv/secret")):

        async def fail(_jid: str, fault: Exception = fault) -> None:
            raise fault

        monkeypatch.setattr(office.memory, "known", fail, raising=False)
        reply = await Session(desk, "status").send()
        assert conditions(reply) == ("wait", "internal-server-error")
        assert "secret" not in texts(reply)
        assert "secret" in caplog.text
        caplog.clear()


async def test_answers_and_errors_of_others_are_left_alone(desk: Desk) -> None:
    for kind in ("result", "error"):
        desk.hand_in(
            f"<iq type='{kind}' id='1' from='juliet@example/x' to='{KEEPER}'>"
            "<command xmlns='http://jabber.org/protocol/commands' node='urn:roomkeeper:cmd:status'/></iq>"
        )
    await asyncio.sleep(0)
    assert (await Session(desk, "status").act()).attrib["status"] == "completed"
    assert desk.answered.empty()
