"""Commands about founding groups: apply, applications; and how applicants hear of what became of theirs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.forms import Done, Form, Refused
from config.settings import Applications, Category, Credit, Identity, Scale, Seconds, Tier
from storage.proposals import Status, Turned
from storage.store import Store
from tests.support.office import ADMIN, MODERATOR, MORNING, MUC, Office, open_office

DAY = 86400.0
JULIET, ROMEO = "juliet@example", "romeo@example"
SCHOOL, HALL = f"school@{MUC}", f"hall@{MUC}"
CATEGORIES = {"general": Category(), "school": Category(approval=True, title={"en": "School", "zh-Hans": "学校"})}
SCALES = {"small": Scale(members=50), "large": Scale(members=500, approval=True)}
LIMITED = Tier(name="limited", threshold=0, largest_scale="small")
WANTED = {"category": "school", "scale": "small", "purpose": "Homework"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, categories=CATEGORIES, scales=SCALES) as world:
        await world.verified(JULIET)
        yield world


async def applied(office: Office, **wanted: str) -> str:
    done = await office.run("apply", JULIET, {"room": "school"}, {**WANTED, **wanted})
    assert isinstance(done, Done), done
    return done.note


def said_to(office: Office, account: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to == account]


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


async def decide(office: Office, decision: str, reason: str = "", by: str = MODERATOR) -> Form | Done | Refused:
    return await office.run("applications", by, {}, {"decision": decision, "reason": reason})


async def test_what_needs_approval_waits_and_moderators_hear_of_it(office: Office) -> None:
    assert "has the number 1 and waits" in await applied(office)
    assert "Somebody applies for school@rooms.example (School, small)" in said_to(office, MODERATOR)[0]
    assert len(said_to(office, ADMIN)) == 1
    form = await office.run("applications", MODERATOR, {})
    assert isinstance(form, Form)
    shown = form.fields[0].value
    assert "Purpose: Homework" in shown
    assert JULIET in shown
    assert "score 60" in shown
    assert "strikes 0" in shown
    assert "Juliet" not in shown
    assert "application-viewed" in await office.deeds()


async def test_an_approved_applicant_is_told_until_when_the_address_is_kept(office: Office) -> None:
    await applied(office)
    assert isinstance(await decide(office, "approve", "Welcome"), Done)
    (told,) = said_to(office, JULIET)
    assert "was approved" in told
    assert "22 Jan 2027" in told
    assert "Welcome" in told
    holder = (await office.memory.known(JULIET)).holder
    permit = await office.store.proposals.permit(SCHOOL, holder, office.now())
    assert permit is not None
    assert (permit.category, permit.scale, permit.is_own) == ("school", "small", True)


async def test_a_refusal_needs_a_reason_which_the_applicant_reads_in_their_language(office: Office) -> None:
    await applied(office)
    await office.store.people.set_language(JULIET, "zh-Hans")
    office.memory.forget(JULIET)
    assert "say why" in problem(await decide(office, "refuse"))
    assert isinstance(await decide(office, "refuse", "没有老师。"), Done)
    (told,) = said_to(office, JULIET)
    assert told.startswith("您对 school@rooms.example（学校，small）的申请被拒绝。理由：没有老师。您可以重新申请")


async def test_of_two_moderators_at_once_the_second_is_told_that_it_is_over(office: Office) -> None:
    await applied(office)
    first, second = await office.run("applications", MODERATOR, {}), await office.run("applications", ADMIN, {})
    assert isinstance(first, Form)
    assert isinstance(second, Form)
    assert isinstance(await decide(office, "approve"), Done)
    assert await office.store.proposals.refuse(1, office.now(), by=ADMIN, reason="No") is Turned.OVER
    assert isinstance(await office.run("applications", ADMIN), Done)
    assert len(said_to(office, JULIET)) == 1


async def test_nobody_decides_on_their_own_application(office: Office) -> None:
    await office.verified(MODERATOR, "B2", "Moderator")
    await office.run("apply", MODERATOR, {"room": "school"}, WANTED)
    assert await office.run("applications", MODERATOR, {}) == Refused(text="applications-own")


async def test_what_needs_no_approval_is_had_at_once_though_kept_for_a_while_only(office: Office) -> None:
    assert "may found school@rooms.example now" in await applied(office, category="general")
    assert said_to(office, MODERATOR) == []
    office.clock.at = MORNING + 7 * DAY
    await office.performer.founding.keep()
    assert "no longer kept for you" in said_to(office, JULIET)[0]


async def test_an_application_that_nobody_decides_on_lapses_and_that_is_told_once(office: Office) -> None:
    await applied(office)
    office.clock.at = MORNING + 14 * DAY
    await office.performer.founding.keep()
    await office.performer.founding.keep()
    assert [text for text in said_to(office, JULIET) if "has lapsed" in text] == said_to(office, JULIET)
    assert len(said_to(office, JULIET)) == 1
    assert isinstance(await office.run("applications", MODERATOR), Done)


async def test_who_was_not_told_before_a_restart_is_told_after_it(office: Office) -> None:
    await applied(office)
    await office.store.proposals.refuse(1, office.now(), by=MODERATOR, reason="No")  # and killed here
    store = await Store.open(office.loaded.storage_url, office.loaded.keyring)
    try:
        assert [each.status for each in await store.proposals.untold()] == [Status.REFUSED]
    finally:
        await store.close()
    await office.performer.founding.keep()
    assert "was refused" in said_to(office, JULIET)[0]


async def test_a_manager_asks_for_a_larger_class_and_the_group_has_it_when_approved(office: Office) -> None:
    office.settle(scales=SCALES, rooms=type(office.settings.rooms)(scale="small"))
    await office.member(JULIET, HALL, creates=True)
    office.memory.affiliations.note(HALL, JULIET, "owner")
    assert "general" in str(await office.run("apply", JULIET, {"room": HALL}))
    same = await office.run("apply", JULIET, {"room": HALL}, {"category": "general", "purpose": "More"})
    assert "already" in problem(same)
    await office.run("apply", JULIET, {"room": HALL}, {"scale": "large", "purpose": "More"})
    assert isinstance(await decide(office, "approve"), Done)
    room = await office.memory.room(HALL)
    assert room is not None
    assert (room.category, room.scale) == ("general", "large")
    assert HALL in office.effects.outdated
    assert "is now general, large" in said_to(office, JULIET)[0]
    assert "room-classified" in await office.deeds()


async def test_a_group_is_enlarged_by_its_managers_only_and_a_demoted_one_is_none(office: Office) -> None:
    await office.member(ROMEO, HALL, creates=True)
    assert "taken" in problem(await office.run("apply", JULIET, {"room": HALL}))
    office.memory.affiliations.note(HALL, JULIET, "admin")
    code = (await office.store.rooms.find(HALL)).code  # type: ignore[union-attr]
    assert isinstance(await office.run("apply", JULIET, {"room": code}), Form)
    office.memory.affiliations.note(HALL, JULIET, "member")
    assert "taken" in problem(await office.run("apply", JULIET, {"room": code}))


async def test_a_tier_that_reaches_small_groups_only_is_offered_no_larger_ones(office: Office) -> None:
    office.settle(credit=Credit(tiers=(LIMITED,)))
    form = await office.run("apply", JULIET, {"room": "school"})
    assert isinstance(form, Form)
    assert [option.value for option in form.fields[1].options] == ["small"]


async def test_what_the_settings_demand_is_looked_at_when_applying_and_when_deciding(office: Office) -> None:
    demanding = {**CATEGORIES, "school": Category(approval=True, verified_for=Seconds(DAY))}
    office.settle(categories=demanding)
    assert "16 Jan 2027" in problem(await office.run("apply", JULIET, {"room": "school"}, WANTED))
    office.settle(categories=CATEGORIES)
    await applied(office)
    office.settle(categories=demanding)
    assert "does not meet" in problem(await decide(office, "approve"))
    office.settle(categories={"general": Category()})
    assert await decide(office, "approve") == Refused(text="applications-unknown")


async def test_open_applications_are_shown_limited_and_can_be_withdrawn(office: Office) -> None:
    office.settle(applications=Applications(most=1))
    await applied(office)
    again = await office.run("apply", JULIET, {"room": "other"}, WANTED)
    assert isinstance(again, Refused)
    assert again.text == "apply-too-many"
    form = await office.run("apply", JULIET)
    assert isinstance(form, Form)
    assert "waits for a moderator" in form.fields[0].value
    done = await office.run("apply", JULIET, {"withdraw": "1"})
    assert isinstance(done, Done)
    assert "withdrawn" in done.note
    await applied(office)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("school@elsewhere.example", "name@rooms.example"),
        ("a b@@", "name@rooms.example"),
        ("0000-0000-0", "No room"),
        (f"сhess@{MUC}", "looks like"),
        (f"barred@{MUC}", "no longer be used"),
    ],
)
async def test_an_address_that_cannot_be_had_is_told_at_once(office: Office, text: str, told: str) -> None:
    await office.member(ROMEO, f"chess@{MUC}", creates=True)
    await office.store.rooms.blacklist(f"barred@{MUC}", office.now(), reason="x", by=ADMIN)
    assert told in problem(await office.run("apply", JULIET, {"room": text}))


async def test_who_may_not_found_anything_may_not_apply(office: Office) -> None:
    assert await office.run("apply", ROMEO) == Refused(text="deny-unverified", params={"deed": "create"})
    office.settle(identity=Identity(required_for=()))
    assert isinstance(await office.run("apply", ROMEO), Form)
    await office.store.people.blacklist(account=ROMEO, reason="x", by=ADMIN, at=office.now())
    office.memory.forget(ROMEO)
    assert await office.run("apply", ROMEO) == Refused(text="deny-blacklisted")
