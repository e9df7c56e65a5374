"""Automatic moderation: what hits, and what follows."""

from typing import Any, get_args

import pytest

from config.settings import Limits, Rule, Surfaces
from policy.actions import AdjustCredit, Note, OpenCase, Punish, Strike
from policy.errors import BadRule
from policy.facts import Kind, SanctionKind, Surface
from policy.verdict import ALLOW, Condition, Decision
from tests.unit.policy.making import ALICE, LENIENT, ROOM, facts, judged, said, settings, texts, with_rules

YEAR = 365 * 86400.0
QUARTER = 90 * 86400.0


def rule(name: str = "spam", **fields: Any) -> Rule:  # noqa: ANN401 - any field of a rule
    return Rule(name=name, **{"words": ("casino",), **fields})


def spam(value: str = "play at our Casino today") -> Any:  # noqa: ANN401 - short for facts
    return facts(texts=said(value))


def test_hit_is_refused_by_its_rules_name() -> None:
    verdict = judged(spam(), with_rules(rule()))
    assert [(each.rule, each.condition, each.text, each.params) for each in verdict.reasons] == [
        ("spam", Condition.CONTENT, "deny-content", (("rule", "spam"),))
    ]


@pytest.mark.parametrize("value", ["hello", "", "casinos"])
def test_miss_passes_untouched(value: str) -> None:
    assert judged(spam(value), with_rules(rule())) is ALLOW


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("kind", Kind)
def test_every_surface_of_every_kind_is_read(kind: Kind, surface: Surface) -> None:
    verdict = judged(facts(kind, texts=said("casino", surface=surface)), with_rules(rule()))
    assert "deny-content" in texts(verdict)


def test_settings_name_every_surface() -> None:
    assert {surface.value for surface in Surface} == set(get_args(Surfaces))


def test_rule_looks_at_its_surfaces_only() -> None:
    by = with_rules(rule(surfaces=("nick",)), rule("other", surfaces=("subject",)))
    assert judged(facts(texts=said("casino")), by) is ALLOW
    assert judged(facts(Kind.NICK, texts=said("casino", surface=Surface.NICK)), by).reasons[0].rule == "spam"


def test_note_records_and_touches_nobody() -> None:
    verdict = judged(spam(), with_rules(rule(action="note")))
    assert verdict.decision is Decision.ALLOW
    assert verdict.reasons == ()
    assert verdict.actions == (
        Note(account=ALICE.jid, person=7, room=ROOM, rule="spam", evidence="play at our ⟦Casino⟧ today"),
    )


def test_note_opens_a_case_where_it_is_asked_to() -> None:
    verdict = judged(spam(), with_rules(rule(action="note", case=True)))
    assert [type(action) for action in verdict.actions] == [OpenCase, Note]


def test_hit_is_a_strike_with_evidence_from_the_original() -> None:
    verdict = judged(spam("x" * 60 + " CA\u200bSI\u00adNO " + "y" * 60), with_rules(rule(), strike_expires=YEAR))
    assert verdict.actions == (
        Strike(
            account=ALICE.jid,
            person=7,
            room=ROOM,
            rule="spam",
            evidence="x" * 60 + " ⟦CA\u200bSI\u00adNO⟧ " + "y" * 60,
            expires_s=YEAR,
        ),
    )


def test_evidence_of_a_long_hit_is_cut() -> None:
    verdict = judged(spam("z" * 5000 + "x"), with_rules(rule(words=(), patterns=("z+",))))
    strike = verdict.actions[0]
    assert isinstance(strike, Strike)
    assert strike.evidence == f"⟦{'z' * 4000}⟧…"


def test_hit_costs_credit_opens_a_case_and_punishes() -> None:
    verdict = judged(spam(), with_rules(rule(action="mute", lasts=600.0, deduct=5, case=True, strike=False)))
    assert verdict.actions == (
        Punish(kind=SanctionKind.MUTE, account=ALICE.jid, person=7, room=ROOM, rule="spam", lasts_s=600),
        AdjustCredit(person=7, delta=-5, cause="spam", expires_s=QUARTER),
        OpenCase(account=ALICE.jid, person=7, room=ROOM, rule="spam", evidence="play at our ⟦Casino⟧ today"),
    )


