"""`room-rules` and what shows its work: managers set rules for their own room, moderators take them away."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from component.forms import Done, FieldKind, Form, Refused
from config.settings import Category, Managers, Moderation, Rule, Seconds
from policy.actions import Punish
from policy.engine import compile_policy
from policy.facts import Room, SanctionKind
from policy.room_rule import Exempt, RoomAction, RoomMatcher, RoomRule
from storage.rooms import RulesDeed
from tests.support.office import AUDITOR, MODERATOR, MUC, Office, open_office

JULIET, ROMEO = "juliet@example", "romeo@example"
HALL, ATTIC = f"hall@{MUC}", f"attic@{MUC}"
AT_HALL = {"room": HALL}
ADD, CHANGE, REMOVE, TRY, LIFT = ({"deed": deed} for deed in ("add", "change", "remove", "try", "lift"))
TEA = {"name": "no tea", "words": "tea, 茶", "action": "reject", "exempt": "nobody"}
REASON = {"reason": "A joke too far."}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.verified(JULIET)
        await world.member(JULIET, HALL, creates=True)
        world.memory.affiliations.note(HALL, JULIET, "owner")
        yield world


async def hall(office: Office) -> Room:
    room = await office.memory.room(HALL)
    assert room is not None
    return room


def allow(office: Office, **fields: Any) -> None:  # noqa: ANN401 - any field of what managers may set
    """Let managers set this from now on, as by a reload."""
    office.settle(moderation=Moderation(managers=Managers(**fields)))
    office.policy = compile_policy(office.settings, {})


def shown(outcome: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(outcome, Done), outcome
    return {fact.var: fact.values for fact in outcome.facts}


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    assert outcome.problem
    return outcome.problem


def refusal(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.text


def choices(outcome: object, var: str) -> list[str]:
    assert isinstance(outcome, Form), outcome
    return [option.value for field in outcome.fields if field.var == var for option in field.options]


async def add(
    office: Office,
    matcher: str = "words",
    answers: Mapping[str, str] = TEA,
    account: str = JULIET,
    language: str = "en",
) -> object:
    return await office.run("room-rules", account, AT_HALL, ADD, {"which": matcher}, answers, language=language)


# who, and where


async def test_managers_choose_among_the_rooms_they_manage(office: Office) -> None:
    await office.member(JULIET, ATTIC, creates=True)
    office.memory.affiliations.note(ATTIC, JULIET, "admin")
    assert choices(await office.run("room-rules", JULIET), "room") == [ATTIC, HALL]


async def test_moderators_name_any_room_and_may_only_take_away(office: Office) -> None:
    await add(office)
    form = await office.run("room-rules", MODERATOR, AT_HALL)
    assert choices(form, "deed") == ["look", "remove", "try"]
    assert isinstance(await office.run("room-rules", MODERATOR), Form)


async def test_somebody_who_manages_many_rooms_names_the_room(office: Office) -> None:
    for number in range(60):
        office.memory.affiliations.note(f"room{number:02}@{MUC}", JULIET, "owner")
    form = await office.run("room-rules", JULIET)
    assert isinstance(form, Form)
    assert form.fields[0].kind is FieldKind.TEXT


async def test_a_room_of_somebody_else_is_refused(office: Office) -> None:
    await office.member(ROMEO, ATTIC, creates=True)
    for number in range(60):
        office.memory.affiliations.note(f"room{number:02}@{MUC}", JULIET, "owner")
    assert refusal(await office.run("room-rules", JULIET, {"room": ATTIC})) == "room-rules-not-yours"
    assert "no room" in problem(await office.run("room-rules", JULIET, {"room": f"nowhere@{MUC}"})).casefold()


# adding


async def test_a_rule_is_added_named_plainly_and_compiled_into_the_room(office: Office) -> None:
    done = await add(office)
    assert shown(done)["own-rules"] == ("“no-tea”: 2 words (tea, 茶); refused",)
    assert (await hall(office)).rules == (RoomRule(name="no-tea", matcher=RoomMatcher.WORDS, items=("tea", "茶")),)
    assert (await office.deeds())[-1] == "room-rule-added"


@pytest.mark.parametrize(
    ("matcher", "answers", "expected"),
    [
        ("links", {"which": "others", "domains": ""}, {"is_all_but": True}),
        (
            "links",
            {"which": "others", "domains": "Example.ORG，x.org"},
            {"is_all_but": True, "items": ("example.org", "x.org")},
        ),
        ("links", {"which": "these", "domains": "xyz、.evil.example.org"}, {"items": ("xyz", "evil.example.org")}),
        ("caps", {"letters": "12"}, {"least": 12}),
        ("length", {"characters": "100"}, {"least": 101}),
        ("attachments", {"kinds": "image, Program"}, {"items": ("image", "program")}),
        ("mixed_script", {}, {}),
        ("patterns", {"pattern": "tea{1,3}"}, {"items": ("tea{1,3}",)}),
    ],
)
async def test_every_matcher_has_its_form(
    office: Office, matcher: str, answers: dict[str, str], expected: dict[str, Any]
) -> None:
    allow(office, matchers=tuple(each.value for each in RoomMatcher))
    given = {"name": "r", **answers, "action": "mute", "length": "10m", "exempt": "moderators"}
    await add(office, matcher, given)
    (rule,) = (await hall(office)).rules
    assert rule == RoomRule(
        name="r",
        matcher=RoomMatcher(matcher),
        action=RoomAction.MUTE,
        mute_s=600.0,
        exempt=Exempt.MODERATORS,
        **expected,
    )


@pytest.mark.parametrize(
    ("matcher", "answers", "said"),
    [
        ("words", {"name": "no \u202etea"}, "letters and digits"),
        ("words", {"name": "-tea"}, "letters and digits"),
        ("words", {"name": "a" * 31 + "ß"}, "letters and digits"),
        ("words", {"words": " , ;"}, "at least one"),
        ("words", {"words": "x" * 61}, "longer than 60"),
        ("words", {"words": "a, \u200b\u2060"}, "nothing visible"),
        ("words", {"words": ", ".join(f"w{number}" for number in range(201))}, "200 words together"),
        ("words", {"action": "mute", "length": "2d"}, "at most"),
        ("words", {"action": "mute", "length": "soon"}, "length"),
        ("words", {"action": "mute", "length": "0s"}, "at most"),
        ("links", {"which": "these"}, "Please fill in"),
        ("links", {"which": "these", "domains": "https://example.org/x"}, "not the address of a site"),
        ("links", {"which": "others", "domains": "co.uk"}, "anybody may have a name"),
        ("caps", {"letters": "many"}, "from 5 to"),
        ("caps", {"letters": "4"}, "from 5 to"),
        ("length", {"characters": "10000"}, "from 10 to 9999"),
        ("length", {"characters": "1" * 30}, "from 10 to 9999"),
        ("attachments", {"kinds": "images"}, "not a kind of file"),
        ("patterns", {"pattern": "("}, "cannot be used as a pattern"),
        ("patterns", {"pattern": r"(a)\1"}, "cannot be used as a pattern"),
    ],
)
async def test_what_will_not_do_is_asked_for_again_and_nothing_is_set(
    office: Office, matcher: str, answers: dict[str, str], said: str
) -> None:
    allow(office, matchers=tuple(each.value for each in RoomMatcher))
    given = {"name": "r", "action": "reject", **answers}
    if matcher == "words":
        given.setdefault("words", "tea")
    assert said in problem(await add(office, matcher, given))
    assert (await hall(office)).rules == ()


async def test_words_that_would_hold_everybody_up_are_refused(office: Office) -> None:
    nested = ", ".join("ab" * times for times in range(1, 30))
    outcome = await add(office, answers={**TEA, "words": nested + ", " + nested.replace("ab", "ba")})
    assert refusal(outcome) == "own-rules-too-costly"
    assert (await hall(office)).rules == ()


async def test_a_name_is_taken_once_in_a_room(office: Office) -> None:
    await add(office)
    assert "already" in problem(await add(office, answers={**TEA, "name": "No Tea"}))


async def test_a_name_that_breaks_the_platforms_rules_is_refused_by_them(office: Office) -> None:
    office.settle(rules=(Rule(name="no-slurs", words=("oaf",)),))
    office.policy = compile_policy(office.settings, {})
    assert "no-slurs" in problem(await add(office, answers={**TEA, "name": "oaf"}))


async def test_whoever_may_not_configure_the_room_sets_no_rules(office: Office) -> None:
    office.memory.affiliations.note(HALL, ROMEO, "owner")
    assert refusal(await add(office, account=ROMEO)) == "deny-unverified"
    punish = Punish(kind=SanctionKind.BAN, account=JULIET, person=1, room=None, rule="spam", lasts_s=None)
    known = await office.memory.known(JULIET)
    assert known.person is not None
    await office.performer.sanctions.impose(replace(punish, person=known.person.number), by=MODERATOR, reason="spam")
    assert refusal(await add(office)) == "deny-banned"
    assert (await hall(office)).rules == ()


async def test_no_more_rules_than_allowed_can_be_added(office: Office) -> None:
    allow(office, rules=1)
    await add(office)
    assert "add" not in choices(await office.run("room-rules", JULIET, AT_HALL), "deed")


async def test_a_rule_of_ones_own_script_is_written_in_ones_own_language(office: Office) -> None:
    done = await add(office, answers={**TEA, "name": "禁止 茶"}, language="zh-Hans")
    assert shown(done)["own-rules"] == ("“禁止-茶”：2 个词语（tea, 茶）；拒绝",)
    done = await add(office, "attachments", {"name": "文件", "kinds": "图片，压缩包"}, language="zh-Hans")
    assert (await hall(office)).rules[1].items == ("image", "archive")


# changing, removing


async def test_a_rule_is_changed_in_place(office: Office) -> None:
    await add(office)
    await add(office, answers={**TEA, "name": "other"})
    form = await office.run("room-rules", JULIET, AT_HALL, CHANGE, {"which": "no-tea"})
    assert isinstance(form, Form)
    assert {field.var: field.value for field in form.fields}["words"] == "tea, 茶"
    await office.run("room-rules", JULIET, AT_HALL, CHANGE, {"which": "no-tea"}, {"words": "coffee"})
    assert [(rule.name, rule.items) for rule in (await hall(office)).rules] == [
        ("no-tea", ("coffee",)),
        ("other", ("tea", "茶")),
    ]


async def test_a_moderator_removes_a_rule_with_a_reason_and_the_managers_are_told(office: Office) -> None:
    await add(office)
    await office.run("room-rules", MODERATOR, AT_HALL, REMOVE, {"which": "no-tea", **REASON})
    assert (await hall(office)).rules == ()
    ((to, text, _),) = office.effects.said
    assert to == JULIET
    assert "no-tea" in text
    assert "A joke too far." in text


async def test_a_manager_removes_a_rule_without_giving_a_reason(office: Office) -> None:
    await add(office)
    await office.run("room-rules", JULIET, AT_HALL, REMOVE, {"which": "no-tea"})
    assert (await hall(office)).rules == ()
    assert office.effects.said == []


# meanwhile


async def under_way(office: Office, *answers: Mapping[str, str]) -> Any:  # noqa: ANN401 - a dialogue of ours
    from component.dialogue import Dialogue
    from component.forms import accept
    from tests.support.office import command_named

    dialogue = Dialogue(command_named("room-rules"), office, JULIET, "en")
    outcome = await dialogue.begin()
    for given in answers:
        assert isinstance(outcome, Form)
        outcome = await dialogue.answer(accept(outcome, {**_values(outcome), **given})[0])

    async def last(given: Mapping[str, str]) -> object:
        assert isinstance(outcome, Form)
        return await dialogue.answer(accept(outcome, {**_values(outcome), **given})[0])

    return last


def _values(form: Form) -> dict[str, str]:
    return {field.var: field.value for field in form.fields}


async def test_a_manager_who_lost_the_room_meanwhile_sets_nothing(office: Office) -> None:
    office.memory.affiliations.note(ATTIC, JULIET, "owner")  # still a manager of something
    last = await under_way(office, AT_HALL, ADD, {"which": "words"})
    office.memory.affiliations.note(HALL, JULIET, "member")
    assert refusal(await last(TEA)) == "room-rules-not-yours"
    assert (await hall(office)).rules == ()


async def test_a_room_that_closed_meanwhile_keeps_its_rules_and_the_new_one_has_none(office: Office) -> None:
    last = await under_way(office, AT_HALL, ADD, {"which": "words"})
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    office.memory.forget_room(HALL)
    await office.member(JULIET, HALL, creates=True)
    assert refusal(await last(TEA)) == "room-rules-closed"
    assert (await hall(office)).rules == ()


@pytest.mark.parametrize(
    ("answers", "final"),
    [
        ((ADD, {"which": "words"}), TEA),
        ((CHANGE, {"which": "old"}), {"words": "tea"}),
        ((REMOVE,), {"which": "old"}),
    ],
)
async def test_of_two_who_work_on_the_same_rules_the_second_starts_again(
    office: Office, answers: tuple[Mapping[str, str], ...], final: Mapping[str, str]
) -> None:
    await add(office, answers={**TEA, "name": "old"})
    last = await under_way(office, AT_HALL, *answers)
    room = await hall(office)
    deed = RulesDeed(deed="room-rule-removed", rule="old")
    assert await office.store.rooms.set_rules(room, (*room.rules,), office.now(), by="x", deed=deed)
    assert refusal(await last(final)) == "room-rules-meanwhile"


async def test_what_is_no_longer_allowed_when_the_form_comes_back_is_refused(office: Office) -> None:
    last = await under_way(office, AT_HALL, ADD, {"which": "words"})
    allow(office, matchers=("caps",))
    assert "do not allow" in problem(await last(TEA))


async def test_rules_that_a_reload_forbids_stay_and_say_that_they_rest(office: Office) -> None:
    await add(office, answers={**TEA, "action": "mute", "length": "1h"})
    allow(office, longest_mute=Seconds(60))
    (line,) = shown(await office.run("room-rules", JULIET, AT_HALL, {"deed": "look"}))["own-rules"]
    assert "It does not act: the operators no longer allow mutes as long as this" in line
    assert "does not act" in shown(await office.run("room", MODERATOR, AT_HALL))["own-rules"][0]
    assert not any(var.startswith("own-rules") for var in shown(await office.run("rules", AUDITOR)))


# trying, showing, lifting


async def test_a_text_is_tried_and_nothing_is_recorded(office: Office) -> None:
    await add(office)
    before = await office.deeds()
    done = await office.run("room-rules", JULIET, AT_HALL, TRY, {"text": "A cup of T3A?"})
    assert shown(done)["hits"] == ("“no-tea” (refused): “T3A”",)
    done = await office.run("room-rules", JULIET, AT_HALL, TRY, {"text": "coffee"})
    assert shown(done)["hits"] == ("nothing",)
    assert await office.deeds() == before


async def test_members_read_their_rooms_rules_without_the_words(office: Office) -> None:
    await add(office)
    await office.verified(ROMEO, "B2", "Romeo Montague")
    await office.member(ROMEO, HALL)
    form = await office.run("rules", ROMEO)
    assert isinstance(form, Form)
    assert form.fields[0].value == f"Rules of {HALL} itself, set by its owners and admins\n“no-tea”: 2 words; refused"
    for done in (await office.run("rules", ROMEO, {"accept": "1"}), await office.run("rules", ROMEO)):
        assert shown(done)["own-rules-1"] == ("“no-tea”: 2 words; refused",)


async def test_moderators_see_a_rooms_rules_and_grade(office: Office) -> None:
    await add(office)
    facts = shown(await office.run("room", MODERATOR, AT_HALL))
    assert facts["own-rules"] == ("“no-tea”: 2 words (tea, 茶); refused",)
    assert (facts["category"], facts["scale"]) == (("General",), ("Large",))


async def test_managers_lift_mutes_of_their_rooms_rules_and_no_others(office: Office) -> None:
    numbers = []
    for account, rule in ((ROMEO, "room:no-tea"), (ROMEO, "spam"), (JULIET, "room:no-tea")):
        person = (await office.memory.known(account)).person
        number = None if person is None else person.number
        punish = Punish(kind=SanctionKind.MUTE, account=account, person=number, room=HALL, rule=rule, lasts_s=600.0)
        numbers.append((await office.performer.sanctions.impose(punish, by="roomkeeper", reason="breaks it")).number)
    form = await office.run("room-rules", JULIET, AT_HALL, LIFT)
    assert choices(form, "which") == [str(numbers[0])]
    await office.run("room-rules", JULIET, AT_HALL, LIFT, {"which": str(numbers[0]), "reason": "was a joke"})
    sanctions = (await office.memory.known(ROMEO)).account.sanctions
    assert [sanction.rule for sanction in sanctions] == ["spam"]
    assert "was a joke" in office.effects.said[-1][1]


async def test_a_category_that_allows_no_rules_offers_none(office: Office) -> None:
    office.settle(categories={"general": Category(managers=Managers(rules=0))})
    form = await office.run("room-rules", JULIET, AT_HALL)
    assert choices(form, "deed") == ["look"]


# classify


async def test_a_moderator_classifies_a_room_with_a_reason(office: Office) -> None:
    office.settle(categories={"general": Category(), "school": Category(title={"en": "Schools"})})
    form = await office.run("classify", MODERATOR, AT_HALL)
    assert isinstance(form, Form)
    assert "members: 1" in form.instructions
    done = await office.run("classify", MODERATOR, AT_HALL, {"category": "school", "scale": "small", **REASON})
    assert shown(done) == {"category": ("Schools",), "scale": ("Small",)}
    room = await hall(office)
    assert (room.category, room.scale) == ("school", "small")
    (record, *_) = await office.store.audit.read(1)
    assert (record.entry.actor, record.entry.deed) == (MODERATOR, "room-classified")


async def test_a_closed_room_stays_as_it_was(office: Office) -> None:
    code = (await hall(office)).code
    await office.store.rooms.close(HALL, office.now(), reason="destroyed", by="server")
    assert refusal(await office.run("classify", MODERATOR, {"room": code})) == "classify-closed"
    assert "no room" in problem(await office.run("classify", MODERATOR, {"room": f"x@{MUC}"})).casefold()
