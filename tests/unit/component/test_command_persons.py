"""`merge`, `split`, `unbind`, `move-account`: persons and their accounts."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue, Forbidden
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from component.persons.keeper import Keeper
from config.settings import Identity
from policy.actions import Punish
from policy.facts import SanctionKind
from storage.persons import Unbound
from tests.support.office import ADMIN, MODERATOR, MUC, OFFICERS, Office, command_named, open_office

JULIET, NURSE, ROMEO = "juliet@example", "nurse@example", "romeo@elsewhere"
HALL, ATTIC = f"hall@{MUC}", f"attic@{MUC}"
OFFICER = OFFICERS[0]
YES = {"confirm": "1"}
IDENTITY = Identity(domains=("example", "else*", "office"), on_loss="remove")
WHY = {"reason": "the same face."}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, identity=IDENTITY) as world:
        yield world


@pytest.fixture
async def pair(office: Office) -> tuple[int, int]:
    """Two persons, both in memory, each in a room of their own."""
    one = await office.verified(JULIET, "C01")
    office.clock.at += 5
    other = await office.verified(NURSE, "C02", "Angelica")
    for account, room in ((JULIET, HALL), (NURSE, ATTIC)):
        await office.member(account, room, creates=True)
        enter(office, account, room)
        await office.memory.known(account)
    return one, other


def enter(office: Office, account: str, room: str) -> None:
    nick = account.partition("@")[0]
    office.memory.occupancy.enter(room, Occupant(jid=f"{account}/x", nick=nick, role="none", affiliation="none"))


async def number_of(office: Office, account: str) -> int | None:
    person = (await office.memory.known(account)).person
    return None if person is None else person.number


async def mute(office: Office, account: str, person: int) -> None:
    punish = Punish(kind=SanctionKind.MUTE, account=account, person=person, room=None, rule="x", lasts_s=None)
    await office.performer.sanctions.impose(punish, by=MODERATOR, reason="x")


# merge and split


async def test_a_merge_says_who_survives_asks_once_more_and_holds_at_once(
    office: Office, pair: tuple[int, int]
) -> None:
    one, other = pair
    order = {"one": NURSE, "other": str(one), **WHY}
    form = await office.run("merge", OFFICER, order)
    assert isinstance(form, Form)
    summary = form.fields[0].value
    assert summary.startswith(f"person {other} ({NURSE}) becomes part of person {one} ({JULIET})")
    assert "Reason: the same face." in summary
    assert isinstance(await office.run("merge", OFFICER, order, {"confirm": "0"}), Form)
    assert await number_of(office, NURSE) == other
    done = await office.run("merge", OFFICER, order, YES)
    assert isinstance(done, Done), done
    assert await number_of(office, NURSE) == one
    assert {to for to, _, _ in office.effects.said} == {JULIET, NURSE}
    assert (await office.deeds()).count("persons-merged") == 2
    known = await office.memory.known(NURSE)
    assert not office.memory.is_member(f"p:{other}", ATTIC)
    assert {at.room.jid for at in await office.store.rooms.memberships_of(known.holder)} == {HALL, ATTIC}


async def test_a_split_offers_the_merge_and_each_account_and_takes_it_back(
    office: Office, pair: tuple[int, int]
) -> None:
    one, other = pair
    merge = await office.registrar.merge(one, other, by=OFFICER, reason="x")
    form = await office.run("split", OFFICER, {"target": JULIET})
    assert isinstance(form, Form)
    options = [option.value for option in form.fields[0].options]
    assert options == [f"merge:{merge.number}", f"account:{JULIET}", f"account:{NURSE}"]
    order = {"target": JULIET}, {"part": f"merge:{merge.number}", **WHY}
    done = await office.run("split", OFFICER, *order, YES)
    assert isinstance(done, Done), done
    assert (await number_of(office, JULIET), await number_of(office, NURSE)) == pair
    assert (await office.deeds()).count("persons-split") == 2


async def test_an_account_that_is_not_theirs_is_split_off_with_what_was_done_by_it(
    office: Office, pair: tuple[int, int]
) -> None:
    one, other = pair
    await office.registrar.merge(one, other, by=OFFICER, reason="x")
    await mute(office, NURSE, one)
    order = {"target": str(one)}, {"part": f"account:{NURSE}", **WHY}
    done = await office.run("split", OFFICER, *order, YES)
    assert isinstance(done, Done), done
    known = await office.memory.known(NURSE)
    assert known.person is None
    assert len(known.account.sanctions) == 1
    assert (await office.memory.known(JULIET)).person is not None
    await Keeper(office).tick()
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(ATTIC, "nurse")]


async def test_what_another_officer_did_meanwhile_is_not_done_again(office: Office, pair: tuple[int, int]) -> None:
    merge = await office.registrar.merge(*pair, by=OFFICER, reason="x")
    dialogue = Dialogue(command_named("split"), office, OFFICER, "en")
    await dialogue.begin()
    await dialogue.answer({"target": JULIET})
    await dialogue.answer({"part": f"merge:{merge.number}", **WHY})
    await office.registrar.split(merge.number, by=OFFICERS[1], reason="x")
    assert await dialogue.answer(YES) == Refused(text="split-meanwhile")


@pytest.mark.parametrize("name", ["merge", "split", "corrections", "disclose", "disclosures"])
@pytest.mark.parametrize("account", [ADMIN, MODERATOR, JULIET])
async def test_only_identity_officers_handle_identities_admins_included(
    office: Office, name: str, account: str
) -> None:
    with pytest.raises(Forbidden):
        await office.run(name, account)


async def test_nobody_decides_about_themselves(office: Office, pair: tuple[int, int]) -> None:
    await office.verified(OFFICER, "C01")
    assert await office.run("merge", OFFICER, {"one": JULIET, "other": NURSE, **WHY}) == Refused(text="person-own")
    assert await office.run("split", OFFICER, {"target": str(pair[0])}) == Refused(text="person-own")


async def test_whoever_is_no_second_person_is_asked_for_again(office: Office, pair: tuple[int, int]) -> None:
    one, _ = pair
    for other, problem in (("stranger@example", "not verified"), (str(one), "same person"), ("99", "no person")):
        again = await office.run("merge", OFFICER, {"one": JULIET, "other": other, **WHY})
        assert isinstance(again, Form)
        assert problem in again.problem
    again = await office.run("split", OFFICER, {"target": "stranger@example"})
    assert isinstance(again, Form)
    assert "not verified" in again.problem


async def test_somebody_about_to_be_erased_is_neither_merged_nor_split(office: Office, pair: tuple[int, int]) -> None:
    await office.registrar.ask_erasure(pair[1], by=NURSE)
    for name, form in (("merge", {"one": JULIET, "other": NURSE, **WHY}), ("split", {"target": NURSE})):
        refused = await office.run(name, OFFICER, form)
        assert isinstance(refused, Refused)
        assert refused.text == "person-erasing"


# unbind


async def test_a_person_takes_an_account_off_and_keeps_the_rest(office: Office, pair: tuple[int, int]) -> None:
    one, _ = pair
    await office.verified(ROMEO, "C01")
    enter(office, ROMEO, HALL)
    form = await office.run("unbind", JULIET, {"account": ROMEO})
    assert isinstance(form, Form)
    assert "by your other accounts" in form.fields[0].value
    done = await office.run("unbind", JULIET, {"account": ROMEO}, YES)
    assert isinstance(done, Done), done
    assert (await number_of(office, ROMEO), await number_of(office, JULIET)) == (None, one)
    await Keeper(office).tick()
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "romeo")]
    assert office.effects.said[-1][0] == ROMEO


async def test_the_last_account_is_said_to_be_the_last(office: Office, pair: tuple[int, int]) -> None:
    form = await office.run("unbind", JULIET, {"account": JULIET})
    assert isinstance(form, Form)
    assert "last account" in form.fields[0].value
    await office.run("unbind", JULIET, {"account": JULIET}, YES)
    assert await office.verified("again@example", "C01") == pair[0]  # and the way back works


async def test_nobody_gets_away_from_a_sanction_or_the_blacklist_by_unbinding(
    office: Office, pair: tuple[int, int]
) -> None:
    one, other = pair
    await mute(office, JULIET, one)
    await office.performer.blacklisting.bar_person(other, by=MODERATOR, reason="x")
    assert await office.run("unbind", JULIET, {"account": JULIET}, YES) == Refused(text="unbind-sanctioned")
    assert await office.run("unbind", NURSE) == Refused(text="deny-blacklisted")
    assert await office.store.persons.unbind(NURSE, other, office.now(), by=NURSE, reason="x") is Unbound.SANCTIONED


@pytest.mark.parametrize("name", ["unbind", "erase", "correct"])
async def test_whoever_is_not_verified_is_told_what_to_do(office: Office, name: str) -> None:
    assert await office.run(name, "stranger@example") == Refused(text="rights-not-verified")


# moving


async def code_for(office: Office, new: str) -> str:
    done = await office.run("move-account", JULIET, {"account": new}, YES)
    assert isinstance(done, Done), done
    [code] = done.facts[0].values
    assert re.fullmatch("[2-9A-Z]{10}", code)
    return code


async def test_a_new_account_takes_the_place_of_the_old_one_and_rooms_follow(
    office: Office, pair: tuple[int, int]
) -> None:
    office.effects.affiliations = {(HALL, JULIET): "owner"}
    code = await code_for(office, ROMEO)
    assert await number_of(office, JULIET) == pair[0]  # nothing has changed yet
    done = await office.run("move-account", ROMEO, {"code": code.lower()})
    assert isinstance(done, Done), done
    assert (await number_of(office, ROMEO), await number_of(office, JULIET)) == (pair[0], None)
    assert office.duties.is_set()
    await Keeper(office).tick()
    assert office.effects.affiliations == {(HALL, ROMEO): "owner", (HALL, JULIET): "none"}
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "juliet")]
    assert await office.store.persons.unfinished_moves() == ()
    again = await office.run("move-account", "third@example", {"code": code})
    assert isinstance(again, Form)
    assert "does not fit" in again.problem


@pytest.mark.usefixtures("pair")
async def test_rooms_that_cannot_be_reached_follow_later_and_bans_stay_with_both(office: Office) -> None:
    office.effects.affiliations = {(HALL, JULIET): "outcast"}
    office.effects.unreachable = {HALL}
    await office.run("move-account", ROMEO, {"code": await code_for(office, ROMEO)})
    keeper = Keeper(office)
    await keeper.tick()
    assert len(await office.store.persons.unfinished_moves()) == 1
    office.effects.unreachable.clear()
    await keeper.tick()
    assert office.effects.affiliations == {(HALL, JULIET): "outcast", (HALL, ROMEO): "outcast"}


@pytest.mark.usefixtures("pair")
async def test_a_code_is_for_one_account_for_a_while_and_for_five_tries(office: Office) -> None:
    code = await code_for(office, ROMEO)
    wrong = await office.run("move-account", "other@example", {"code": code})
    assert isinstance(wrong, Form)
    for _ in range(5):
        assert isinstance(await office.run("move-account", ROMEO, {"code": "WRONG"}), Form)
    assert isinstance(await office.run("move-account", ROMEO, {"code": code}), Form)
    code = await code_for(office, ROMEO)
    office.clock.at += office.settings.identity.move_within
    assert isinstance(await office.run("move-account", ROMEO, {"code": code}), Form)
    assert (await office.deeds()).count("account-move-refused") == 8


@pytest.mark.usefixtures("pair")
async def test_a_code_is_void_once_the_old_account_stands_for_nobody(office: Office) -> None:
    code = await code_for(office, ROMEO)
    await office.run("unbind", JULIET, {"account": JULIET}, YES)
    assert isinstance(await office.run("move-account", ROMEO, {"code": code}), Form)
    assert await number_of(office, ROMEO) is None


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (JULIET, "That is this account"),
        (HALL, "address of a room"),
        ("nobody", "Please give an account"),
        ("x@forbidden.example", "cannot be verified here"),
    ],
)
async def test_an_account_that_cannot_take_over_is_asked_for_again(office: Office, new: str, problem: str) -> None:
    again = await office.run("move-account", JULIET, {"account": new})
    assert isinstance(again, Form)
    assert problem in again.problem


async def test_only_accounts_of_domains_named_are_verified(office: Office) -> None:
    for name in ("verify", "move-account"):
        refused = await office.run(name, "x@forbidden.example")
        assert isinstance(refused, Refused)
        assert refused.text == "domain-not-bound"
        assert isinstance(await office.run(name, "x@elsewhere"), Form)
