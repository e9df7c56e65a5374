"""What a verdict asks to be done. Actions are values; `component/performer.py` performs them."""

from dataclasses import dataclass

from policy.facts import SanctionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePlace:
    """Hold a place before the stanza goes on: exact, in one transaction. Limits of None are no limit."""

    account: str  # bare JID of whoever takes it (a grant's target too)
    person: int | None  # None: nobody verified; the account itself holds the place
    room: str
    is_creation: bool
    created_limit: int | None
    joined_limit: int | None
    members_limit: int | None
    is_grant: bool = False  # somebody else gives it: what is full is to be told to them


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One strike in the ledger; the member ladder may answer with a sanction."""

    account: str
    person: int | None
    room: str
    rule: str
    evidence: str
    expires_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustCredit:
    person: int
    delta: int
    cause: str
    expires_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Punish:
    """A sanction at once, without asking the ladder."""

    kind: SanctionKind
    account: str
    person: int | None
    room: str | None  # None: everywhere
    rule: str
    lasts_s: float | None  # None: without end


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    account: str
    person: int | None
    room: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A hit that is only recorded. `would`: the action that a shadow would have taken, else ""."""

    account: str
    person: int | None
    room: str
    rule: str
    evidence: str
    would: str = ""


Action = TakePlace | Strike | AdjustCredit | Punish | OpenCase | Note
