"""What follows from hits: of rules that act alone, of the threshold that weights reach, and of shadows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.scopes import is_scoped
from config.settings import Rule, Settings, Threshold
from policy.actions import Action, AdjustCredit, Hold, Note, OpenCase, Punish, Retract, Strike
from policy.examine import Hit
from policy.exhibit import exhibit
from policy.facts import Facts, Kind, SanctionKind
from policy.fingerprint import fingerprint
from policy.rule import Opinion
from policy.scope import make_scope
from policy.verdict import Condition, Reason

WEIGH = "weigh"
"""What a shadow with a weight would have done."""

_HOLD = "hold"


Holding = Callable[[Facts], Sequence[Threshold]]
"""The thresholds that hold for a stanza."""


@dataclass(frozen=True, slots=True)
class Score:
    """Sums of weights, and the thresholds they reach: those that act, and what would have been with all shadows."""

    live: int
    shadow: int
    reached: Threshold | None
    would_reach: Threshold | None  # None as well where it is the one that is reached


NO_SCORE = Score(0, 0, None, None)


def make_holding(settings: Settings) -> Holding:
    """`moderation.thresholds`, each where and for whom it holds."""
    scoped = tuple((threshold, make_scope(threshold, settings)) for threshold in settings.moderation.thresholds)
    return lambda facts: [threshold for threshold, scope in scoped if scope is None or scope(facts)]


def weigh(hits: Sequence[Hit], thresholds: Sequence[Threshold]) -> Score:
    """Add up the weights. Of several thresholds reached, the highest is the one."""
    live = sum(hit.rule.weight for hit in hits if not hit.rule.shadow)
    shadow = sum(hit.rule.weight for hit in hits)
    reached = _highest([threshold for threshold in thresholds if not threshold.shadow], live)
    would_reach = _highest(thresholds, shadow)
    return Score(live, shadow, reached, None if would_reach is reached else would_reach)


def conclude(hits: Sequence[Hit], facts: Facts, settings: Settings, holding: Holding | None = None) -> Opinion | None:
    """The opinion that follows from hits; None when they come to nothing. Without `holding` no weight counts."""
    acting: list[tuple[Rule | Threshold, str]] = []
    notes: list[Action] = []
    weighty = [hit for hit in hits if hit.rule.weight]
    for hit in hits:
        if hit.rule.shadow:
            would = WEIGH if hit.rule.weight else hit.rule.action
            notes.append(_note(hit.rule, exhibit(facts.texts, hit.matches), facts, would))
        elif not hit.rule.weight:
            acting.append((hit.rule, exhibit(facts.texts, hit.matches)))
    score = weigh(weighty, holding(facts)) if weighty and holding is not None else NO_SCORE
    if score.reached is not None:
        live = [hit for hit in weighty if not hit.rule.shadow]
        acting.append((score.reached, _sum_up(live, facts)))
    if score.would_reach is not None:
        notes.append(_note(score.would_reach, _sum_up(weighty, facts), facts, score.would_reach.action))
    acting = [(rule, evidence) for rule, evidence in acting if rule.action != _HOLD or rule.name not in facts.approved]
    if not acting and not notes:
        return None
    reasons = tuple(_reason(rule, facts) for rule, _ in acting if rule.action != "note")
    actions = [action for rule, evidence in acting for action in _actions(rule, evidence, facts, settings)]
    return Opinion(reasons=reasons, actions=(*actions, *notes))


def _highest(thresholds: Sequence[Threshold], score: int) -> Threshold | None:
    return max(
        (threshold for threshold in thresholds if threshold.score <= score),
        key=lambda threshold: (threshold.score, not threshold.shadow, is_scoped(threshold)),
        default=None,
    )


def _reason(rule: Rule | Threshold, facts: Facts) -> Reason:
    is_held = rule.action == _HOLD and facts.kind is not Kind.ANSWER
    return Reason(
        rule=rule.name,
        condition=Condition.HELD if is_held else Condition.CONTENT,
        text="deny-held" if is_held else "deny-content",
        params=(("rule", rule.name),),
    )


def _sum_up(hits: Sequence[Hit], facts: Facts) -> str:
    """The weights, and what the rules found."""
    ranked = sorted(hits, key=lambda hit: (-hit.rule.weight, hit.rule.name))
    weights = " ".join(f"{hit.rule.name}{hit.rule.weight:+}" for hit in ranked)
    return f"{weights}: {exhibit(facts.texts, [match for hit in ranked for match in hit.matches])}"


def _note(rule: Rule | Threshold, evidence: str, facts: Facts, would: str = "") -> Note:
    person = None if facts.person is None else facts.person.number
    return Note(
        account=facts.account.jid,
        person=person,
        room=facts.room_jid,
        rule=rule.name,
        evidence=evidence,
        would=would,
    )


def _actions(rule: Rule | Threshold, evidence: str, facts: Facts, settings: Settings) -> list[Action]:
    account, room = facts.account.jid, facts.room_jid
    person = None if facts.person is None else facts.person.number
    if facts.kind is Kind.ANSWER:  # how often a client answers is for others to decide: nobody is punished for it
        return [_note(rule, evidence, facts)] if rule.action == "note" else []
    actions: list[Action] = []
    if rule.case:
        actions.append(OpenCase(account=account, person=person, room=room, rule=rule.name, evidence=evidence))
    if rule.action == "note":
        actions.append(_note(rule, evidence, facts))
        return actions
    expires_s = settings.moderation.strike_expires
    is_strike = rule.strike if rule.strike is not None else rule.action != _HOLD
    if rule.action == _HOLD:
        actions.append(_hold(rule, evidence, facts, settings))
        if not is_strike:
            return actions  # what a hit costs, it costs when a moderator has said that it was one
    if is_strike:
        actions.append(
            Strike(account=account, person=person, room=room, rule=rule.name, evidence=evidence, expires_s=expires_s)
        )
    if rule.deduct and person is not None:
        recovery_s = settings.credit.recovery
        actions.append(AdjustCredit(person=person, delta=-rule.deduct, cause=rule.name, expires_s=recovery_s))
    if rule.action == "retract":
        back_s = settings.moderation.retract_back
        where = None if rule.everywhere else room
        actions.append(Retract(account=account, person=person, room=where, rule=rule.name, back_s=back_s))
    elif rule.action not in {"reject", _HOLD}:
        kind = SanctionKind(rule.action)
        actions.append(
            Punish(
                kind=kind,
                account=account,
                person=person,
                room=None if rule.everywhere or kind is SanctionKind.SUSPEND else room,
                rule=rule.name,
                lasts_s=rule.lasts,
            )
        )
    return actions


def _hold(rule: Rule | Threshold, evidence: str, facts: Facts, settings: Settings) -> Hold:
    """A hit that was a strike at once is none again when a moderator refuses the text."""
    is_due = rule.strike is None
    return Hold(
        account=facts.account.jid,
        person=None if facts.person is None else facts.person.number,
        room=facts.room_jid,
        rules=(rule.name,),
        content=fingerprint(facts),
        evidence=evidence,
        lasts_s=settings.moderation.hold_for,
        strike_expires_s=settings.moderation.strike_expires if is_due else None,
        deduct=rule.deduct if is_due else 0,
    )
