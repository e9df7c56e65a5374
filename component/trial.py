"""One text tried on the rules, each step explained. Touches nobody and stores nothing."""

import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeVar

from component.texts import Texts
from config.durations import parse_duration
from config.loader import Loaded
from config.settings import Condition, Settings
from policy.actions import Note, Punish
from policy.asks import FIRSTS, conditions_of
from policy.consequences import make_holding, weigh
from policy.engine import compile_policy, decide
from policy.examine import Examiner, Hit
from policy.facts import Account, Facts, Kind, Lately, Person, Room, Surface, Text
from policy.matchers.view import Match
from policy.normalise import normalise
from policy.scope import UNVERIFIED
from policy.tiers import tier_for
from policy.verdict import Decision

E = TypeVar("E", bound=Enum)

KEYS = (
    *("text", "surface", "kind", "room", "category", "scale", "activity", "tier", "role"),
    *("verified", "member", "first", "file", "account", "at"),
)
_DEFAULT_AGE = "365d"
_LONGEST_SHOWN = 300


class BadSampleError(ValueError):
    """A text to be tried comes with something that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text as somebody would write it somewhere."""

    text: str
    facts: Facts
    is_timed: bool = False  # it is said when it was written


def make_sample(given: Mapping[str, object], settings: Settings) -> Sample:
    """Fill in what is not given.

    Raises:
        BadSampleError: an unknown key, surface, kind, tier or duration.
    """
    values = {("file" if key == "has_file" else key): value for key, value in given.items() if value is not None}
    for key in values:
        if key not in KEYS:
            raise BadSampleError(f'unknown key "{key}"; known: {", ".join(KEYS)}')
    text = _string(values, "text", "")
    surface = _choice(Surface, _string(values, "surface", "body"), "surface")
    kind = _choice(Kind, _string(values, "kind", "post"), "kind")
    at = _moment(values)
    room = _string(values, "room", f"room@{settings.xmpp.muc}")
    age_s, member_s = _duration(values, "verified"), _duration(values, "member")
    person = _person(_string(values, "tier", ""), at - age_s, at, settings)
    return Sample(
        text=text,
        is_timed="at" in values,
        facts=Facts(
            at=at,
            kind=kind,
            account=Account(jid=_string(values, "account", "somebody@example.org")),
            person=person,
            room_jid=room,
            room=Room(
                jid=room,
                code="",
                category=_named(values, "category", settings.categories),
                scale=_named(values, "scale", settings.scales),
                activity=_named(values, "activity", settings.activity),
            ),
            role=_string(values, "role", "participant"),
            affiliation="member",
            has_file=values.get("file") is True,
            texts=(Text(surface=surface, value=text),) if text else (),
            lately=Lately(member_since=at - member_s, is_first=values.get("first") is True and kind in FIRSTS),
        ),
    )


def _string(values: Mapping[str, object], key: str, default: str) -> str:
    value = values.get(key, default)
    if not isinstance(value, str):
        raise BadSampleError(f"{key} must be text")
    return value


def _named(values: Mapping[str, object], key: str, known: Mapping[str, object]) -> str | None:
    name = _string(values, key, "") or None
    if name is not None and name not in known:
        raise BadSampleError(f'there is no {key} "{name}"; known: {", ".join(known)}')
    return name


def _duration(values: Mapping[str, object], key: str) -> float:
    try:
        return parse_duration(_string(values, key, _DEFAULT_AGE))
    except ValueError as error:
        raise BadSampleError(f"{key}: {error}") from None


def _moment(values: Mapping[str, object]) -> float:
    """Unix seconds, or a time as ISO 8601 and XEP-0082 write it."""
    at = values.get("at")
    if at is None:
        return time.time()
    try:
        if isinstance(at, str):
            return datetime.fromisoformat(at).timestamp()
        if isinstance(at, int | float) and not isinstance(at, bool) and math.isfinite(at):
            return float(at)
    except (ValueError, OverflowError):
        pass
    raise BadSampleError("at must be Unix seconds or a date and time, such as 2026-01-31T12:00:00Z")


