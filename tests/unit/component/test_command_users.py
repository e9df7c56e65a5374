"""Commands for everybody: verify, status, rules, my-rooms."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from component import adhoc, chat
from component.forms import Done, Form, Refused
from component.logs import set_up
from config.settings import Identity, Log, Moderation, Seconds
from policy.actions import Punish
from policy.facts import SanctionKind
from storage.documents import Entry
from storage.errors import Unavailable
from tests.support.desk import Desk, Session, submit
from tests.support.office import KEEPER, MODERATOR, MUC, Office, open_office

JULIET = "juliet@example"
HALL = f"hall@{MUC}"
RIGHT = {"type": "passport", "number": "c 01", "name": "juliet capulet"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    identity = Identity(attempts=3, attempts_window=Seconds(3600), max_accounts=2)
    async with open_office(tmp_path, identity=identity) as world:
        entry = Entry(document_type="passport", document_number="C01", name="Juliet Capulet")
        await world.store.registry.put([entry], world.now())
        yield world


def note(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.note


def shown(outcome: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(outcome, Done), outcome
    return {fact.var: fact.values for fact in outcome.facts}


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What was logged, as `roomkeeper run` logs when it tells all it can; put back afterwards."""
    root, handlers = logging.getLogger(), logging.getLogger().handlers[:]
    levels = {name: logging.getLogger(name).level for name in ("", "aiosqlite", "slixmpp", "sqlalchemy")}
    root.handlers = []
    set_up(Log(level="debug"))
    yield lambda: capsys.readouterr().err
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


# verify


async def test_verify_binds_the_account(office: Office) -> None:
    assert (await office.memory.known(JULIET)).person is None
    assert note(await office.run("verify", JULIET, RIGHT)).startswith("Thank you")
    known = await office.memory.known(JULIET)
    assert known.person is not None
    assert (known.person.score, known.person.tier, known.language) == (60, "standard", "en")
    assert "already" in note(await office.run("verify", JULIET))


@pytest.mark.parametrize(
    "wrong", [{"type": "id-card"}, {"number": "C02"}, {"name": "Rosaline"}, {"number": "C02", "name": "Rosaline"}]
)
async def test_verify_never_says_what_was_wrong(office: Office, wrong: dict[str, str]) -> None:
    again = await office.run("verify", JULIET, {**RIGHT, **wrong})
    assert isinstance(again, Form)
    assert again.problem == office.texts.get("en", "verify-refused", attempts=3, window="1 hour")
    assert [asked.value for asked in again.fields if asked.var in {"number", "name"}] == ["", ""]


async def test_verify_stops_after_too_many_attempts_and_says_when_to_return(office: Office) -> None:
    for _ in range(3):
        await office.run("verify", JULIET, {**RIGHT, "name": "Rosaline"})
    refused = await office.run("verify", JULIET, RIGHT)
    assert refused == Refused(text="verify-too-many", params={"attempts": 3, "window": "1 hour"})
    office.clock.at += 3601
    assert "Thank you" in note(await office.run("verify", JULIET, RIGHT))


async def test_verify_binds_no_more_accounts_than_allowed(office: Office) -> None:
    for account in ("a@example", "b@example"):
        await office.run("verify", account, RIGHT)
    assert await office.run("verify", "c@example", RIGHT) == Refused(text="verify-full", params={"limit": 2})


async def test_verify_asks_for_the_rules_where_they_are_required(office: Office) -> None:
    office.settle(moderation=Moderation(rules_required_for=("join",)))
    assert "rules" in note(await office.run("verify", JULIET, RIGHT))


async def test_verify_writes_no_identity_anywhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    await office.run("verify", JULIET, RIGHT)
    audit = str(await office.store.audit.read(100))
    for secret in ("C01", "c 01", "Capulet", "capulet"):
        assert secret not in audit + caplog.text


