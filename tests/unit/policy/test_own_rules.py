"""A room's own rules: what they find, for whom they hold, what follows, and when they rest."""

from dataclasses import replace
from typing import Any

import pytest

from config.settings import Category, Limits, Managers, Moderation, Rule, Seconds, Settings
from policy.actions import Note, Punish, Strike
from policy.facts import Kind, Room, SanctionKind, Surface, Text
from policy.own_rules import Compiled, OwnRules, Rest, standing
from policy.room_rule import Exempt, RoomAction, RoomMatcher, RoomRule
from policy.rule import Source
from policy.rules import own_rules
from policy.verdict import ALLOW, Decision, Verdict
from tests.unit.policy.making import ALICE, LENIENT, ROOM, facts, judged, said, settings, texts

EVERY_MATCHER = Managers(matchers=tuple(matcher.value for matcher in RoomMatcher))


def rule(name: str = "no-tea", matcher: RoomMatcher = RoomMatcher.WORDS, **fields: Any) -> RoomRule:  # noqa: ANN401
    given = {"items": ("tea",)} if matcher is RoomMatcher.WORDS else {}
    return RoomRule(name=name, matcher=matcher, **{**given, **fields})


def room(*rules: RoomRule, **fields: Any) -> Room:  # noqa: ANN401 - any field of a room
    return Room(jid=ROOM, code="K7QX-2M9D-4", rules=rules, **fields)


def of(managers: Managers = EVERY_MATCHER, **sections: Any) -> Settings:  # noqa: ANN401 - any section
    return settings(moderation=Moderation(managers=managers), **sections)


def judge(value: str, *rules: RoomRule, **fields: Any) -> Verdict:  # noqa: ANN401 - any field of facts
    return judged(facts(**{"room": room(*rules), "texts": said(value), **fields}), of())


def test_a_hit_is_refused_by_the_rooms_own_rule_and_is_no_strike() -> None:
    verdict = judge("some tea?", rule())
    assert [(reason.rule, reason.text, reason.params) for reason in verdict.reasons] == [
        ("room:no-tea", "deny-own-rule", (("rule", "no-tea"),))
    ]
    assert verdict.actions == ()
    assert verdict.hits == ("room:no-tea",)


def test_a_miss_and_a_room_without_rules_pass_untouched() -> None:
    assert judge("coffee", rule()) is ALLOW
    assert judge("tea") is ALLOW
    assert judged(facts(Kind.CREATE, room=None, is_member=True, texts=said("tea")), of()).reasons == ()


def test_a_mute_holds_in_this_room_alone_for_its_length_and_is_no_strike() -> None:
    verdict = judge("tea", rule(action=RoomAction.MUTE, mute_s=600.0))
    assert verdict.decision is Decision.DENY
    assert verdict.actions == (
        Punish(kind=SanctionKind.MUTE, account=ALICE.jid, person=7, room=ROOM, rule="room:no-tea", lasts_s=600.0),
    )


def test_a_note_lets_the_text_pass() -> None:
    verdict = judge("tea", rule(action=RoomAction.NOTE, mute_s=60.0))
    assert verdict.decision is Decision.ALLOW
    (note,) = verdict.actions
    assert isinstance(note, Note)
    assert note.rule == "room:no-tea"


@pytest.mark.parametrize(
    ("tried", "hit", "miss"),
    [
        (rule(matcher=RoomMatcher.WORDS, items=("tea",)), "t3a, please", "team"),
        (rule(matcher=RoomMatcher.PATTERNS, items=("te+a",)), "TEEEA", "toa"),
        (
            rule(matcher=RoomMatcher.LINKS, items=("ok.example.org",), is_all_but=True),
            "https://a.example",
            "https://ok.example.org",
        ),
        (rule(matcher=RoomMatcher.LINKS, items=("bad.example",)), "https://x.bad.example/y", "https://ok.example.org"),
        (rule(matcher=RoomMatcher.CAPS, least=5), "PLEASE READ", "Please read"),
        (rule(matcher=RoomMatcher.LENGTH, least=6), "123456", "12345"),
        (rule(matcher=RoomMatcher.MIXED_SCRIPT), "pаypal", "paypal"),
    ],
)
def test_every_matcher_finds_what_it_is_for(tried: RoomRule, hit: str, miss: str) -> None:
    assert texts(judge(hit, tried)) == ["deny-own-rule"]
    assert judge(miss, tried) is ALLOW


