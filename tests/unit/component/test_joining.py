"""Coming into rooms that are not open: by command and chat, by invitation, with managers who decide."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue
from component.entrance import came_in, come_to_door
from component.forms import Done, Form, Refused
from component.outreach import Outreach
from component.porter import Porter
from config.settings import Category, Joining, Rule, Seconds
from policy.engine import compile_policy, decide
from policy.facts import Account, Deed, Facts, Kind, Lockdown, Room
from policy.verdict import Verdict
from tests.support.office import MODERATOR, MUC, Office, command_named, open_office

JULIET, ROMEO, NURSE = "juliet@example", "romeo@example", "nurse@example"
HALL = f"hall@{MUC}"
QUESTION = {"question": "谁写了《红楼梦》？", "answers": "曹雪芹；Cao Xueqin"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        for number, account in enumerate((JULIET, ROMEO, NURSE)):
            await world.verified(account, f"A{number}", account)
        await world.member(JULIET, HALL, creates=True)
        world.memory.affiliations.note(HALL, JULIET, "owner")
        yield world


async def hall(office: Office) -> Room:
    room = await office.memory.room(HALL)
    assert room is not None
    return room


async def choose(office: Office, mode: str, *more: dict[str, str]) -> Done | Form | Refused:
    return await office.run("join-mode", JULIET, {"room": (await hall(office)).code}, {"mode": mode}, *more)


async def ask(
    office: Office, words: str | None = None, account: str = ROMEO, language: str = "en"
) -> Done | Form | Refused:
    answers = () if words is None else ({"words": words},)
    return await office.run("join", account, {"room": HALL}, *answers, language=language)


async def join(office: Office, account: str = ROMEO) -> Verdict:
    """What a join is answered, without the place that it would take."""
    known = await office.memory.known(account)
    facts = Facts(
        at=office.now(),
        kind=Kind.JOIN,
        account=known.account,
        person=known.person,
        room_jid=HALL,
        room=await hall(office),
    )
    return decide(await come_to_door(office, facts, known.holder, None), office.policy)


async def is_welcome(office: Office, account: str = ROMEO) -> bool:
    return not (await join(office, account)).reasons


async def judge(office: Office, which: str, decision: str, reason: str = "") -> Done | Form | Refused:
    code = (await hall(office)).code
    return await office.run(
        "applicants", JULIET, {"room": code}, {"which": which, "decision": decision, "reason": reason}
    )


def porter(office: Office) -> Porter:
    return Porter(office, Outreach(office, office.effects))  # type: ignore[arg-type] # a recorder


def done(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.note


def refusal(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.text


def told(office: Office, account: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to == account]


# choosing a mode


async def test_managers_choose_within_what_the_category_allows(office: Office) -> None:
    office.settle(categories={"general": Category(join_modes=("open", "approval"))})
    form = await office.run("join-mode", JULIET, {"room": (await hall(office)).code})
    assert isinstance(form, Form)
    assert [option.value for option in form.fields[0].options] == ["open", "approval"]
    assert "approve" in done(await choose(office, "approval"))
    assert not await is_welcome(office)


async def test_those_who_manage_no_room_choose_nothing(office: Office) -> None:
    assert "not an owner" in done(await office.run("join-mode", MODERATOR))


async def test_whoever_manages_the_room_no_longer_changes_nothing(office: Office) -> None:
    from component.dialogue import Dialogue
    from tests.support.office import command_named

    dialogue = Dialogue(command_named("join-mode"), office, JULIET, "en")
    await dialogue.begin()
    await dialogue.answer({"room": (await hall(office)).code})
    office.memory.affiliations.note(HALL, JULIET, "none")
    office.memory.affiliations.note(f"other@{MUC}", JULIET, "owner")
    assert refusal(await dialogue.answer({"mode": "invite"})) == "room-rules-not-yours"
    assert (await hall(office)).joining is None


async def test_a_question_that_breaks_rules_is_not_put_before_strangers(office: Office) -> None:
    office.settle(rules=(Rule(name="spam", words=("casino",)),))
    office.policy = compile_policy(office.settings, {})
    form = await choose(office, "question", {"question": "Best casino?", "answers": "mine"})
    assert isinstance(form, Form)
    assert form.mistaken == "question"


@pytest.mark.parametrize("answers", ["；；", ";".join(map(str, range(21)))])
async def test_a_question_needs_answers_and_not_too_many(office: Office, answers: str) -> None:
    form = await choose(office, "question", {"question": "Who?", "answers": answers})
    assert isinstance(form, Form)
    assert form.mistaken == "answers"


async def test_nobody_can_read_the_accepted_answers(office: Office) -> None:
    await choose(office, "question", QUESTION)
    joining = (await hall(office)).joining
    assert joining is not None
    assert "曹雪芹" not in repr(joining)
    assert len(joining.answers) == 2


# by question


@pytest.mark.parametrize("answer", ["曹雪芹", " 曹 雪芹。", "CAO XUEQIN", "ｃａｏ ｘｕｅｑｉｎ"])
async def test_the_right_answer_admits_however_it_is_written(office: Office, answer: str) -> None:
    await choose(office, "question", QUESTION)
    assert not await is_welcome(office)
    assert "回答正确" in done(await ask(office, answer, language="zh-Hans"))
    assert await is_welcome(office)


async def test_wrong_answers_are_bounded_across_dialogues(office: Office) -> None:
    await choose(office, "question", QUESTION)
    for _ in range(3):
        form = await ask(office, "吴承恩")
        assert isinstance(form, Form)
        assert form.mistaken == "words"
    assert refusal(await ask(office, "曹雪芹")) == "deny-join-spent"
    office.clock.at += 3601
    assert "right" in done(await ask(office, "曹雪芹"))


async def test_a_hundred_answers_at_once_are_no_more_than_may_be_tried(office: Office) -> None:
    await choose(office, "question", QUESTION)
    outcomes = await asyncio.gather(*(ask(office, f"guess {number}") for number in range(20)))
    assert sum(isinstance(outcome, Form) for outcome in outcomes) == 3


async def test_an_admission_lapses(office: Office) -> None:
    await choose(office, "question", QUESTION)
    await ask(office, "曹雪芹")
    office.clock.at += office.settings.joining.admission
    assert not await is_welcome(office)


# by approval


async def test_an_application_waits_is_approved_and_admits(office: Office) -> None:
    await choose(office, "approval")
    assert "have been asked" in done(await ask(office, "我是罗密欧"))
    assert "not decided yet" in done(await ask(office))
    await porter(office).work()
    assert "Somebody wants to join" in told(office, JULIET)[0]
    form = await office.run("applicants", JULIET, {"room": (await hall(office)).code})
    assert isinstance(form, Form)
    assert "我是罗密欧" in form.fields[1].value
    assert "1 can join" in done(await judge(office, "1", "approve"))
    await porter(office).work()
    assert "has been approved" in told(office, ROMEO)[0]
    assert await is_welcome(office)
    assert not await is_welcome(office, NURSE)


async def test_whoever_came_in_and_is_removed_has_to_ask_again(office: Office) -> None:
    await choose(office, "approval")
    await ask(office, "")
    await judge(office, "1", "approve")
    await came_in(office, (await office.memory.known(ROMEO)).holder, HALL)
    assert not await is_welcome(office)


async def test_a_refusal_needs_a_reason_which_the_applicant_reads(office: Office) -> None:
    await choose(office, "approval")
    await ask(office, "")
    form = await judge(office, "all", "refuse")
    assert isinstance(form, Form)
    assert form.mistaken == "reason"
    await judge(office, "全部", "refuse", "人满了。")
    await porter(office).work()
    assert "Reason: 人满了." in told(office, ROMEO)[0]
    assert refusal(await ask(office, "please")) == "deny-application-paused"


async def test_several_are_decided_at_once_and_what_another_decided_is_told(office: Office) -> None:
    await choose(office, "approval")
    office.memory.affiliations.note(HALL, "lady@example", "admin")
    await ask(office, "")
    await ask(office, "", NURSE)
    dialogues = [Dialogue(command_named("applicants"), office, by, "en") for by in (JULIET, "lady@example")]
    for dialogue in dialogues:  # both look before either decides
        await dialogue.begin()
        assert isinstance(await dialogue.answer({"room": (await hall(office)).code}), Form)
    outcomes = await asyncio.gather(
        dialogues[0].answer({"shown": "1 2", "which": "1, 2", "decision": "approve", "reason": ""}),
        dialogues[1].answer({"shown": "1 2", "which": "2", "decision": "refuse", "reason": "No"}),
    )
    assert all(isinstance(outcome, Done) for outcome in outcomes)
    missed = [fact.values for outcome in outcomes if isinstance(outcome, Done) for fact in outcome.facts]
    assert missed == [("2",)]
    assert await is_welcome(office)


@pytest.mark.parametrize("which", ["7", "abc", "1 7", "，"])
async def test_only_those_who_were_shown_can_be_decided_on(office: Office, which: str) -> None:
    await choose(office, "approval")
    await ask(office, "")
    form = await judge(office, which, "approve")
    assert isinstance(form, Form)
    assert form.mistaken == "which"


async def test_an_application_nobody_decides_ends_and_the_applicant_is_told(office: Office) -> None:
    await choose(office, "approval")
    await ask(office, "")
    office.clock.at += office.settings.joining.expires
    await porter(office).work()
    assert "nobody decided" in told(office, ROMEO)[0]
    await porter(office).work()
    assert len(told(office, ROMEO)) == 1
    assert "Nobody is waiting" in done(await office.run("applicants", JULIET, {"room": (await hall(office)).code}))


async def test_managers_are_told_in_batches(office: Office) -> None:
    await choose(office, "approval")
    keeper = porter(office)
    await ask(office, "")
    await keeper.work()
    await ask(office, "", NURSE)
    await keeper.work()
    assert len(told(office, JULIET)) == 1
    office.clock.at += office.settings.joining.notify_every
    await keeper.work()
    assert len(told(office, JULIET)) == 2


async def test_a_notice_that_was_lost_with_the_process_is_sent_by_the_next(office: Office) -> None:
    await choose(office, "approval")
    await ask(office, "")
    await judge(office, "1", "approve")
    await porter(office).work()
    assert len(told(office, ROMEO)) == 1


async def test_who_may_not_take_part_anyway_cannot_apply(office: Office) -> None:
    await choose(office, "approval")
    assert refusal(await ask(office, account="stranger@example")) == "deny-unverified"
    await office.store.people.blacklist(account=ROMEO, reason="spam", by=MODERATOR, at=office.now())
    office.memory.forget(ROMEO)
    assert refusal(await office.run("join", ROMEO)) == "deny-blacklisted"


async def test_words_that_break_rules_reach_no_manager_and_are_a_strike(office: Office) -> None:
    office.settle(rules=(Rule(name="gambling", words=("赌博",)),))
    office.policy = compile_policy(office.settings, {})
    await choose(office, "approval")
    assert refusal(await ask(office, "一起赌 博")) == "deny-content"
    assert await office.store.entrances.unannounced(office.now()) == ()
    assert len(await office.store.discipline.strikes_of((await office.memory.known(ROMEO)).holder)) == 1


# by invitation, and openly


async def test_rooms_by_invitation_take_no_applications(office: Office) -> None:
    await choose(office, "invite")
    assert refusal(await ask(office)) == "deny-join-invite"


async def test_open_rooms_need_no_asking(office: Office) -> None:
    assert "You can join" in done(await ask(office))
    await choose(office, "approval")
    assert "You can join" in done(await ask(office, account=JULIET))


async def test_a_room_that_opened_meanwhile_lets_in_without_an_application(office: Office) -> None:
    office.settle(joining=Joining(admission=Seconds(60)))
    await choose(office, "approval")
    await choose(office, "open")
    assert "You can join" in done(await ask(office))


async def test_a_closed_room_cannot_be_asked_for(office: Office) -> None:
    code = (await hall(office)).code
    await office.store.rooms.close(HALL, office.now(), reason="gone", by=MODERATOR)
    office.memory.forget_room(HALL)
    assert refusal(await office.run("join", ROMEO, {"room": code})) == "deny-closed"


# approval for a time


def raid_on(room: str, at: float) -> Lockdown:
    deeds: frozenset[Deed] = frozenset()
    return Lockdown(
        number=0, room=room, deeds=deeds, is_raid=True, reason="raid", by="roomkeeper", at=at, until=at + 60
    )


async def test_approval_can_be_required_for_a_time(office: Office) -> None:
    assert await is_welcome(office)
    await office.performer.emergency.begin(raid_on(HALL, office.now()))
    assert not await is_welcome(office)
    assert "have been asked" in done(await ask(office, ""))
    office.clock.at += 60
    assert await is_welcome(office)
    await office.performer.emergency.drain()


async def test_messages_never_come_to_the_door(office: Office) -> None:
    await choose(office, "invite")
    facts = Facts(
        at=office.now(), kind=Kind.POST, account=Account(jid=ROMEO), person=None, room_jid=HALL, room=await hall(office)
    )
    assert await come_to_door(office, facts, f"a:{ROMEO}", None) is facts