@pytest.mark.parametrize(("everywhere", "where"), [(True, None), (False, ROOM)])
def test_sanction_holds_here_or_everywhere(*, everywhere: bool, where: str | None) -> None:
    verdict = judged(spam(), with_rules(rule(action="ban", everywhere=everywhere, strike=False)))
    assert verdict.actions == (
        Punish(kind=SanctionKind.BAN, account=ALICE.jid, person=7, room=where, rule="spam", lasts_s=None),
    )


def test_account_without_a_person_is_struck_but_has_no_credit_to_lose() -> None:
    by = settings(identity=LENIENT, rules=(rule(deduct=5),))
    verdict = judged(facts(person=None, texts=said("casino")), by)
    assert [type(action) for action in verdict.actions] == [Strike]


def test_one_stanza_is_one_strike_however_many_rules_it_breaks() -> None:
    verdict = judged(facts(texts=said("casino", "poker")), with_rules(rule(), rule("adverts", words=("poker",))))
    assert [each.rule for each in verdict.reasons] == ["adverts", "spam"]
    assert [action.rule for action in verdict.actions if isinstance(action, Strike)] == ["adverts"]


def test_word_of_two_rules_hits_both_each_in_its_way() -> None:
    by = with_rules(rule(), rule("part", whole_word=False))
    assert [each.rule for each in judged(spam("casinos"), by).reasons] == ["part"]
    assert [each.rule for each in judged(spam("casino"), by).reasons] == ["part", "spam"]


def test_whole_word_is_found_behind_a_longer_one() -> None:
    assert judged(spam("casinos and casino"), with_rules(rule())).decision is Decision.DENY


def test_evidence_is_the_whole_stanza_with_everything_that_was_found() -> None:
    strike = judged(facts(texts=said("casino one", "casino two")), with_rules(rule())).actions[0]
    assert isinstance(strike, Strike)
    assert strike.evidence == "⟦casino⟧ one\n⟦casino⟧ two"


def test_text_refused_for_its_length_is_not_read() -> None:
    by = settings(limits=Limits(text_chars=100), rules=(rule(),))
    assert texts(judged(facts(texts=said("casino" + "x" * 100)), by)) == ["deny-too-long"]


def test_pattern_and_word_of_one_rule_are_one_hit() -> None:
    verdict = judged(spam("casino 12345"), with_rules(rule(patterns=(r"\d{5}",))))
    assert len(verdict.reasons) == 1


@pytest.mark.parametrize("files", [{"spam": ("poker",)}, {"list.txt": ("poker",)}])
def test_words_come_from_files_too(files: dict[str, tuple[str, ...]]) -> None:
    by = with_rules(rule(words=(), word_files=("list.txt",)))
    assert judged(spam("Poker!"), by, **files).decision is Decision.DENY


def test_empty_word_file_hits_nothing() -> None:
    by = with_rules(rule(words=(), word_files=("list.txt",)))
    assert judged(spam(), by, spam=()) is ALLOW


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ([rule(), rule()], "another rule has this name"),
        ([rule(words=())], "it has no words and no patterns, nor"),
        ([rule(words=("x", "\u200b"))], "a word has nothing visible in it: '\\u200b'"),
        ([rule(word_files=("list.txt",))], "the words of list.txt were not read"),
        ([rule(patterns=("(",))], "pattern '(': "),
        ([rule(patterns=("(?=x)",))], "pattern '(?=x)': "),
        ([rule(action="note", deduct=1)], "a note only records: leave out deduct, or let the action be reject"),
    ],
)
def test_rule_that_cannot_work_is_refused_with_the_reason(rules: list[Rule], reason: str) -> None:
    with pytest.raises(BadRule) as caught:
        judged(spam(), with_rules(*rules))
    assert caught.value.rule == "spam"
    assert caught.value.reason.startswith(reason)
