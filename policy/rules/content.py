"""Automatic moderation: the operator's words and patterns, on everything a stanza would put before others.

All rules' words are searched for in one pass, all their patterns together; what each hit leads to is its rule's.
"""

from collections.abc import Sequence

from config.settings import Rule as TextRule
from config.settings import Settings
from policy.actions import Action, AdjustCredit, Note, OpenCase, Punish, Strike
from policy.errors import BadRule
from policy.facts import Facts, SanctionKind, Surface
from policy.rule import EVERY, Opinion, Rule, Source
from policy.scan import Scanner
from policy.verdict import Condition, Reason

NAME = "content"
_AROUND_CHARS = 40
_HIT_CHARS = 120


def make(source: Source) -> Rule | None:
    """`[[rules]]`, each under its own name."""
    settings = source.settings
    rules = settings.rules
    if not rules:
        return None
    _check_names(rules)
    scanner = Scanner(rules, source.words)
    surfaces = [frozenset(Surface(name) for name in rule.surfaces) or frozenset(Surface) for rule in rules]
    watched = frozenset().union(*surfaces)
    most_chars = settings.limits.text_chars

    def judge(facts: Facts) -> Opinion | None:
        hits: dict[int, str] = {}
        left = most_chars
        for text in facts.texts:
            left -= len(text.value)
            if left < 0:
                break  # refused for its length
            if text.surface in watched:
                for number, (start, end) in scanner.scan(text.value).items():
                    if text.surface in surfaces[number] and number not in hits:
                        hits[number] = _excerpt(text.value, start, end)
        if not hits:
            return None
        return _conclude([(rules[number], hits[number]) for number in sorted(hits)], facts, settings)

    return Rule(name=NAME, kinds=EVERY, judge=judge)


def _check_names(rules: Sequence[TextRule]) -> None:
    names: set[str] = set()
    for rule in rules:
        if rule.name in names:
            raise BadRule(rule.name, "another rule has this name")
        if rule.action == "note" and rule.deduct:
            raise BadRule(rule.name, "a note only records: leave out deduct, or let the action be reject")
        names.add(rule.name)


def _excerpt(text: str, start: int, end: int) -> str:
    """What was written, with a little of what stands around it."""
    end = min(end, start + _HIT_CHARS)
    return text[max(0, start - _AROUND_CHARS) : end + _AROUND_CHARS]


def _conclude(hits: Sequence[tuple[TextRule, str]], facts: Facts, settings: Settings) -> Opinion:
    reasons = tuple(
        Reason(rule=rule.name, condition=Condition.CONTENT, text="deny-content", params=(("rule", rule.name),))
        for rule, _ in hits
        if rule.action != "note"
    )
    actions = [action for rule, evidence in hits for action in _actions(rule, evidence, facts, settings)]
    return Opinion(reasons=reasons, actions=tuple(actions))


def _actions(rule: TextRule, evidence: str, facts: Facts, settings: Settings) -> list[Action]:
    account, room = facts.account.jid, facts.room_jid
    person = None if facts.person is None else facts.person.number
    actions: list[Action] = []
    if rule.case:
        actions.append(OpenCase(account=account, person=person, room=room, rule=rule.name, evidence=evidence))
    if rule.action == "note":
        actions.append(Note(account=account, person=person, room=room, rule=rule.name, evidence=evidence))
        return actions
    if rule.strike:
        expires_s = settings.moderation.strike_expires
        actions.append(
            Strike(account=account, person=person, room=room, rule=rule.name, evidence=evidence, expires_s=expires_s)
        )
    if rule.deduct and person is not None:
        recovery_s = settings.credit.recovery
        actions.append(AdjustCredit(person=person, delta=-rule.deduct, cause=rule.name, expires_s=recovery_s))
    if rule.action != "reject":
        actions.append(
            Punish(
                kind=SanctionKind(rule.action),
                account=account,
                person=person,
                room=None if rule.everywhere else room,
                rule=rule.name,
                lasts_s=rule.lasts,
            )
        )
    return actions
