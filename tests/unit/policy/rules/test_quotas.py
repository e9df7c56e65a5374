"""Places: what is full, and what is taken."""

from typing import Any

import pytest

from config.settings import Quotas
from policy.actions import TakePlace
from policy.facts import Account, Counts, Facts, Kind, Override, Quota, Room, Target
from policy.rule import TAKES_PLACE
from policy.rules.quotas import full
from policy.verdict import ALLOW, Condition, Decision
from tests.unit.policy.making import ALICE, AT, BOB, LENIENT, ROOM, facts, judged, person, settings, texts


def place(**fields: Any) -> TakePlace:  # noqa: ANN401 - any field of a place
    known: dict[str, Any] = {
        "account": ALICE.jid,
        "person": 7,
        "room": ROOM,
        "is_creation": False,
        "created_limit": None,
        "joined_limit": 100,
        "members_limit": 500,
    }
    return TakePlace(**{**known, **fields})


def counts(created: int = 0, joined: int = 0, members: int = 0) -> Counts:
    return Counts(created=created, joined=joined, members=members)


def test_creation_takes_a_place_with_the_limits_of_the_tier() -> None:
    verdict = judged(facts(Kind.CREATE, room=None, person=person(tier="limited"), counts=counts()))
    assert verdict.actions == (place(is_creation=True, created_limit=1, joined_limit=30),)
    assert verdict.decision is Decision.ALLOW


@pytest.mark.parametrize("kind", TAKES_PLACE - {Kind.CREATE})
def test_entering_takes_a_place(kind: Kind) -> None:
    assert judged(facts(kind, counts=counts(created=99))).actions == (place(),)


@pytest.mark.parametrize("kind", TAKES_PLACE - {Kind.CREATE})
def test_member_enters_without_taking_another_place(kind: Kind) -> None:
    assert judged(facts(kind, is_member=True, counts=counts(joined=100, members=500))) is ALLOW


def test_member_who_makes_the_room_anew_takes_a_creator_place() -> None:
    assert judged(facts(Kind.CREATE, is_member=True, counts=counts())).actions == (
        place(is_creation=True, created_limit=5),
    )


@pytest.mark.parametrize(
    ("kind", "used", "text", "params", "condition"),
    [
        (Kind.CREATE, counts(5), "deny-created-full", {"limit": 5, "used": 5}, Condition.RESOURCE_CONSTRAINT),
        (Kind.CREATE, counts(9), "deny-created-full", {"limit": 5, "used": 9}, Condition.RESOURCE_CONSTRAINT),
        (Kind.CREATE, counts(0, 100), "deny-joined-full", {"limit": 100, "used": 100}, Condition.RESOURCE_CONSTRAINT),
        (Kind.JOIN, counts(0, 101), "deny-joined-full", {"limit": 100, "used": 101}, Condition.RESOURCE_CONSTRAINT),
        (Kind.REGISTER, counts(0, 0, 500), "deny-members-full", {"limit": 500}, Condition.SERVICE_UNAVAILABLE),
    ],
)
def test_full_is_full(kind: Kind, used: Counts, text: str, params: dict[str, int], condition: Condition) -> None:
    verdict = judged(facts(kind, counts=used))
    assert [(each.text, dict(each.params), each.condition) for each in verdict.reasons] == [(text, params, condition)]
    assert verdict.actions == ()


@pytest.mark.parametrize("used", [counts(4), counts(0, 99), counts(0, 0, 499)])
def test_last_place_is_free(used: Counts) -> None:
    assert judged(facts(Kind.CREATE, counts=used)).decision is Decision.ALLOW


def test_everything_that_is_full_is_told() -> None:
    full_up = facts(Kind.CREATE, counts=counts(5, 100, 500))
    assert texts(judged(full_up)) == ["deny-created-full", "deny-joined-full", "deny-members-full"]


def test_tier_may_allow_no_rooms_at_all() -> None:
    verdict = judged(facts(Kind.CREATE, person=person(tier="restricted"), counts=counts()))
    assert dict(verdict.reasons[0].params) == {"limit": 0, "used": 0}


def test_without_counts_only_taking_the_place_can_tell() -> None:
    assert judged(facts(Kind.JOIN)).actions == (place(),)


def test_stanza_for_the_service_takes_no_place() -> None:
    assert judged(facts(Kind.JOIN, room=None, room_jid="")) is ALLOW


def test_account_without_a_person_takes_a_place_of_its_own() -> None:
    by = settings(identity=LENIENT, quotas=Quotas(rooms_joined=2))
    assert judged(facts(Kind.JOIN, person=None), by).actions == (place(person=None, joined_limit=2),)


def granted(account: Account = BOB, number: int | None = 8, affiliation: str = "member", **fields: Any) -> Target:  # noqa: ANN401 - any field of a target
    somebody = None if number is None else person(number=number)
    return Target(account=account, person=somebody, affiliation=affiliation, **{"counts": counts(), **fields})


def granting(*targets: Target) -> Facts:
    return facts(Kind.AFFILIATION, targets=targets)


@pytest.mark.parametrize("affiliation", ["member", "admin", "owner"])
def test_grant_takes_a_place_for_its_target(affiliation: str) -> None:
    assert judged(granting(granted(affiliation=affiliation))).actions == (
        place(account=BOB.jid, person=8, is_grant=True),
    )


@pytest.mark.parametrize("who", [granted(affiliation=""), granted(affiliation="outcast"), granted(is_member=True)])
def test_what_lets_nobody_in_takes_no_place(who: Target) -> None:
    assert judged(granting(who)) is ALLOW