def test_files_are_found_by_kind() -> None:
    tried = rule(matcher=RoomMatcher.ATTACHMENTS, items=("program",))
    for name, is_hit in (("https://a.example/x.exe", True), ("https://a.example/x.png", False)):
        sent = (Text(surface=Surface.LINK, value=name),)
        assert (texts(judge("", tried, texts=sent, has_file=True)) == ["deny-own-rule"]) is is_hit


@pytest.mark.parametrize("matcher", [RoomMatcher.CAPS, RoomMatcher.LENGTH])
def test_shouting_and_length_are_asked_of_messages_not_of_names(matcher: RoomMatcher) -> None:
    tried = rule(matcher=matcher, least=5)
    assert judge("", tried, kind=Kind.JOIN, is_member=True, texts=said("ANNABELLA", surface=Surface.NICK)).reasons == ()
    assert texts(judge("", tried, kind=Kind.SUBJECT, texts=said("HELLO ALL", surface=Surface.SUBJECT)))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CREATE])
def test_every_way_in_is_judged(kind: Kind) -> None:
    assert "deny-own-rule" in texts(judge("tea", rule(), kind=kind, is_member=True))


@pytest.mark.parametrize(
    ("exempt", "affiliation", "role", "is_hit"),
    [
        (Exempt.NOBODY, "owner", "moderator", True),
        (Exempt.OWNERS, "owner", "none", False),
        (Exempt.OWNERS, "admin", "moderator", False),
        (Exempt.OWNERS, "member", "moderator", True),
        (Exempt.MODERATORS, "member", "moderator", False),
        (Exempt.MODERATORS, "owner", "visitor", False),
        (Exempt.MODERATORS, "member", "participant", True),
    ],
)
def test_those_left_out_are_those_that_were_named(exempt: Exempt, affiliation: str, role: str, *, is_hit: bool) -> None:
    verdict = judge("tea", rule(exempt=exempt), affiliation=affiliation, role=role)
    assert (verdict is not ALLOW) is is_hit


def test_what_breaks_the_platforms_rule_too_is_told_by_that() -> None:
    by = of(rules=(Rule(name="z-platform", words=("tea",)),))
    verdict = judged(facts(room=room(rule("a", action=RoomAction.MUTE, mute_s=60.0)), texts=said("tea")), by)
    assert [reason.rule for reason in verdict.reasons] == ["z-platform", "room:a"]
    assert [type(action) for action in verdict.actions] == [Punish, Strike]


def test_a_longer_mute_by_an_own_rule_stands_beside_the_platforms_so_that_lifting_it_lifts_no_more() -> None:
    by = of(rules=(Rule(name="no-tea", words=("tea",), action="mute", lasts=Seconds(60), strike=False),))
    verdict = judged(facts(room=room(rule(action=RoomAction.MUTE, mute_s=600.0)), texts=said("tea")), by)
    mutes = [(action.rule, action.lasts_s) for action in verdict.actions if isinstance(action, Punish)]
    assert sorted(mutes) == [("no-tea", 60.0), ("room:no-tea", 600.0)]


