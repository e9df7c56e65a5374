"""A room's own rules: which of them may act, what each looks for, and all of them ready to judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

from msgspec.structs import replace as with_fields

from config.settings import Caps, Length, Links, Managers, Seconds, Settings
from config.settings import Rule as TextRule
from policy.consequences import conclude
from policy.errors import BadRule
from policy.examine import UNSUSPICIOUS, Examined, Examiner
from policy.facts import Facts
from policy.grading import managers_of
from policy.room_rule import OWN, Exempt, RoomAction, RoomMatcher, RoomRule
from policy.rule import Opinion
from policy.verdict import Reason, RuleError

GRANTED = frozenset(("owner", "admin"))
"""Affiliations of a room's managers (XEP-0045 §5.2)."""

_WORDY = frozenset((RoomMatcher.WORDS, RoomMatcher.PATTERNS, RoomMatcher.LINKS))
_LONG_SURFACES: tuple[Literal["body", "subject", "status"], ...] = ("body", "subject", "status")
"""What shouting and length are asked of: a room that wants short messages must not refuse everybody's nickname."""


class Rest(Enum):
    """Why a rule does not act, though it stands."""

    MATCHER = "matcher"  # managers may not, or no longer, look for such things
    ACTION = "action"
    LENGTH = "length"  # it mutes for too long
    EXEMPT = "exempt"
    RULES = "rules"  # there are too many before it
    WORDS = "words"  # with its words there are too many
    FAULTY = "faulty"  # it cannot work


def standing(rules: Sequence[RoomRule], managers: Managers) -> tuple[Rest | None, ...]:
    """For each rule, why it rests under these settings; None: it acts."""
    left, words = managers.rules, managers.words
    found: list[Rest | None] = []
    for rule in rules:
        rest = _rest(rule, managers)
        if rest is None:
            count = len(rule.items) if rule.matcher in _WORDY else 0
            if not left:
                rest = Rest.RULES
            elif count > words:
                rest = Rest.WORDS
            else:
                left, words = left - 1, words - count
        found.append(rest)
    return tuple(found)


def _rest(rule: RoomRule, managers: Managers) -> Rest | None:
    if rule.matcher.value not in managers.matchers:
        return Rest.MATCHER
    if rule.action.value not in managers.actions:
        return Rest.ACTION
    if rule.action is RoomAction.MUTE and (rule.mute_s is None or rule.mute_s > managers.longest_mute):
        return Rest.LENGTH
    if rule.exempt is not Exempt.NOBODY and not managers.exempt:
        return Rest.EXEMPT
    return None


def to_text_rule(rule: RoomRule) -> TextRule:
    """The rule as the examiner knows rules: in this room alone it is no strike, and it costs nobody credit."""
    plain = TextRule(
        name=OWN + rule.name,
        action=rule.action.value,
        lasts=None if rule.mute_s is None or rule.action is not RoomAction.MUTE else Seconds(rule.mute_s),
        strike=False,
    )
    match rule.matcher:
        case RoomMatcher.WORDS:
            return with_fields(plain, words=rule.items)
        case RoomMatcher.PATTERNS:
            return with_fields(plain, patterns=rule.items)
        case RoomMatcher.LINKS:
            links = Links(allow=rule.items) if rule.is_all_but else Links(domains=rule.items)
            return with_fields(plain, links=links)
        case RoomMatcher.CAPS:
            return with_fields(plain, caps=Caps(letters=rule.least), surfaces=_LONG_SURFACES)
        case RoomMatcher.LENGTH:
            return with_fields(plain, length=Length(chars=rule.least), surfaces=_LONG_SURFACES)
        case RoomMatcher.ATTACHMENTS:
            return with_fields(plain, attachments=rule.items)
        case _:
            return with_fields(plain, mixed_script=True)


