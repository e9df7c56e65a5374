"""What a verdict asks to be done. Actions are values; `component/performer.py` performs them."""

from dataclasses import dataclass

from policy.facts import MOMENTARY, SanctionKind
from policy.joining import Way


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
    permit: int | None = None  # of a creation: the approved application it rests on, which names category and class
    scale: str | None = None  # of a creation without one: the class it gets; None: nobody has chosen
    is_grant: bool = False  # somebody else gives it: what is full is to be told to them
    is_ownership: bool = False  # of a room that is there: it counts as one that they created


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

    def until(self, at: float) -> float | None:
        """When it is over, imposed at that time; None: when it is lifted."""
        if self.kind in MOMENTARY:
            return at
        return None if self.lasts_s is None else at + self.lasts_s

    @property
    def ends_membership(self) -> bool:
        """Whether the place is freed and the affiliation withdrawn (XEP-0045 §9.1 does the latter for a ban).

        A ban for a time leaves both: somebody who may come back on Monday comes back to what was theirs.
        """
        return self.kind is SanctionKind.REMOVE or (self.kind is SanctionKind.BAN and self.lasts_s is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    account: str
    person: int | None
    room: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Keep the stanza for a moderator, who lets the same content pass or refuses it."""

    account: str
    person: int | None
    room: str
    rules: tuple[str, ...]  # that hold it, sorted; a yes is for these and no others
    content: str  # what is the same content: see `policy/fingerprint.py`
    evidence: str
    lasts_s: float  # so long it waits, and so long a yes counts
    strike_expires_s: float | None = None  # a refusal is a strike that counts so long; None: it is none
    deduct: int = 0  # credit a refusal costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract:
    """Take back what they wrote lately (XEP-0425)."""

    account: str
    person: int | None
    room: str | None  # None: everywhere
    rule: str
    back_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A hit that is only recorded. `would`: the action that a shadow would have taken, else ""."""

    account: str
    person: int | None
    room: str
    rule: str
    evidence: str
    would: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """File an application to be let in; what is answered says what became of it.

    It stands only where nothing but `rule` keeps the applicant out.
    """

    account: str
    person: int | None
    room: str
    words: str
    rule: str
    expires_s: float
    pause_s: float  # since a refusal
    per_person: int
    per_room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Let somebody in for a time who could not come in otherwise; takes no place."""

    account: str
    person: int | None
    room: str
    way: Way
    by: str  # bare JID
    lasts_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Have an owner's form say this instead (XEP-0045 §10.2): each field, and its one value."""

    account: str
    room: str
    fields: tuple[tuple[str, str], ...]
    told: tuple[str, ...]  # those of them that the owner had chosen otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferForm:
    """Answer a request for the form of registration (XEP-0045 §7.10) with one that asks what lets people in."""

    question: str  # "": why they want to come in


Action = (
    TakePlace | Strike | AdjustCredit | Punish | OpenCase | Hold | Retract | Note | Apply | Admit | Correct | OfferForm
)