def _choice(kind: type[E], value: str, key: str) -> E:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(member.value for member in kind)
        raise BadSampleError(f'there is no {key} "{value}"; known: {known}') from None


def _person(tier: str, verified_at: float, at: float, settings: Settings) -> Person | None:
    tiers = settings.credit.tiers
    known = (*(each.name for each in tiers), UNVERIFIED)
    if tier and tier not in known:
        raise BadSampleError(f'there is no tier "{tier}"; known: {", ".join(known)}')
    if tier == UNVERIFIED:
        return None
    score = settings.credit.start
    name = tier or tier_for(
        score=score, current="", tier_since=at, verified_at=verified_at, at=at, is_locked=False, tiers=tiers
    )
    return Person(
        number=1,
        score=score,
        tier=name,
        tier_since=verified_at,
        verified_at=verified_at,
        rules_accepted=settings.moderation.rules_version,
    )


def explain(sample: Sample, loaded: Loaded) -> Iterator[str]:
    """What is judged, what hits, what it adds up to, and what follows."""
    settings = loaded.settings
    yield f"text        {show(sample.text)}"
    yield f"judged as   {show(normalise(sample.text).text)}"
    examined = Examiner(settings, loaded.words).examine(sample.facts)
    for hit in examined.hits:
        yield f"rule        {hit.rule.name} ({_part(hit)}), from {loaded.source_of(hit.rule.name)}"
        yield from (f"            {_place(match)}" for match in hit.matches)
    yield f"            {len(examined.hits)} of {len(settings.rules)} rules hit"
    unknown = [rule.name for rule in settings.rules if any(map(_depends, conditions_of(rule)))]
    if unknown:
        yield f"unknown     {', '.join(unknown)}: depend on what came before, or who is there; see `rules replay`"
    for error in examined.errors:
        yield f"faulty      {error.rule}: {error.error}"
    if any(hit.rule.weight for hit in examined.hits):
        score = weigh(examined.hits, make_holding(settings)(sample.facts))
        reached = "no threshold" if score.reached is None else f"{score.reached.name} ({score.reached.action})"
        yield f"score       {score.live}: {reached}"
        if score.would_reach is not None:
            yield f"            with shadows {score.shadow}: {score.would_reach.name} ({score.would_reach.action})"
    yield from _decision(sample, loaded)


def _decision(sample: Sample, loaded: Loaded) -> Iterator[str]:
    settings = loaded.settings
    verdict = decide(sample.facts, compile_policy(settings, loaded.words))
    names = ", ".join(dict.fromkeys(reason.rule for reason in verdict.reasons))
    yield f"decision    {verdict.decision.value}{f': {names}' if names else ''}"
    if verdict.decision is not Decision.ALLOW:
        texts = Texts(settings.xmpp.language, settings.xmpp.domain)
        reason = verdict.reasons[0]
        yield f"told        {texts.get(settings.xmpp.language, reason.text, **dict(reason.params))}"
    for action in verdict.actions:
        what = type(action).__name__
        if isinstance(action, Note) and action.would:
            what = f"Shadow, would {action.would}"
        if isinstance(action, Punish):
            what = f"{what}, {action.kind.value}"
        about = getattr(action, "rule", getattr(action, "cause", "")) or ", ".join(getattr(action, "rules", ()))
        yield f"action      {what}: {about}"


def _depends(condition: Condition) -> bool:
    """Whether one text by itself does not tell."""
    names = condition.mentions
    is_count = names is not None and (names.people is not None or names.share is not None)
    return is_count or condition.flood is not None or condition.duplicates is not None


def _part(hit: Hit) -> str:
    rule = hit.rule
    part = f"weight {rule.weight:+}" if rule.weight else rule.action
    return f"shadow: {part}" if rule.shadow else part


def _place(match: Match) -> str:
    if match.text is None:
        return match.matcher
    found = match.text.value[match.start : match.end]
    return f"{match.matcher} at {match.start}-{match.end}: {show(found)}"


def show(text: str) -> str:
    """A text on one line with whatever cannot be seen written out."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:_LONGEST_SHOWN])
    return f"“{shown}”" + (f" … ({len(text)} characters)" if len(text) > _LONGEST_SHOWN else "")
