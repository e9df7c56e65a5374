"""Admins appointed and rooms handed over by command: asked for, held to the rules, done once, and told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form, Refused
from config.settings import Quotas
from policy.engine import compile_policy
from policy.facts import SanctionKind
from storage.handovers import State
from tests.support.office import MODERATOR, MUC, Office, open_office

HALL = f"hall@{MUC}"
OWNER, ROMEO, STRANGER = "owner@example", "romeo@example", "stranger@example"
DAY = 86400.0


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, quotas=Quotas(rooms_created=1)) as world:
        world.meter.is_in_step = True
        for number, account in enumerate((OWNER, ROMEO)):
            await world.verified(account, f"P{number}")
            await world.member(account, HALL, creates=account == OWNER)
        await world.member(STRANGER, HALL)
        world.memory.affiliations.note(HALL, OWNER, "owner")
        yield world


def told(office: Office, whom: str) -> str:
    return "\n".join(text for to, text, _ in office.effects.said if to == whom)


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


async def created(office: Office, account: str) -> int:
    holder = (await office.memory.known(account)).holder
    return (await office.store.rooms.counts(holder, None)).created


async def sanction(office: Office, whom: str, kind: str) -> None:
    order = {"target": whom, "kind": kind, "room": HALL, "length": "1d", "reason": "x"}
    assert isinstance(await office.run("sanction", MODERATOR, order, {"confirm": "1"}), Done)


async def appoint(office: Office, who: str, role: str = "admin") -> Done | Form | Refused:
    return await office.run("appoint", OWNER, {}, {"who": who, "role": role})


async def offer(office: Office, who: str = ROMEO) -> Done | Form | Refused:
    return await office.run("transfer", OWNER, {}, {"who": who}, {"confirm": "1"})


async def take_over(office: Office, deed: str = "take", who: str = ROMEO) -> Done | Form | Refused:
    return await office.run("take-over", who, {"deed": deed})


async def test_an_owner_appoints_an_admin_and_takes_it_back(office: Office) -> None:
    assert isinstance(await appoint(office, ROMEO), Done)
    assert office.effects.affiliations[HALL, ROMEO] == "admin"
    assert "You are an admin" in told(office, ROMEO)
    office.memory.affiliations.note(HALL, ROMEO, "admin")
    again = await appoint(office, ROMEO)
    assert again == Refused(text="appoint-already", params={"account": ROMEO, "role": "admin"})
    assert isinstance(await appoint(office, ROMEO, "member"), Done)
    assert office.effects.affiliations[HALL, ROMEO] == "member"
    assert (await office.deeds()).count("appointed") == 2


async def test_nobody_unverified_or_sanctioned_is_appointed(office: Office) -> None:
    assert "is not verified" in problem(await appoint(office, STRANGER))
    await sanction(office, ROMEO, "mute")
    assert "A sanction holds" in problem(await appoint(office, ROMEO))
    assert office.effects.affiliations == {}


async def test_only_owners_appoint_and_hand_over(office: Office) -> None:
    office.memory.affiliations.note(HALL, ROMEO, "admin")
    for name in ("appoint", "transfer"):
        assert await office.run(name, ROMEO, {}) == Refused(text="room-not-owned")
    assert await appoint(office, OWNER) == Refused(text="appoint-self")


async def test_a_room_that_cannot_be_asked_is_asked_later(office: Office) -> None:
    office.effects.unreachable.add(HALL)
    assert await appoint(office, ROMEO) == Refused(text="appoint-later")


async def test_a_room_is_handed_over_when_its_new_owner_accepts(office: Office) -> None:
    assert isinstance(await offer(office), Done)
    assert "wants to hand" in told(office, ROMEO)
    assert office.effects.affiliations == {}
    assert isinstance(await take_over(office), Done)
    await office.performer.handing.keep()
    assert office.effects.affiliations == {(HALL, ROMEO): "owner", (HALL, OWNER): "admin"}
    assert (await created(office, OWNER), await created(office, ROMEO)) == (0, 1)
    room = await office.store.rooms.find(HALL)
    assert room is not None
    assert await office.store.rooms.creator_of(room.code) == (await office.memory.known(ROMEO)).holder
    assert "belongs to" in told(office, OWNER)
    assert "is yours now" in told(office, ROMEO)
    await office.performer.handing.keep()
    assert told(office, OWNER).count("belongs to") == 1


async def test_what_was_accepted_is_done_after_a_kill_and_when_the_room_answers_again(office: Office) -> None:
    await offer(office)
    await take_over(office)
    office.effects.unreachable.add(HALL)
    assert await office.performer.handing.keep() == office.clock.at + 5
    assert (HALL, OWNER) not in office.effects.affiliations
    office.effects.unreachable.clear()
    await office.performer.handing.keep()
    assert office.effects.affiliations[HALL, OWNER] == "admin"


async def test_a_room_is_refused_or_left_and_stays_where_it_is(office: Office) -> None:
    await offer(office)
    assert isinstance(await take_over(office, "refuse"), Done)
    assert "does not take" in told(office, OWNER)
    await offer(office)
    office.clock.at += 8 * DAY
    assert isinstance(await office.run("take-over", ROMEO), Done)  # nothing is offered
    await office.performer.handing.keep()
    assert "did not say in time" in told(office, OWNER)
    assert office.effects.affiliations == {}


async def test_nobody_is_offered_a_room_beyond_their_quota_nor_takes_one(office: Office) -> None:
    await office.member(ROMEO, f"den@{MUC}", creates=True)
    assert "owns as many rooms" in problem(await office.run("transfer", OWNER, {}, {"who": ROMEO}))
    await office.store.rooms.leave((await office.memory.known(ROMEO)).holder, f"den@{MUC}", office.now(), "x")
    await offer(office)
    await office.member(ROMEO, f"den@{MUC}", creates=True)
    refused = await take_over(office)
    assert isinstance(refused, Refused)
    assert refused.text == "deny-target-created-full"
    await office.performer.handing.keep()
    assert office.effects.affiliations == {}


async def test_who_may_manage_no_more_hands_nothing_over(office: Office) -> None:
    await offer(office)
    await sanction(office, OWNER, SanctionKind.MANAGE.value)
    assert await take_over(office) == Refused(text="take-over-over")


async def test_a_room_that_refuses_its_new_owner_stays_where_it_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def affiliate(_room: str, _account: str, _affiliation: str) -> None:
        """A room that takes nothing."""

    await offer(office)
    await take_over(office)
    assert await created(office, ROMEO) == 1
    monkeypatch.setattr(type(office.effects), "affiliate", lambda _self, *args: affiliate(*args))
    await office.performer.handing.keep()
    assert "the room refused it" in told(office, OWNER)
    assert (await created(office, OWNER), await created(office, ROMEO)) == (1, 0)


async def test_a_newer_offer_takes_the_place_of_one_that_waits(office: Office) -> None:
    await office.verified("friar@example", "P9")
    await office.member("friar@example", HALL)
    await offer(office)
    await offer(office, "friar@example")
    assert isinstance(await office.run("take-over", ROMEO), Done)
    assert isinstance(await office.run("take-over", "friar@example"), Form)


async def test_offers_to_and_by_somebody_erased_are_gone(office: Office) -> None:
    await offer(office)
    known = await office.memory.known(ROMEO)
    assert known.person is not None
    await office.store.erasures.ask(known.person.number, office.now(), office.now(), by=ROMEO)
    assert await office.store.erasures.erase(known.person.number, office.now()) is not None
    assert await office.store.handovers.offered_to((ROMEO,), office.now()) == ()
    assert not await office.store.handovers.settle(1, State.WAITING, State.ACCEPTED, office.now(), by=ROMEO)


async def test_where_nobody_need_be_verified_anybody_is_appointed(office: Office) -> None:
    identity = type(office.settings.identity)(required_for=())
    office.settle(identity=identity)
    office.policy = compile_policy(office.settings, {})
    assert isinstance(await appoint(office, STRANGER), Done)
