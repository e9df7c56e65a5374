"""A rule that holds: what is kept for a moderator, what a yes changes, and what it does not."""

import pytest

from config.settings import Rule, Threshold
from policy.actions import AdjustCredit, Hold, Punish, Retract, Strike
from policy.facts import Facts, Kind, SanctionKind, Surface
from policy.fingerprint import fingerprint
from policy.verdict import Condition, Decision
from tests.unit.policy.making import ALICE, ROOM, facts, judged, person, said, sanction, texts, with_rules

ASK = Rule(name="ask-first", words=("lottery",), action="hold")
NO = Rule(name="no-casino", words=("casino",), strike=False)


def hold_of(what: Facts, *rules: Rule) -> Hold:
    verdict = judged(what, with_rules(*rules))
    (hold,) = (action for action in verdict.actions if isinstance(action, Hold))
    return hold


def test_what_is_held_is_no_strike_and_the_writer_is_told_to_wait() -> None:
    verdict = judged(facts(texts=said("A Lottery")), with_rules(ASK, hold_for=7, strike_expires=9))
    assert verdict.decision is Decision.HOLD
    assert [(reason.condition, reason.text) for reason in verdict.reasons] == [(Condition.HELD, "deny-held")]
    assert verdict.actions == (
        Hold(
            account=ALICE.jid,
            person=7,
            room=ROOM,
            rules=("ask-first",),
            content=fingerprint(facts(texts=said("A Lottery"))),
            evidence="A ⟦Lottery⟧",
            lasts_s=7,
            strike_expires_s=9,
        ),
    )


@pytest.mark.parametrize(
    ("strike", "at_once", "on_refusal"),
    [(None, [], (True, 5)), (True, [Strike, AdjustCredit], (False, 0)), (False, [], (False, 0))],
)
def test_the_rule_says_when_a_hit_that_is_held_costs_something(
    strike: bool | None,  # noqa: FBT001 - a table
    at_once: list[type],
    on_refusal: tuple[bool, int],
) -> None:
    rule = Rule(name="ask-first", words=("lottery",), action="hold", strike=strike, deduct=0 if strike is False else 5)
    verdict = judged(facts(texts=said("lottery")), with_rules(rule))
    assert [type(action) for action in verdict.actions] == [*at_once, Hold]
    hold = verdict.actions[-1]
    assert isinstance(hold, Hold)
    assert (hold.strike_expires_s is not None, hold.deduct) == on_refusal


def test_a_yes_ends_the_hold_of_its_rule_alone() -> None:
    what = facts(texts=said("lottery"), approved=frozenset(("ask-first",)))
    other = Rule(name="ask-too", words=("lottery",), action="hold")
    verdict = judged(what, with_rules(ASK))
    assert (verdict.decision, verdict.actions) == (Decision.ALLOW, ())
    assert hold_of(what, ASK, other).rules == ("ask-too",)
    both = facts(texts=said("lottery casino"), approved=what.approved)
    assert judged(both, with_rules(ASK, NO)).decision is Decision.DENY


def test_a_yes_lets_no_rule_pass_that_does_not_hold() -> None:
    what = facts(texts=said("casino"), approved=frozenset(("no-casino",)))
    assert judged(what, with_rules(NO)).decision is Decision.DENY


def test_what_is_refused_anyway_waits_for_nobody() -> None:
    verdict = judged(facts(texts=said("lottery casino")), with_rules(ASK, NO))
    assert verdict.decision is Decision.DENY
    assert texts(verdict) == ["deny-content", "deny-held"]
    assert verdict.actions == ()


def test_several_rules_that_hold_ask_one_question() -> None:
    rules = (
        ASK,
        Rule(name="also", words=("lottery",), action="hold", strike=False),
        Rule(name="costly", words=("lottery",), action="hold", deduct=5),
    )
    hold = hold_of(facts(texts=said("lottery")), *rules)
    assert hold.rules == ("also", "ask-first", "costly")
    assert (hold.strike_expires_s is not None, hold.deduct) == (True, 5)


