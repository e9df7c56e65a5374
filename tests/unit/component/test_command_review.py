"""`verify` with several providers, and `review`: officers decide once, never on themselves, and nothing stays."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component import chat
from component.dialogue import Dialogue, Forbidden
from component.forms import Done, Form, Refused
from component.identity.keeper import Keeper
from component.occupancy import Occupant
from config.settings import ASKED, Asked, Identity, Review, Seconds
from tests.support.desk import Desk
from tests.support.office import ADMIN, KEEPER, MODERATOR, MUC, OFFICER, Office, command_named, open_office

JULIET = "juliet@example"
SUBMITTED = {"type": "passport", "number": "C 01", "name": "Juliet Capulet", "phone": "0123"}
CHOSEN = {"provider": "review"}
IDENTITY = Identity(
    providers=("registry", "review"),
    attempts=2,
    max_accounts=1,
    review=Review(fields=(*ASKED, Asked(name="phone", label={"en": "Telephone"})), tell_every=Seconds(900)),
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, identity=IDENTITY) as world:
        yield world


async def submit(office: Office, account: str = JULIET, **changes: str) -> Form | Done | Refused:
    return await office.run("verify", account, CHOSEN, {**SUBMITTED, **changes})


async def decide(office: Office, decision: str, reason: str = "", by: str = OFFICER) -> Form | Done | Refused:
    waiting = await office.store.verifications.waiting("review", office.now())
    number = str(waiting[0].number)
    return await office.run("review", by, {"submission": number}, {"decision": decision, "reason": reason})


def said_to(office: Office, account: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to.partition("/")[0] == account]


async def test_with_several_providers_the_applicant_chooses(office: Office) -> None:
    form = await office.run("verify", JULIET)
    assert isinstance(form, Form)
    assert [option.value for option in form.fields[0].options] == ["registry", "review"]
    form = await office.run("verify", JULIET, CHOSEN)
    assert isinstance(form, Form)
    assert [(field.var, field.label) for field in form.fields][-1] == ("phone", "Telephone")


async def test_with_one_provider_nobody_is_asked(office: Office) -> None:
    office.settle(identity=Identity())
    form = await office.run("verify", JULIET)
    assert isinstance(form, Form)
    assert [field.var for field in form.fields] == ["type", "number", "name"]


async def test_where_there_is_no_provider_nobody_can_be_verified(office: Office) -> None:
    office.settle(identity=Identity(required_for=(), providers=()))
    assert await office.run("verify", JULIET) == Refused(text="verify-nobody")


async def test_an_approved_applicant_is_verified_and_told(office: Office) -> None:
    assert isinstance(await submit(office), Done)
    assert (await office.memory.known(JULIET)).person is None
    done = await decide(office, "approve")
    assert isinstance(done, Done)
    assert (await office.memory.known(JULIET)).person is not None
    assert any("you are verified" in text for text in said_to(office, JULIET))
    assert await office.deeds()  # chain is whole
    assert "verification-viewed" in await office.deeds()


async def test_a_refused_applicant_is_told_why_and_may_submit_anew(office: Office) -> None:
    await submit(office)
    again = await decide(office, "refuse")
    assert isinstance(again, Form)
    assert again.mistaken == "reason"
    await decide(office, "refuse", "The picture is blurred.")
    assert any("The picture is blurred" in text for text in said_to(office, JULIET))
    assert (await office.memory.known(JULIET)).person is None
    assert isinstance(await submit(office), Done)


async def test_nobody_decides_on_their_own_submission(office: Office) -> None:
    await submit(office, OFFICER)
    assert await office.run("review", OFFICER) == Done(note=office.texts.get("en", "review-none"))


async def test_nobody_approves_an_account_of_their_own(office: Office) -> None:
    await office.verified(OFFICER, "C01")
    await submit(office, "second@example")
    again = await decide(office, "approve")
    assert isinstance(again, Form)
    assert "is your own" in again.problem
    assert (await office.memory.known("second@example")).person is None


async def test_the_second_of_two_officers_is_told_that_it_is_decided(office: Office) -> None:
    await submit(office)
    number = str((await office.store.verifications.waiting("review", office.now()))[0].number)
    officers = [Dialogue(command_named("review"), office, OFFICER, "en") for _ in range(2)]
    for officer in officers:
        await officer.begin()
        await officer.answer({"submission": number})
    answers = [{"decision": "approve", "reason": ""}, {"decision": "refuse", "reason": "No."}]
    outcomes = [await officer.answer(given) for officer, given in zip(officers, answers, strict=True)]
    assert isinstance(outcomes[0], Done)
    assert outcomes[1] == Refused(text="review-gone")
    assert len(said_to(office, JULIET)) == 1


async def test_somebody_with_enough_accounts_can_only_be_refused(office: Office) -> None:
    await office.verified("other@example", "C01")
    await submit(office)
    again = await decide(office, "approve")
    assert isinstance(again, Form)
    assert "(1)" in again.problem
    assert await office.store.verifications.waiting("review", office.now())


async def test_while_one_waits_it_can_be_taken_back(office: Office) -> None:
    await submit(office)
    form = await office.run("verify", JULIET, CHOSEN)
    assert isinstance(form, Form)
    assert [field.var for field in form.fields] == ["withdraw"]
    await office.run("verify", JULIET, CHOSEN, {"withdraw": "1"})
    assert await office.store.verifications.waiting("review", office.now()) == ()


async def test_document_numbers_of_nothing_are_mistaken(office: Office) -> None:
    form = await submit(office, number=" - ", name="x")
    assert isinstance(form, Form)
    assert form.problem


@pytest.mark.parametrize("account", [MODERATOR, ADMIN, JULIET])
async def test_no_one_but_identity_officers_reviews(office: Office, account: str) -> None:
    with pytest.raises(Forbidden):
        await office.run("review", account)


async def test_officers_are_told_in_batches(office: Office) -> None:
    keeper = Keeper(office)
    await submit(office)
    await keeper.tick()
    await submit(office, "nurse@example", number="C2", name="Nurse")
    await keeper.tick()
    assert len(said_to(office, OFFICER)) == 1
    office.clock.at += 901
    await submit(office, "romeo@example", number="C3", name="Romeo")
    await keeper.tick()
    await keeper.tick()
    assert [text.split()[0] for text in said_to(office, OFFICER)] == ["One", "2"]


async def test_what_nobody_decides_is_destroyed_and_the_applicant_told(office: Office) -> None:
    await submit(office)
    office.clock.at += IDENTITY.review.keep + 1
    await Keeper(office).tick()
    assert any("destroyed" in text for text in said_to(office, JULIET))
    assert isinstance(await submit(office), Done)


async def test_in_a_chat_no_submission_is_shown(office: Office) -> None:
    desk = Desk()
    chat.setup(desk, office)
    await submit(office)
    office.effects.spoken.clear()
    desk.hand_in(f"<message type='chat' from='{OFFICER}/x' to='{KEEPER}'><body>review</body></message>")
    await asyncio.wait_for(office.effects.spoken.wait(), 5)
    assert "ad-hoc" in said_to(office, OFFICER)[-1]


# verifications that end

YEAR = Identity(valid_for=Seconds(365 * 86400), on_loss="remove")


async def test_reminders_come_in_the_persons_language_and_once(office: Office) -> None:
    office.settle(identity=YEAR)
    await office.verified(JULIET)
    await office.store.people.set_language(JULIET, "zh-Hans")
    office.memory.forget(JULIET)
    keeper = Keeper(office)
    for days in (334, 336, 337, 359, 364.5, 364.6):
        office.clock.at = 1_800_000_000.0 + days * 86400
        await keeper.tick()
    assert [("到期" in text, "已到期" in text) for text in said_to(office, JULIET)] == [(True, False)] * 3


async def test_whoever_lapses_is_put_out_but_stays_a_member(office: Office) -> None:
    office.settle(identity=YEAR)
    room = f"hall@{MUC}"
    await office.verified(JULIET)
    await office.member(JULIET, room, creates=True)
    inside = Occupant(jid=f"{JULIET}/x", nick="Juliet", role="participant", affiliation="none")
    office.memory.occupancy.enter(room, inside)
    office.clock.at += 365 * 86400
    await Keeper(office).tick()
    assert [(where, nick) for where, nick, _ in office.effects.removed] == [(room, "Juliet")]
    assert await office.store.rooms.is_member((await office.memory.known(JULIET)).holder, room)


async def test_verifying_again_renews_and_only_near_the_end(office: Office) -> None:
    office.settle(identity=YEAR)
    number = await office.verified(JULIET, "C01")
    assert isinstance(await office.run("verify", JULIET), Done)
    office.clock.at += 340 * 86400
    done = await office.run("verify", JULIET, {"type": "passport", "number": "C01", "name": "Juliet Capulet"})
    assert isinstance(done, Done)
    person = (await office.memory.known(JULIET)).person
    assert person is not None
    assert (person.number, person.confirmed_at) == (number, office.now())


async def test_another_document_does_not_renew(office: Office) -> None:
    office.settle(identity=YEAR)
    await office.verified("romeo@example", "R1", "Romeo Montague")
    await office.verified(JULIET, "C01")
    office.clock.at += 400 * 86400
    form = await office.run("verify", JULIET, {"type": "passport", "number": "R1", "name": "Romeo Montague"})
    assert isinstance(form, Form)
    assert form.problem


# addresses that deceive


@pytest.mark.parametrize("account", ["jսliet@example", "ϳuliet@example", "juliet@ехample"])
async def test_an_account_that_reads_like_a_verified_one_is_not_verified(office: Office, account: str) -> None:
    await office.verified(JULIET)
    assert await office.run("verify", account) == Refused(text="verify-impostor")
    assert "identity-refused" in await office.deeds()


@pytest.mark.parametrize("account", ["张伟@example", "анна@example", "julia@example", "jսlia@example"])
async def test_other_scripts_are_welcome_where_nobody_is_taken_for_another(office: Office, account: str) -> None:
    await office.verified(JULIET)
    assert isinstance(await office.run("verify", account), Form)