@pytest.mark.parametrize("way", ["command", "chat"])
async def test_whatever_becomes_of_verify_nothing_typed_into_it_is_audited_or_logged(
    office: Office, way: str, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    entry = Entry(document_type="passport", document_number="ZEBRA-9", name="Zebedee Zorn")
    await office.store.registry.put([entry], office.now())
    desk = Desk()
    adhoc.setup(desk, office)
    chat.setup(desk, office)

    async def verify(number: str, name: str) -> None:
        if way == "command":
            session = Session(desk, "verify", sender=f"{JULIET}/x")
            await session.act()
            reply = await session.send("", submit(type="passport", number=number, name=name))
            assert reply.attrib["type"] in {"result", "error"}
            return
        for body in ("cancel", "verify", "passport", number, name):
            office.effects.spoken.clear()
            desk.hand_in(f"<message type='chat' from='{JULIET}/x' to='{KEEPER}'><body>{body}</body></message>")
            await asyncio.wait_for(office.effects.spoken.wait(), 5)

    faults: list[Exception] = [Unavailable("database is locked"), RuntimeError("a fault of our own")]

    async def fail(*_args: object, **_options: object) -> None:
        raise faults.pop()

    while faults:
        with monkeypatch.context() as broken:
            broken.setattr(office.store.registry, "claim", fail)
            await verify("ZEBRA-1", "Zebedee")
        office.clock.at += 60  # may write again
    for number in ("ZEBRA-1", "ZEBRA-9", "ZEBRA-2", "ZEBRA-2"):  # three refused, then there were too many
        await verify(number, "Zebedee")
        office.clock.at += 60
    office.clock.at += 3601
    await verify("ZEBRA-9", "Zebedee Zorn")
    assert (await office.memory.known(JULIET)).person is not None
    told = logged()
    assert "a fault of our own" in told  # the log works
    audit = str(await office.store.audit.read(100))
    assert "person-verified" in audit
    for secret in ("zebra", "zebedee", "zorn"):
        assert secret not in (audit + told).lower()


# status


async def test_status_of_somebody_unverified_says_how_to_verify(office: Office) -> None:
    done = await office.run("status", JULIET)
    assert "verify" in note(done)
    assert shown(done)["verified"] == ("not verified",)
    assert "tier" not in shown(done)


async def test_status_shows_tier_score_and_quotas(office: Office) -> None:
    await office.run("verify", JULIET, RIGHT)
    await office.member(JULIET, HALL, creates=True)
    facts = shown(await office.run("status", JULIET))
    assert facts["tier"] == ("standard",)
    assert facts["score"] == ("60 of 100",)
    assert facts["created"] == ("1 of 5",)
    assert facts["joined"] == ("1 of 100",)
    assert facts["sanctions"] == ("nothing",)


async def test_status_shows_sanctions_and_whom_to_ask(office: Office) -> None:
    office.settle(moderation=Moderation(contact=("xmpp:help@example", "https://example/help")))
    await office.run("verify", JULIET, RIGHT)
    number = (await office.memory.known(JULIET)).person
    assert number is not None
    punish = Punish(
        kind=SanctionKind.BAN, account=JULIET, person=number.number, room=None, rule="moderator", lasts_s=600
    )
    await office.performer.sanctions.impose(punish, by=MODERATOR, reason="adverts")
    done = await office.run("status", JULIET)
    assert "One sanction" in note(done)
    (line,) = shown(done)["sanctions"]
    assert "No. 1: ban in all rooms, until 15 Jan 2027, 08:10 UTC" in line
    assert "adverts" in line
    assert shown(done)["contact"] == ("help@example", "https://example/help")
    office.clock.at += 601
    assert shown(await office.run("status", JULIET))["sanctions"] == ("nothing",)


async def test_status_of_the_blacklisted_says_so(office: Office) -> None:
    await office.store.people.blacklist(account=JULIET, reason="r", by=MODERATOR, at=office.now())
    assert "any more" in note(await office.run("status", JULIET))


# rules


async def test_rules_are_read_in_ones_own_language_and_accepted_once(office: Office) -> None:
    await office.run("verify", JULIET, RIGHT)
    form = await office.run("rules", JULIET, language="zh-Hans")
    assert isinstance(form, Form)
    assert form.instructions == "请友善。"
    assert await office.run("rules", JULIET, {"accept": "0"}) == Refused(text="rules-not-accepted")
    assert "version 1" in note(await office.run("rules", JULIET, {"accept": "1"}))
    person = (await office.memory.known(JULIET)).person
    assert person is not None
    assert person.rules_accepted == 1
    again = await office.run("rules", JULIET)
    assert "have accepted" in note(again)
    assert shown(again)["rules"] == ("Be kind.", "No advertising.")
    office.settle(moderation=Moderation(rules_version=2))
    assert isinstance(await office.run("rules", JULIET), Form)


async def test_rules_can_be_read_before_one_is_verified(office: Office) -> None:
    done = await office.run("rules", JULIET)
    assert shown(done)["rules"] == ("Be kind.", "No advertising.")
    assert "verify" in note(done)


async def test_rules_that_nobody_wrote_are_said_to_be_missing(office: Office) -> None:
    office.loaded.rules_text.clear()
    assert "No rules" in note(await office.run("rules", JULIET))
    office.settle(moderation=Moderation(rules_required_for=("join",)))
    await office.run("verify", JULIET, RIGHT)
    form = await office.run("rules", JULIET)
    assert isinstance(form, Form)
    assert "ask the people" in form.instructions


# my-rooms


async def test_my_rooms_of_somebody_without_any(office: Office) -> None:
    assert "not a member" in note(await office.run("my-rooms", JULIET))


async def test_my_rooms_lists_code_category_class_role_and_since(office: Office) -> None:
    await office.run("verify", JULIET, RIGHT)
    await office.member(JULIET, HALL, creates=True)
    room = await office.memory.room(HALL)
    assert room is not None
    kept = await office.run("my-rooms", JULIET, {"leave": ""})
    (line,) = shown(kept)["rooms"]
    assert line == f"{HALL} · code {room.code} · General · Large · creator since 15 Jan 2027, 08:00 UTC"


async def test_my_rooms_leaves_a_room_after_asking(office: Office) -> None:
    await office.run("verify", JULIET, RIGHT)
    await office.member(JULIET, HALL, creates=True)
    await office.member(JULIET, f"garden@{MUC}", creates=True)
    asked = await office.run("my-rooms", JULIET, {"leave": HALL}, {"confirm": "0"})
    assert isinstance(asked, Form)
    assert "Nothing has been done" in asked.problem
    assert office.effects.withdrawn == []
    assert "have left" in note(await office.run("my-rooms", JULIET, {"leave": HALL}, {"confirm": "1"}))
    assert office.effects.withdrawn == [(HALL, JULIET)]
    kept = await office.run("my-rooms", JULIET, {"leave": ""})
    assert len(shown(kept)["rooms"]) == 1


async def test_my_rooms_shows_nobody_elses(office: Office) -> None:
    await office.run("verify", JULIET, RIGHT)
    await office.member(JULIET, HALL, creates=True)
    assert "not a member" in note(await office.run("my-rooms", "romeo@example"))