def test_a_threshold_may_hold() -> None:
    verdict = judged(
        facts(texts=said("lottery")),
        with_rules(
            Rule(name="odd", words=("lottery",), weight=5),
            thresholds=(Threshold(name="ask", score=5, action="hold"),),
        ),
    )
    assert verdict.decision is Decision.HOLD
    assert [reason.rule for reason in verdict.reasons] == ["ask"]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (facts(texts=said("a LOTTERY  ".strip())), True),
        (facts(texts=said("a lot\u200btery")), True),
        (facts(texts=said("a lottery", "b")), False),
        (facts(texts=said("a lottery"), room_jid="other@rooms.example.org"), False),
        (facts(Kind.PRIVATE, texts=said("a lottery")), False),
        (facts(texts=said("a lottery", surface=Surface.SUBJECT)), False),
        (facts(texts=said("a lottery"), has_file=True), False),
        (facts(texts=said("a lottery"), is_encrypted=True), False),
    ],
)
def test_the_same_content_is_what_reads_the_same_in_the_same_place(other: Facts, *, is_same: bool) -> None:
    assert (fingerprint(facts(texts=said("a lottery"))) == fingerprint(other)) is is_same


def test_a_nickname_is_the_same_by_whatever_door() -> None:
    nick = said("Lottery", surface=Surface.NICK)
    kinds = (Kind.CREATE, Kind.JOIN, Kind.NICK, Kind.REGISTER)
    assert len({fingerprint(facts(kind, texts=nick)) for kind in kinds}) == 1


# the other actions


@pytest.mark.parametrize(("everywhere", "room"), [(False, ROOM), (True, None)])
def test_retract_refuses_and_takes_back_what_was_written_lately(*, everywhere: bool, room: str | None) -> None:
    rule = Rule(name="no-spam", words=("spam",), action="retract", strike=False, everywhere=everywhere)
    verdict = judged(facts(texts=said("spam")), with_rules(rule, retract_back=60))
    assert texts(verdict) == ["deny-content"]
    assert verdict.actions == (Retract(account=ALICE.jid, person=7, room=room, rule="no-spam", back_s=60),)


@pytest.mark.parametrize(
    ("action", "room"), [("suspend", None), ("remove", ROOM), ("kick", ROOM), ("ban", ROOM), ("mute", ROOM)]
)
def test_posting_is_suspended_everywhere_and_the_rest_holds_here(action: str, room: str | None) -> None:
    rule = Rule(name="no-spam", words=("spam",), action=action, strike=False)  # type: ignore[arg-type] # a literal
    (punish,) = judged(facts(texts=said("spam")), with_rules(rule)).actions
    assert isinstance(punish, Punish)
    assert (punish.kind, punish.room) == (SanctionKind(action), room)


def test_a_suspension_silences_like_a_mute_and_has_a_text_of_its_own() -> None:
    silenced = person(sanctions=(sanction(SanctionKind.SUSPEND, room=None),))
    assert texts(judged(facts(person=silenced, texts=said("hello")))) == ["deny-posting-suspended"]
    assert texts(judged(facts(Kind.JOIN, person=silenced, is_member=True))) == []


@pytest.mark.parametrize(
    ("kind", "lasts_s", "until", "ends_membership"),
    [
        (SanctionKind.NOTICE, None, 5, False),
        (SanctionKind.KICK, 60, 5, False),
        (SanctionKind.REMOVE, None, 5, True),
        (SanctionKind.MUTE, 60, 65, False),
        (SanctionKind.SUSPEND, None, None, False),
        (SanctionKind.BAN, 60, 65, False),
        (SanctionKind.BAN, None, None, True),
    ],
)
def test_how_long_a_sanction_holds_and_whether_it_ends_memberships(
    kind: SanctionKind, lasts_s: float | None, until: float | None, *, ends_membership: bool
) -> None:
    punish = Punish(kind=kind, account="a", person=None, room=None, rule="r", lasts_s=lasts_s)
    assert (punish.until(5), punish.ends_membership) == (until, ends_membership)