def test_grant_to_somebody_with_no_places_left_names_them() -> None:
    reason = judged(granting(granted(counts=counts(joined=100)))).reasons[0]
    assert (reason.text, reason.params) == ("deny-target-joined-full", (("account", BOB.jid),))


def test_grants_of_one_stanza_share_what_places_are_left() -> None:
    carol = granted(Account(jid="carol@example.org"), 9, counts=counts(members=499))
    last = granted(counts=counts(members=499))
    assert texts(judged(granting(last, carol))) == ["deny-target-members-full"]
    assert texts(judged(granting(last, last))) == []


def test_two_accounts_of_one_person_take_one_place() -> None:
    other = granted(Account(jid="bob@phone.example.org"))
    assert len(judged(granting(granted(), other)).actions) == 1


def test_grant_without_counts_or_person_takes_a_place() -> None:
    verdict = judged(granting(granted(number=None, counts=None)), settings(identity=LENIENT))
    assert verdict.actions == (place(account=BOB.jid, person=None, is_grant=True),)


@pytest.mark.parametrize(
    ("which", "taken", "text", "params"),
    [
        ("created", place(created_limit=5), "deny-created-full", {"limit": 5, "used": 5}),
        ("joined", place(), "deny-joined-full", {"limit": 100, "used": 100}),
        ("joined", place(is_grant=True), "deny-target-joined-full", {"account": ALICE.jid}),
        ("members", place(), "deny-members-full", {"limit": 500}),
        ("members", place(is_grant=True), "deny-target-members-full", {"limit": 500}),
        ("members", place(members_limit=None), "deny-members-full", {"limit": 0}),
    ],
)
def test_place_lost_to_somebody_quicker_is_told_alike(
    which: str, taken: TakePlace, text: str, params: dict[str, object]
) -> None:
    reason = full(which, taken)
    assert (reason.text, dict(reason.params)) == (text, params)


def excepted(quota: Quota, places: int, until: float | None = None) -> tuple[Override, ...]:
    return (Override(quota=quota, places=places, until=until),)


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (excepted(Quota.JOINED, 7), {"joined_limit": 7}),
        (excepted(Quota.JOINED, 0), {"joined_limit": 0}),
        (excepted(Quota.CREATED, 9), {"created_limit": 9}),
        (excepted(Quota.JOINED, 7, AT + 1), {"joined_limit": 7}),
        (excepted(Quota.JOINED, 7, AT), {}),
    ],
)
def test_a_persons_exception_counts_until_its_end(overrides: tuple[Override, ...], expected: dict[str, int]) -> None:
    verdict = judged(facts(Kind.CREATE, person=person(overrides=overrides)))
    assert verdict.actions == (place(is_creation=True, **{"created_limit": 5, **expected}),)


def test_an_accounts_exception_is_its_own_as_long_as_nobody_stands_behind_it() -> None:
    account = Account(jid=ALICE.jid, overrides=excepted(Quota.JOINED, 7))
    alone = judged(facts(Kind.JOIN, person=None, account=account), settings(identity=LENIENT))
    assert alone.actions == (place(person=None, joined_limit=7),)
    assert judged(facts(Kind.JOIN, account=account)).actions == (place(),)


def test_a_rooms_exception_is_for_its_members() -> None:
    room = Room(jid=ROOM, code="K7QX-2M9D-4", overrides=excepted(Quota.MEMBERS, 3))
    assert texts(judged(facts(Kind.JOIN, room=room, counts=counts(members=3)))) == ["deny-members-full"]
    assert judged(facts(Kind.JOIN, room=room, counts=counts(members=2))).actions == (place(members_limit=3),)


def owning(*targets: Target, by: str = "owner") -> Facts:
    return facts(Kind.AFFILIATION, targets=targets, affiliation=by)


def test_who_is_made_an_owner_takes_a_place_for_rooms_created() -> None:
    assert judged(owning(granted(affiliation="owner"))).actions == (
        place(account=BOB.jid, person=8, is_grant=True, is_ownership=True, created_limit=5),
    )


def test_a_member_who_is_made_an_owner_takes_no_other_place() -> None:
    full_up = granted(affiliation="owner", is_member=True, counts=counts(joined=100, members=500))
    (taken,) = judged(owning(full_up)).actions
    assert taken == place(
        account=BOB.jid,
        person=8,
        is_grant=True,
        is_ownership=True,
        created_limit=5,
        joined_limit=None,
        members_limit=None,
    )


@pytest.mark.parametrize("is_member", [True, False])
def test_who_owns_as_many_rooms_as_they_may_is_made_owner_of_no_other(*, is_member: bool) -> None:
    verdict = judged(owning(granted(affiliation="owner", is_member=is_member, counts=counts(created=5))))
    assert texts(verdict) == ["deny-target-created-full"]


def test_an_owner_who_is_made_one_again_and_what_the_server_refuses_take_no_such_place() -> None:
    assert judged(owning(granted(affiliation="owner", is_member=True, is_creator=True, counts=counts(5)))) is ALLOW
    (taken,) = judged(owning(granted(affiliation="owner", counts=counts(5)), by="admin")).actions
    assert taken == place(account=BOB.jid, person=8, is_grant=True)


def test_who_is_named_twice_in_one_stanza_is_an_owner_if_once_it_says_so() -> None:
    twice = facts(Kind.AFFILIATION, affiliation="owner", targets=(granted(), granted(affiliation="owner")))
    (action,) = judged(twice).actions
    assert isinstance(action, TakePlace)
    assert action.is_ownership
