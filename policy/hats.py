"""Which hats (XEP-0317) somebody who comes into a room wears there."""

from dataclasses import dataclass

from config.settings import Settings
from policy.facts import Facts, Kind
from policy.own_rules import GRANTED as MANAGING
from policy.rules.identity import is_verified

WEARING = frozenset((Kind.CREATE, Kind.JOIN))
"""Kinds of stanza by which somebody comes in who is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    name: str  # as `hats.wear` has it
    affiliations: tuple[str, ...] = ()  # worn only by who has one of these; empty: whatever they have


_MANAGER = Hat(name="manager", affiliations=tuple(sorted(MANAGING)))


def hats_of(facts: Facts, settings: Settings) -> tuple[Hat, ...]:
    """Hats of whoever is let in by this, in the order of the settings."""
    return tuple(_hat(name) for name in settings.hats.wear if _has(name, facts, settings))


def _hat(name: str) -> Hat:
    return _MANAGER if name == _MANAGER.name else Hat(name=name)


def _has(name: str, facts: Facts, settings: Settings) -> bool:
    if name == "founder":
        return facts.kind is Kind.CREATE or _is_founder(facts)
    if name == "verified":
        return is_verified(facts.person, facts.at, settings)
    return True  # the server knows from one moment to the next who manages the room


def _is_founder(facts: Facts) -> bool:
    if facts.room is None or facts.room.founder is None:
        return False
    account, person = facts.room.founder
    return facts.account.jid == account if facts.person is None else facts.person.number == person
