"""What a lockdown in force freezes: creating, joining or posting, in one room, a category or everywhere."""

from config.settings import Settings
from policy.facts import DEED_OF, Deed, Facts, Kind, Lockdown
from policy.grading import category_of
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "lockdown"
_ENTRANCES = frozenset(kind for kind, deed in DEED_OF.items() if deed is Deed.JOIN)
"""Nobody looks up who is a member for a query of the archive; so it is open where members are spared."""


def make(source: Source) -> Rule:
    """A lockdown is a fact; `emergency.exempt_staff` says for whom none holds."""
    settings = source.settings
    staff = settings.staff
    roles = (staff.moderators, staff.identity_officers, staff.auditors, staff.admins)
    exempt = frozenset(jid for role in roles for jid in role) if settings.emergency.exempt_staff else frozenset()

    def judge(facts: Facts) -> Opinion | None:
        if not facts.lockdowns or facts.account.jid in exempt:
            return None
        return _judge(facts, settings)

    return Rule(name=NAME, kinds=EVERY - {Kind.QUERY, Kind.DESTROY}, judge=judge)


def is_about(lockdown: Lockdown, room: str, category: str) -> bool:
    """Whether it holds in a room of this category."""
    return lockdown.room in {None, room} and lockdown.category in {None, category}


def _judge(facts: Facts, settings: Settings) -> Opinion | None:
    """Of several that forbid it the one that lasts longest is told."""
    category = category_of(facts.room, settings)
    freezing = [
        (lockdown.until, lockdown.number, deed, lockdown)
        for lockdown in facts.lockdowns
        if lockdown.until > facts.at and is_about(lockdown, facts.room_jid, category)
        for deed in (_frozen(facts, lockdown),)
        if deed is not None
    ]
    if not freezing:
        return None
    _, _, deed, lockdown = max(freezing, key=lambda each: each[:2])
    if lockdown.is_raid:
        return denial(NAME, Condition.NOT_ALLOWED, "deny-raid", until=lockdown.until)
    return denial(
        NAME,
        Condition.NOT_ALLOWED,
        "deny-lockdown",
        deed=deed.value,
        until=lockdown.until,
        reason=lockdown.reason,
        room=lockdown.room or "",
    )


def _frozen(facts: Facts, lockdown: Lockdown) -> Deed | None:
    """What the stanza would do of that which the lockdown forbids; None: nothing."""
    deeds, kind = lockdown.deeds, facts.kind
    if Deed.CREATE in deeds and kind is Kind.CREATE:
        return Deed.CREATE
    if Deed.JOIN in deeds:
        is_spared = lockdown.spares_members and (facts.is_member or kind is Kind.ARCHIVE)
        if not is_spared and (kind in _ENTRANCES or (kind is Kind.CREATE and lockdown.room is not None)):
            return Deed.JOIN  # nor is the room to be left and made anew
        if kind is Kind.AFFILIATION and not lockdown.is_raid and _lets_somebody_in(facts):
            return Deed.JOIN  # in a raid it is how managers let in whom they know
    return Deed.POST if Deed.POST in deeds and is_speech(facts) else None


def _lets_somebody_in(facts: Facts) -> bool:
    return any(not target.is_member and target.affiliation not in {"", "none", "outcast"} for target in facts.targets)
