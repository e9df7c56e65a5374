"""Rooms a person creates and joins, and members a room has: how many there may be.

What the counts say is checked here; what is exact is `TakePlace`, taken in one transaction before the verdict leaves.
"""

from dataclasses import replace

from config.settings import Settings
from policy.actions import TakePlace
from policy.facts import Account, Counts, Facts, Kind, Person, Quota
from policy.founding import plain_scale
from policy.grading import default_scale, members_limit
from policy.places import places_allowed
from policy.rule import TAKES_PLACE, Opinion, Rule, Source
from policy.rules.founding import KEPT
from policy.tiers import rights
from policy.verdict import Condition, Reason

NAME = "quotas"
GRANTED = frozenset(("member", "admin", "owner"))
"""Affiliations that make somebody a member (XEP-0045 §5.2)."""


def make(source: Source) -> Rule:
    """`quotas`, the quotas of the person's tier, and the members that the room's scale class may have."""
    settings = source.settings

    def judge(facts: Facts) -> Opinion | None:
        if not facts.room_jid:
            return None
        if facts.kind is Kind.AFFILIATION:
            return _judge_grants(facts, settings)
        is_creation = facts.kind is Kind.CREATE
        if facts.is_member and not is_creation:
            return None
        place = _place(facts.account, facts.person, facts, settings, is_creation=is_creation)
        return Opinion(reasons=_overruns(place, facts.counts), actions=(place,))

    return Rule(name=NAME, kinds=TAKES_PLACE | {Kind.AFFILIATION}, judge=judge)


def full(which: str, place: TakePlace, used: int | None = None) -> Reason:
    """The denial when there are no places left; `which` is created, joined or members.

    Or `kept`: somebody else's application for the address was approved since it was looked up.
    """
    if which == "kept":
        return KEPT.reasons[0]
    condition = Condition.RESOURCE_CONSTRAINT
    if which != "members" and place.is_grant:
        return Reason(
            rule=NAME, condition=condition, text=f"deny-target-{which}-full", params=(("account", place.account),)
        )
    text = f"deny-{which}-full"
    if which == "members":
        condition, limit = Condition.SERVICE_UNAVAILABLE, place.members_limit
        text = "deny-target-members-full" if place.is_grant else text
    elif which == "joined":
        limit = place.joined_limit
    else:
        limit = place.created_limit
    limit = limit or 0
    counted = () if which == "members" else (("used", limit if used is None else used),)
    return Reason(rule=NAME, condition=condition, text=text, params=(("limit", limit), *counted))


def _judge_grants(facts: Facts, settings: Settings) -> Opinion | None:
    reasons: list[Reason] = []
    places: dict[str | int, TakePlace] = {}
    for target in sorted(facts.targets, key=lambda target: target.affiliation != "owner"):  # of who is named twice
        holder = target.account.jid if target.person is None else target.person.number
        owns = target.affiliation == facts.affiliation == "owner" and not target.is_creator
        if target.affiliation not in GRANTED or (target.is_member and not owns) or holder in {*places, ""}:
            continue  # "": who is named by no address is let in by nothing
        place = _place(target.account, target.person, facts, settings, is_grant=True, is_ownership=owns)
        if target.is_member:
            place = replace(place, joined_limit=None, members_limit=None)
        counts = target.counts
        if counts is not None:  # those before it in the same stanza take places too
            counts = replace(counts, members=counts.members + len(places))
        reasons += _overruns(place, counts)
        places[holder] = place
    return Opinion(reasons=tuple(reasons), actions=tuple(places.values())) if places else None


def _place(
    account: Account,
    person: Person | None,
    facts: Facts,
    settings: Settings,
    *,
    is_creation: bool = False,
    is_grant: bool = False,
    is_ownership: bool = False,
) -> TakePlace:
    tier, own = rights(person, settings), (account if person is None else person).overrides
    at, creates = facts.at, is_creation or is_ownership
    return TakePlace(
        account=account.jid,
        person=None if person is None else person.number,
        room=facts.room_jid,
        is_creation=is_creation,
        created_limit=places_allowed(own, Quota.CREATED, tier.rooms_created, at) if creates else None,
        joined_limit=places_allowed(own, Quota.JOINED, tier.rooms_joined, at),
        members_limit=members_limit(facts.room, settings, at),
        permit=None if facts.permit is None else facts.permit.number,
        scale=_scale_of_new(person, settings) if is_creation else None,
        is_grant=is_grant,
        is_ownership=is_ownership,
    )


def _scale_of_new(person: Person | None, settings: Settings) -> str | None:
    """None as long as it is the default one: should that change, the group's changes with it."""
    scale = plain_scale(person, settings)
    return None if scale == default_scale(settings) else scale


def _overruns(place: TakePlace, counts: Counts | None) -> tuple[Reason, ...]:
    """Why the place cannot be taken; without counts only taking it can tell."""
    if counts is None:
        return ()
    compared = (
        ("created", place.created_limit, counts.created),
        ("joined", place.joined_limit, counts.joined),
        ("members", place.members_limit, counts.members),
    )
    return tuple(full(which, place, used) for which, limit, used in compared if limit is not None and used >= limit)
