"""Facts and settings as short as a test needs them."""

from collections.abc import Sequence
from typing import Any

from config.settings import Identity, Moderation, Rule, Settings, Xmpp
from policy.engine import compile_policy, decide
from policy.facts import Account, Facts, Kind, Person, Room, Sanction, SanctionKind, Surface, Text
from policy.verdict import Verdict

AT = 1_000_000.0
ROOM = "chess@rooms.example.org"
ALICE = Account(jid="alice@example.org")
BOB = Account(jid="bob@example.org")


def settings(**sections: Any) -> Settings:  # noqa: ANN401 - whatever section a test wants
    return Settings(xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"), **sections)


LENIENT = Identity(required_for=())
"""Nobody needs to be verified."""


def person(**fields: Any) -> Person:  # noqa: ANN401 - any field of a person
    known: dict[str, Any] = {"number": 7, "score": 60, "tier": "standard", "tier_since": 0.0, "verified_at": 0.0}
    return Person(**{**known, **fields})


def facts(kind: Kind = Kind.POST, **fields: Any) -> Facts:  # noqa: ANN401 - any field of facts
    known: dict[str, Any] = {
        "at": AT,
        "account": ALICE,
        "person": person(),
        "room_jid": ROOM,
        "room": Room(jid=ROOM, code="K7QX-2M9D-4"),
    }
    return Facts(kind=kind, **{**known, **fields})


def said(*values: str, surface: Surface = Surface.BODY) -> tuple[Text, ...]:
    return tuple(Text(surface=surface, value=value) for value in values)


def sanction(kind: SanctionKind = SanctionKind.MUTE, **fields: Any) -> Sanction:  # noqa: ANN401 - any field
    known: dict[str, Any] = {"number": 1, "room": ROOM, "rule": "spam", "reason": "adverts", "until": AT + 60}
    return Sanction(kind=kind, **{**known, **fields})


def judged(what: Facts, by: Settings | None = None, **words: Sequence[str]) -> Verdict:
    return decide(what, compile_policy(by or settings(), {name: tuple(listed) for name, listed in words.items()}))


def texts(verdict: Verdict) -> list[str]:
    return [reason.text for reason in verdict.reasons]


def with_rules(*rules: Rule, **moderation: Any) -> Settings:  # noqa: ANN401 - any field of a section
    return settings(rules=rules, moderation=Moderation(**moderation))