@pytest.mark.parametrize(
    ("rules", "managers", "expected"),
    [
        ((rule(),), Managers(), (None,)),
        ((rule(matcher=RoomMatcher.PATTERNS, items=("x",)),), Managers(), (Rest.MATCHER,)),
        ((rule(action=RoomAction.NOTE),), Managers(actions=("reject",)), (Rest.ACTION,)),
        ((rule(action=RoomAction.MUTE, mute_s=61.0),), Managers(longest_mute=Seconds(60)), (Rest.LENGTH,)),
        ((rule(action=RoomAction.MUTE, mute_s=60.0),), Managers(longest_mute=Seconds(60)), (None,)),
        ((rule(action=RoomAction.MUTE),), Managers(), (Rest.LENGTH,)),
        ((rule(exempt=Exempt.OWNERS),), Managers(exempt=False), (Rest.EXEMPT,)),
        ((rule("a"), rule("b")), Managers(rules=1), (None, Rest.RULES)),
        ((rule("a", items=("x", "y")), rule("b", items=("z",))), Managers(words=1), (Rest.WORDS, None)),
        ((rule("a", matcher=RoomMatcher.PATTERNS, items=("x",)), rule("b")), Managers(rules=1), (Rest.MATCHER, None)),
    ],
)
def test_rules_beyond_what_is_allowed_rest(
    rules: tuple[RoomRule, ...], managers: Managers, expected: tuple[Rest | None, ...]
) -> None:
    assert standing(rules, managers) == expected


def test_a_rule_that_cannot_work_rests_and_silences_no_other() -> None:
    rules = (rule("bad", matcher=RoomMatcher.PATTERNS, items=("(",)), rule())
    by = of()
    assert OwnRules.make(rules, by.moderation.managers, by).rests == (Rest.FAULTY, None)
    assert [reason.rule for reason in judge("tea", *rules).reasons] == ["room:no-tea"]


def test_a_room_whose_rules_all_rest_is_as_one_without() -> None:
    by = of(Managers(matchers=()))
    assert judged(facts(room=room(rule()), texts=said("tea")), by) is ALLOW


def test_a_rule_that_fails_while_it_runs_is_told_and_shuts_nobody_up() -> None:
    by = of()
    rules = OwnRules.make((rule(),), by.moderation.managers, by)

    class Broken:
        def examine(self, _facts: object) -> object:
            return replace(failing, errors=failing.errors)

    failing = _examined_with_error()
    broken = replace(rules, _examiner=Broken())  # type: ignore[arg-type] # a stand-in that fails
    opinion = broken.judge(facts(texts=said("tea")))
    assert opinion is not None
    assert opinion.reasons == ()
    assert [(error.rule, error.is_shadow) for error in opinion.errors] == [("room:no-tea", True)]


def _examined_with_error() -> Any:  # noqa: ANN401 - short for the value
    from policy.examine import Examined
    from policy.verdict import RuleError

    return Examined(errors=(RuleError(rule="room:no-tea", error="broken"),))


def test_rules_of_other_settings_are_compiled_again_and_few_are_kept() -> None:
    by = of()
    compiled = Compiled(by, bound=2)
    first = facts(room=room(rule()))
    made = compiled.of(first)
    assert compiled.of(first) is made
    assert compiled.of(replace(first, room=room(rule()))) is made  # equal, read anew
    changed = compiled.of(replace(first, room=room(rule("other"))))
    assert changed is not made
    assert compiled.of(replace(first, room=room(rule("other"), category="school"))) is not changed
    elsewhere = [replace(first, room=replace(room(rule()), code=code)) for code in ("a", "b")]
    kept = [compiled.of(each) for each in elsewhere]
    assert [compiled.of(each) for each in elsewhere] == kept
    assert all(now is before for now, before in zip([compiled.of(each) for each in elsewhere], kept, strict=True))


def test_a_category_may_allow_what_the_platform_does_not() -> None:
    by = settings(
        moderation=Moderation(managers=Managers(rules=0)),
        categories={"general": Category(), "club": Category(managers=Managers())},
    )
    assert judged(facts(room=room(rule()), texts=said("tea")), by) is ALLOW
    assert texts(judged(facts(room=room(rule(), category="club"), texts=said("tea")), by)) == ["deny-own-rule"]


def test_where_no_room_may_have_rules_nothing_is_asked() -> None:
    by = settings(moderation=Moderation(managers=Managers(rules=0)), identity=LENIENT, limits=Limits())
    assert own_rules.make(Source(settings=by, words={})) is None
