"""One verdict from many opinions."""

import pytest

from config.settings import Caps, Moderation, Rule
from policy.engine import assemble, compile_policy, decide, judge_in_pieces
from policy.errors import BadRule, PolicyError
from policy.facts import Facts, Kind
from policy.matchers import caps
from policy.rule import EVERY, Opinion, denial
from policy.rule import Rule as Compiled
from policy.rules import MAKERS
from policy.verdict import ALLOW, Condition, Decision, Reason, RuleError
from tests.unit.policy.making import facts, judged, person, said, settings


def deny(_facts: Facts) -> Opinion:
    return denial("no", Condition.NOT_ALLOWED, "deny-suspended")


def fail(_facts: Facts) -> Opinion:
    raise ValueError("broken")


class SpeechlessError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


def fail_speechless(_facts: Facts) -> Opinion:
    raise SpeechlessError


NO = Compiled(name="no", kinds=EVERY, judge=deny)
FAULTY = Compiled(name="faulty", kinds=EVERY, judge=fail)


def test_plain_message_gets_the_shared_allowance() -> None:
    assert judged(facts(texts=said("hello"))) is ALLOW


@pytest.mark.parametrize("kind", Kind)
def test_no_rules_mean_allow(kind: Kind) -> None:
    assert decide(facts(kind, person=None), assemble([])) is ALLOW


def test_rule_judges_its_kinds_only() -> None:
    policy = assemble([Compiled(name="no", kinds=frozenset((Kind.NICK,)), judge=deny)])
    assert decide(facts(Kind.POST), policy) is ALLOW
    assert decide(facts(Kind.NICK), policy).decision is Decision.DENY


def test_every_reason_is_told_gravest_first() -> None:
    verdict = judged(facts(person=person(is_blacklisted=True), is_within_rate=False, texts=said("x" * 10_001)))
    assert [reason.rule for reason in verdict.reasons] == ["blacklist", "text-length", "message-rate"]


def test_faulty_rule_denies_where_the_operator_says_so() -> None:
    verdict = decide(facts(), assemble([FAULTY]))
    assert verdict.decision is Decision.DENY
    assert verdict.reasons == (Reason(rule="faulty", condition=Condition.INTERNAL, text="deny-fault"),)
    assert verdict.errors == (RuleError(rule="faulty", error="ValueError: broken"),)


def test_faulty_rule_passes_where_the_operator_says_so() -> None:
    verdict = decide(facts(), assemble([FAULTY], denies_on_error=False))
    assert verdict.decision is Decision.ALLOW
    assert [error.rule for error in verdict.errors] == ["faulty"]


def test_faulty_rule_does_not_silence_another() -> None:
    verdict = decide(facts(), assemble([FAULTY, NO], denies_on_error=False))
    assert [reason.rule for reason in verdict.reasons] == ["no"]


def test_fault_that_cannot_say_what_it_is_is_named_by_type() -> None:
    verdict = decide(facts(), assemble([Compiled(name="faulty", kinds=EVERY, judge=fail_speechless)]))
    assert verdict.errors == (RuleError(rule="faulty", error="SpeechlessError"),)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(BadRule, match=r"^no: another rule has this name$"):
        assemble([NO, NO])


def test_bad_rule_names_rule_and_reason() -> None:
    with pytest.raises(PolicyError) as caught:
        compile_policy(settings(rules=(Rule(name="odd", patterns=("(a",)),)), {})
    assert isinstance(caught.value, BadRule)
    assert caught.value.rule == "odd"
    assert caught.value.reason.startswith("pattern '(a': ")


@pytest.mark.parametrize(("on_error", "denies"), [("deny", True), ("allow", False)])
def test_operator_says_what_a_fault_leads_to(on_error: str, *, denies: bool) -> None:
    by = settings(moderation=Moderation(on_error="deny" if on_error == "deny" else "allow"))
    assert compile_policy(by, {}).denies_on_error is denies


def test_makers_are_told_once_each() -> None:
    assert len(set(MAKERS)) == len(MAKERS)


def test_denied_creation_takes_no_place() -> None:
    assert judged(facts(Kind.CREATE, room=None, person=person(is_blacklisted=True))).actions == ()


def test_rule_names_are_kebab_case_as_their_files() -> None:
    by = settings(
        moderation=Moderation(encrypted="reject", rules_required_for=("post",)),
        rules=(Rule(name="x", words=("x",)),),
    )
    names = {rule.name for rules in compile_policy(by, {}).by_kind.values() for rule in rules}
    assert names == {make.__module__.rpartition(".")[2].replace("_", "-") for make in MAKERS}


def test_the_work_of_judging_falls_into_pieces_by_rule() -> None:
    rules = Rule(name="adverts", words=("buy",)), Rule(name="calls", words=("call",)), Rule(name="loud", caps=Caps())
    policy = compile_policy(settings(rules=rules), {})
    pieces = list(judge_in_pieces(facts(texts=said("buy now")), policy))
    assert " ".join(pieces).count("(search) adverts loud") == 1
    assert {"blacklist", "message-rate"} < set(pieces)
    assert not {"content", "calls"} & set(pieces)  # nobody asks a rule whose words are not there
    assert "(search)" not in list(judge_in_pieces(facts(texts=()), policy))


def test_a_piece_that_fails_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def shout(_texts: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(caps, "make", lambda _setting: shout)
    policy = compile_policy(settings(rules=(Rule(name="loud", caps=Caps()), Rule(name="adverts", words=("buy",)))), {})
    assert list(judge_in_pieces(facts(texts=said("buy now")), policy)).count("adverts") == 1
    assert list(judge_in_pieces(facts(), assemble([FAULTY, NO]))) == ["faulty", "no"]
