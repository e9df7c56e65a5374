"""Quotas agree with what storage will do with them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from config.settings import Identity, Settings, Xmpp
from policy.actions import TakePlace
from policy.engine import compile_policy, decide
from policy.facts import Account, Counts, Facts, Kind, Person
from policy.rule import TAKES_PLACE
from policy.tiers import rights
from policy.verdict import Decision
from tests.property import strategies

SETTINGS = Settings(xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"), identity=Identity(required_for=()))
POLICY = compile_policy(SETTINGS, {})
persons = strategies.persons.map(lambda person: replace(person, is_blacklisted=False, sanctions=()))


def entering(kind: Kind, person: Person | None, counts: Counts) -> Facts:
    account = Account(jid="alice@example.org")
    return Facts(at=strategies.AT, kind=kind, account=account, person=person, room_jid=strategies.ROOM, counts=counts)


@given(st.sampled_from(sorted(TAKES_PLACE, key=str)), st.none() | persons, strategies.counts)
def test_place_is_asked_for_if_and_only_if_there_is_one(kind: Kind, person: Person | None, counts: Counts) -> None:
    verdict = decide(entering(kind, person, counts), POLICY)
    limits = rights(person, SETTINGS)
    assert limits.rooms_created is not None
    assert limits.rooms_joined is not None
    has_place = (
        (kind is not Kind.CREATE or counts.created < limits.rooms_created)
        and counts.joined < limits.rooms_joined
        and counts.members < SETTINGS.quotas.members_per_room
    )
    assert (verdict.decision is Decision.ALLOW) is has_place
    assert len(verdict.actions) == has_place
    for action in verdict.actions:
        assert isinstance(action, TakePlace)
        assert action.created_limit is None or counts.created < action.created_limit
        assert action.joined_limit is None or counts.joined < action.joined_limit
        assert action.members_limit is None or counts.members < action.members_limit


@given(st.sampled_from(sorted(TAKES_PLACE, key=str)), persons, strategies.counts, strategies.counts)
def test_more_places_in_use_never_turn_a_denial_into_an_allowance(
    kind: Kind, person: Person, counts: Counts, more: Counts
) -> None:
    fuller = Counts(
        created=counts.created + more.created,
        joined=counts.joined + more.joined,
        members=counts.members + more.members,
    )
    if decide(entering(kind, person, fuller), POLICY).decision is Decision.ALLOW:
        assert decide(entering(kind, person, counts), POLICY).decision is Decision.ALLOW