def is_exempt(facts: Facts, exempt: Exempt) -> bool:
    """Whether the writer is one of those for whom the rule does not hold."""
    if exempt is Exempt.NOBODY:
        return False
    return facts.affiliation in GRANTED or (exempt is Exempt.MODERATORS and facts.role == "moderator")


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules of one room that act, ready to judge; and for each of all of them, why it rests if it does."""

    rests: tuple[Rest | None, ...]
    _exempt: Mapping[str, Exempt]
    _examiner: Examiner | None
    _settings: Settings

    @classmethod
    def make(cls, rules: Sequence[RoomRule], managers: Managers, settings: Settings) -> "OwnRules":
        """Compile those that act under these settings. One that cannot work rests, and silences no other."""
        rests = list(standing(rules, managers))
        while True:
            acting = [rule for rule, rest in zip(rules, rests, strict=True) if rest is None]
            try:
                examiner = _examiner(acting, settings)
            except BadRule as error:
                bad = next(at for at, rule in enumerate(rules) if OWN + rule.name == error.rule and rests[at] is None)
                rests[bad] = Rest.FAULTY
                continue
            exempt = {OWN + rule.name: rule.exempt for rule in acting}
            return cls(tuple(rests), exempt, examiner, settings)

    def examine(self, facts: Facts) -> Examined:
        """Which of them hit a stanza of somebody for whom they hold."""
        if self._examiner is None:
            return UNSUSPICIOUS
        examined = self._examiner.examine(facts)
        if examined is UNSUSPICIOUS:
            return examined
        hits = tuple(hit for hit in examined.hits if not is_exempt(facts, self._exempt[hit.rule.name]))
        # A room's managers must not be able to shut it by a rule that fails: it is told and touches nobody.
        errors = tuple(RuleError(rule=error.rule, error=error.error, is_shadow=True) for error in examined.errors)
        return Examined(hits, errors) if hits or errors else UNSUSPICIOUS

    def judge(self, facts: Facts) -> Opinion | None:
        """What follows from hits: a refusal that names the rule as the room's own, a note, a mute in this room."""
        examined = self.examine(facts)
        if examined is UNSUSPICIOUS:
            return None
        opinion = conclude(examined.hits, facts, self._settings)
        return Opinion(
            reasons=tuple(map(_as_own, opinion.reasons)) if opinion else (),
            actions=opinion.actions if opinion else (),
            errors=examined.errors,
            hits=tuple(hit.rule.name for hit in examined.hits),
        )


def _examiner(rules: Sequence[RoomRule], settings: Settings) -> Examiner | None:
    if not rules:
        return None
    return Examiner(with_fields(settings, rules=tuple(map(to_text_rule, rules))), {})


def _as_own(reason: Reason) -> Reason:
    return replace(reason, text="deny-own-rule", params=(("rule", reason.rule.removeprefix(OWN)),))


class Compiled:
    """The own rules of many rooms, each compiled when it is first needed and again when it has changed.

    Nothing but a memory of a pure function: bounded, and dropped with the settings that it was compiled for.
    """

    def __init__(self, settings: Settings, bound: int) -> None:
        """Nothing compiled yet; `bound` rooms at most are kept, those not asked for longest make place."""
        self._settings = settings
        self._bound = bound
        self._by_code: dict[str, tuple[tuple[RoomRule, ...], str | None, OwnRules]] = {}

    def of(self, facts: Facts) -> OwnRules | None:
        """The rules of the room that the stanza is for; None when it has none."""
        room = facts.room
        if room is None or not room.rules:
            return None
        known = self._by_code.pop(room.code, None)
        if known is None or known[1] != room.category or (known[0] is not room.rules and known[0] != room.rules):
            if len(self._by_code) >= self._bound:
                del self._by_code[next(iter(self._by_code))]
            made = OwnRules.make(room.rules, managers_of(room, self._settings), self._settings)
            known = (room.rules, room.category, made)
        self._by_code[room.code] = known
        return known[2]
